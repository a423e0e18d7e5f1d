import { Hider, parametersOf, splitOnce } from './redact.js';
import type { JournalEntry } from './journal.js';
import type { SecretsPolicy } from './redact.js';

/** A journal entry as people read it. */
export interface EntryView {
  readonly id: number;
  readonly at: string;
  readonly realAt: string;
  readonly provider: string | undefined;
  readonly endpoint: string;
  readonly grantType: string | undefined;
  readonly clientId: string | undefined;
  readonly userId: string | undefined;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query: Readonly<Record<string, unknown>>;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly form: unknown;
  };
  /** Undefined while the request is under way, or where the line was cut. */
  readonly response:
    | { readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly body: unknown }
    | undefined;
  readonly status: number | undefined;
  readonly reason: string | undefined;
  readonly facts: unknown;
  readonly explanation: string | undefined;
  readonly notes: readonly string[];
  readonly fault: { readonly id: string; readonly kind: string } | undefined;
  readonly durationMs: number | undefined;
}

/** Writes an entry for people: secrets as fingerprints that can be matched with each other, unless they are asked for plain. */
export function viewEntry(entry: JournalEntry, policy: SecretsPolicy): EntryView {
  const hide = new Hider(policy);
  // twice: a secret that shows itself late is then known in the texts before it
  write(entry, hide);
  return write(entry, hide);
}

function write(entry: JournalEntry, hide: Hider): EntryView {
  const [path, query = ''] = splitOnce(entry.url, '?');
  const { id, provider, endpoint, grantType, clientId, userId, status, responseHeaders, reason, fault, durationMs } =
    entry;
  return {
    id,
    at: new Date(entry.at).toISOString(),
    realAt: new Date(entry.realAt).toISOString(),
    provider,
    endpoint,
    // some send their secret where the id belongs
    grantType: hide.value(grantType),
    clientId: hide.value(clientId),
    userId: hide.value(userId),
    request: {
      method: entry.method,
      path: hide.path(path),
      query: hide.members(parametersOf(query)) as Record<string, unknown>,
      headers: hide.headers(entry.headers),
      form: hide.members(entry.body),
    },
    response:
      status === undefined || responseHeaders === undefined
        ? undefined
        : {
            status,
            headers: hide.headers(responseHeaders),
            body: hide.body(entry.responseBody, responseHeaders['content-type']),
          },
    status,
    reason,
    facts: hide.members(entry.facts),
    explanation: entry.explanation === undefined ? undefined : hide.text(entry.explanation),
    notes: entry.notes.map((note) => hide.text(note)),
    fault,
    durationMs,
  };
}
