import { redactHeaders } from './redact-headers.js';
import { Redaction } from './redaction.js';
import { parametersOf, splitOnce } from './url-text.js';
import type { JournalEntry } from './journal.js';
import type { SecretsPolicy } from './redaction.js';

/** A journal entry as the admin API shows it: secrets are redacted, times are ISO 8601. */
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
  /** Undefined while the request is in progress, or if the connection was closed before an answer. */
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

/** Makes the view of an entry: secrets as fingerprints that can be compared, unless the policy is `plain`. */
export function viewEntry(entry: JournalEntry, policy: SecretsPolicy): EntryView {
  const redaction = new Redaction(policy);
  // two passes: a secret that is found late may occur in an earlier text
  redactEntry(entry, redaction);
  return redactEntry(entry, redaction);
}

function redactEntry(entry: JournalEntry, redaction: Redaction): EntryView {
  const [path, query = ''] = splitOnce(entry.url, '?');
  const { id, provider, endpoint, grantType, clientId, userId, status, responseHeaders, reason, fault, durationMs } =
    entry;
  return {
    id,
    at: new Date(entry.at).toISOString(),
    realAt: new Date(entry.realAt).toISOString(),
    provider,
    endpoint,
    // clients may send a secret in place of an id
    grantType: redaction.value(grantType),
    clientId: redaction.value(clientId),
    userId: redaction.value(userId),
    request: {
      method: entry.method,
      path: redaction.path(path),
      query: redaction.members(parametersOf(query)) as Record<string, unknown>,
      headers: redactHeaders(entry.headers, redaction),
      form: redaction.members(entry.body),
    },
    response:
      status === undefined || responseHeaders === undefined
        ? undefined
        : {
            status,
            headers: redactHeaders(responseHeaders, redaction),
            body: redaction.body(entry.responseBody, responseHeaders['content-type']),
          },
    status,
    reason,
    facts: redaction.members(entry.facts),
    explanation: entry.explanation === undefined ? undefined : redaction.text(entry.explanation),
    notes: entry.notes.map((note) => redaction.text(note)),
    fault,
    durationMs,
  };
}
