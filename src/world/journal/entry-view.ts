import { redactHeaders } from './redact-headers.js';
import { parseRecorded } from './recorded-body.js';
import { Redaction } from './redaction.js';
import { parametersOf, splitOnce } from './url-text.js';
import type { AppliedFault, JournalEntry } from './entry.js';
import type { SecretsPolicy } from './redaction.js';
import type { Views } from './views.js';

/** A journal entry as the admin API shows it: secrets are redacted, times are ISO 8601. */
export interface EntryView {
  readonly id: number;
  readonly at: string;
  readonly realAt: string;
  readonly provider?: string;
  readonly endpoint: string;
  readonly grantType?: string;
  readonly clientId?: string;
  readonly userId?: string;
  /** See `JournalEntry.flow`. */
  readonly flow?: string;
  readonly request: {
    readonly method: string;
    readonly scheme?: 'http' | 'https';
    readonly host?: string;
    /** Set if the request came by the forward proxy. */
    readonly proxied?: true;
    readonly path: string;
    readonly query: Readonly<Record<string, unknown>>;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly form?: unknown;
  };
  /** Absent while the request is in progress, or if the connection was closed before an answer. */
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body?: unknown;
  };
  readonly status?: number;
  readonly reason?: string;
  readonly facts?: unknown;
  readonly explanation?: string;
  readonly notes: readonly string[];
  readonly fault?: AppliedFault;
  readonly durationMs?: number;
  /** Why the rest of the entry is not shown. */
  readonly failure?: string;
}

/** What is needed to show the entries of a world. */
export interface Shown extends SecretsPolicy {
  readonly views: Views;
}

/**
 * The view of an entry as JSON: secrets as fingerprints that can be compared, unless the policy is `plain`. The view of
 * a complete entry is made once and kept within the bound of `Views`. An entry that cannot be shown is replaced by its
 * id and the failure.
 */
export const viewText = (entry: JournalEntry, shown: Shown): string =>
  keptText(entry, shown.views, () => makeView(entry, shown));

/** The text of an entry: the kept one, or a new one, which is kept if the entry is complete. */
export function keptText(entry: JournalEntry, views: Views, make: () => string): string {
  const kept = views.get(entry);
  if (kept !== undefined) return kept;
  const text = make();
  // an entry without weight was dropped by its journal
  if (entry.durationMs !== undefined && entry.weight > 0) views.keep(entry, text);
  return text;
}

/** The view of an entry: see `viewText`. Its objects are new at each call. */
export const viewEntry = (entry: JournalEntry, shown: Shown): EntryView =>
  JSON.parse(viewText(entry, shown)) as EntryView;

function makeView(entry: JournalEntry, policy: SecretsPolicy): string {
  try {
    const redaction = new Redaction(policy);
    // two passes: a secret that is found late may occur in an earlier text
    redactEntry(entry, redaction);
    return redaction.everywhere(JSON.stringify(redactEntry(entry, redaction)));
  } catch (error) {
    const request = { method: '', path: '', query: {}, headers: {} };
    return JSON.stringify({ ...failedView(entry, error as Error), request, notes: [] });
  }
}

/** What can be shown of any entry. The message of the error is left out, because it may quote a secret. */
export function failedView(
  { id, realAt, provider, endpoint, status, durationMs }: JournalEntry,
  { name }: Error,
): object {
  return {
    id,
    at: new Date(realAt).toISOString(),
    realAt: new Date(realAt).toISOString(),
    provider,
    endpoint,
    status,
    durationMs,
    failure: `This entry cannot be shown: ${name}. The time is real time.`,
  };
}

/** The members that every view of an entry has first: when, where and who. */
export function firstMembers(entry: JournalEntry, redaction: Redaction): object {
  const { id, at, realAt, provider, endpoint, grantType, clientId, userId, flow } = entry;
  return {
    id,
    at: new Date(at).toISOString(),
    realAt: new Date(realAt).toISOString(),
    provider,
    endpoint,
    // clients may send a secret in place of an id
    grantType: redaction.value(grantType),
    clientId: redaction.value(clientId),
    userId: redaction.value(userId),
    flow,
  };
}

/** The members of an entry. A secret that `redaction` finds late may be left in an earlier member. */
export function redactEntry(entry: JournalEntry, redaction: Redaction): object {
  const [path, query = ''] = splitOnce(entry.url, '?');
  const { status, responseHeaders, responseLength, reason, fault, durationMs } = entry;
  const contentLength = responseLength === undefined ? {} : { 'content-length': String(responseLength) };
  return {
    ...firstMembers(entry, redaction),
    request: {
      method: entry.method,
      scheme: entry.isSecure ? 'https' : 'http',
      host: entry.host === undefined ? undefined : redaction.text(entry.host),
      proxied: entry.isProxied ? true : undefined,
      path: redaction.path(path),
      query: redaction.members(parametersOf(query)),
      headers: redactHeaders(entry.headers, redaction),
      form: redaction.members(parseRecorded(entry.body)),
    },
    response:
      status === undefined || responseHeaders === undefined
        ? undefined
        : {
            status,
            headers: redactHeaders({ ...contentLength, ...responseHeaders }, redaction),
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
