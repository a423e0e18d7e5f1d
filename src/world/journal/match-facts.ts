import { fingerprint, isFingerprint } from './fingerprint.js';
import { splitOnce } from './url-text.js';
import { isAtPath } from './provider-path.js';
import type { JournalEntry } from './entry.js';
import type { Match } from './match.js';
import type { Provider } from '../../providers/provider.js';

/** The members of a match that need no view of the entry, so nothing has to be redacted to compare them. */
export type FactsMatch = Omit<Match, 'query' | 'form' | 'headers'>;

/** What is known of the world of an entry. */
export interface FactsOf {
  readonly fingerprintKey: string;
  /** The providers of the world. */
  readonly providers: readonly Provider[];
}

/** Whether an entry meets those members. A value that the journal shows as a fingerprint may be given as such. */
export function matchesFacts(match: FactsMatch, entry: JournalEntry, { fingerprintKey, providers }: FactsOf): boolean {
  const isSame = (expected: string | undefined, actual: string | undefined): boolean =>
    expected === undefined ||
    expected === actual ||
    (actual !== undefined && isFingerprint(expected) && fingerprint(actual, fingerprintKey) === expected);
  const { provider, endpoint, grantType, clientId, userId, method, path, status, reason, fault } = match;
  return (
    (provider === undefined || provider === entry.provider) &&
    (endpoint === undefined || endpoint === entry.endpoint) &&
    (status === undefined || status === entry.status) &&
    (method === undefined || method === entry.method) &&
    (reason === undefined || reason === entry.reason) &&
    (fault === undefined || fault === entry.fault?.kind) &&
    isSame(grantType, entry.grantType) &&
    isSame(clientId, entry.clientId) &&
    isSame(userId, entry.userId) &&
    (path === undefined ||
      isAtPath(path, { provider: entry.provider, request: { path: splitOnce(entry.url, '?')[0] } }, providers))
  );
}
