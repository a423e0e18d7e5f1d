import { ownPath } from '../world/journal/provider-path.js';
import { Redaction } from '../world/journal/redaction.js';
import type { EntryView } from '../world/journal/entry-view.js';
import type { JournalEntry } from '../world/journal/journal.js';
import type { World } from '../world/world.js';

/** One request in one line: what a reader needs to recognize it. It has no secrets. */
export interface RequestLine {
  /** Id of the journal entry. */
  readonly entry: number;
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
export function requestLine(
  entry: Pick<EntryView, 'id' | 'provider' | 'status' | 'reason'> & {
    readonly request: Pick<EntryView['request'], 'method' | 'path'>;
  },
): RequestLine {
  const path = ownPath(entry);
  return {
    entry: entry.id,
    method: entry.request.method.slice(0, 20),
    path: path.length > longestPath ? `${path.slice(0, longestPath)}…` : path,
    status: entry.status ?? null,
    reason: entry.reason ?? null,
  };
}

/** Makes the lines of a world's entries. An entry that several findings name is redacted once. */
export function requestLines(world: World): (ids: readonly number[]) => RequestLine[] {
  const redaction = new Redaction(world);
  const entries = new Map(world.journal.entries().map((entry) => [entry.id, entry]));
  const lines = new Map<number, RequestLine>();
  const lineOf = (id: number): RequestLine => {
    const line = lines.get(id) ?? redactedLine(entries.get(id) as JournalEntry, redaction);
    lines.set(id, line);
    return line;
  };
  return (ids) => ids.map(lineOf);
}

function redactedLine({ id, provider, method, url, status, reason }: JournalEntry, redaction: Redaction): RequestLine {
  const [path = ''] = url.split('?', 1);
  return requestLine({ id, provider, status, reason, request: { method, path: redaction.path(path) } });
}
