import { groupBy } from '../evidence.js';
import { familyOfBearer } from './expired-token-resent.js';
import type { Evidence } from '../evidence.js';
import type { Proof, Rule } from '../rule.js';
import type { Seen } from '../seen.js';

/** Once is chance: a client may have slept. */
const fewest = 2;

export const expiryNotAnticipated: Rule = {
  id: 'expiry-not-anticipated',
  severity: 'warning',
  verdict: 'The client never looked at expires_in: it found out each expiry by a refused call.',
  clause: 'RFC 6749 §5.1',
  advice: 'Remember when the access token expires, and refresh a little earlier.',
  spares: `Speaks of ${fewest} expiries or more, and of no client that ever refreshed in time; a note where only the virtual clock passed the expiry, which a client with a clock of its own cannot see. Silent where the journal has forgotten entries.`,
  judge: (evidence) => (evidence.isComplete ? [...groupBy(foundOut(evidence), ({ provider, clientId }) => JSON.stringify([provider.name, clientId])).values()].flatMap((calls) => proofOf(calls, evidence)) : []),
};

/** The first refusal of each access token that had lived as long as its answer said. */
function foundOut({ calls, sourceOf }: Evidence): Seen[] {
  const first = new Map(calls.filter(({ entry }) => entry.reason === 'bearer.expired').map((call) => [call.bearer?.token, call] as const).reverse());
  return [...first.values()].reverse().filter((call) => (lateBy(call, sourceOf, 'virtual') ?? -1) >= 0);
}

/** By how many milliseconds a call came after the expiry that the client had been told of. */
function lateBy(call: Seen, sourceOf: Evidence['sourceOf'], time: 'virtual' | 'real'): number | undefined {
  const source = sourceOf.get(call.bearer?.token ?? '');
  const seconds = source?.saidSeconds('expires_in');
  if (source === undefined || seconds === undefined) return undefined;
  return (time === 'virtual' ? call.entry.at - source.entry.at : call.start - source.end) - seconds * 1000;
}

function proofOf(calls: readonly Seen[], evidence: Evidence): Proof[] {
  const [first] = calls;
  if (first === undefined || calls.length < fewest || evidence.refreshes.some((refresh) => isOfSame(refresh, first) && isInTime(refresh, evidence))) return [];
  const isReal = calls.every((call) => (lateBy(call, evidence.sourceOf, 'real') ?? -1) >= 0);
  return [{ by: calls, family: familyOfBearer(first), severity: isReal ? 'warning' : 'note', says: `${calls.length} access tokens were used beyond their expires_in, and none was refreshed before.` }];
}

const isOfSame = (a: Seen, b: Seen): boolean => a.provider === b.provider && a.clientId === b.clientId;

/** Whether a refresh came before the expiry of the access token that had been answered beside its refresh token. */
function isInTime(refresh: Seen, { all }: Evidence): boolean {
  const source = all.findLast((seen) => seen.id < refresh.id && seen.provider === refresh.provider && seen.said('refresh_token') === refresh.get('refresh_token'));
  const seconds = source?.saidSeconds('expires_in');
  // of a token that came from elsewhere nothing is known: the client has the benefit of the doubt
  return source === undefined || seconds === undefined || refresh.entry.at < source.entry.at + seconds * 1000;
}
