import { ownPath } from '../world/journal/provider-path.js';
import type { EntryHead } from '../world/journal/verified-expectations.js';

/** One request in one line: what a reader needs to recognize it. It has no secrets. */
export interface RequestLine {
  /** Id of the journal entry. */
  readonly entry: number;
  /** Virtual time. */
  readonly at: string;
  readonly method: string;
  /** The provider's own path, without the query. */
  readonly path: string;
  /** Null: the client received no answer. */
  readonly status: number | null;
  /** Why the request was refused. */
  readonly reason: string | null;
}

/** Longer paths are cut, in characters: a report has many of them. */
const longestPath = 200;

/** The line of an entry whose path is redacted. */
export function requestLine(entry: EntryHead): RequestLine {
  const path = ownPath(entry);
  return {
    entry: entry.id,
    at: entry.at,
    method: entry.request.method.slice(0, 20),
    path: path.length > longestPath ? `${path.slice(0, longestPath)}…` : path,
    status: entry.status ?? null,
    reason: entry.reason ?? null,
  };
}
