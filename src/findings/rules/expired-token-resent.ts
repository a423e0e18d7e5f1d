import { groupBy } from '../evidence.js';
import { knew } from '../order.js';
import type { Proof, Rule } from '../rule.js';
import type { Seen } from '../seen.js';

/** What an access token is refused for that no second try mends. */
const forGood: readonly (string | undefined)[] = ['bearer.expired', 'bearer.revoked', 'bearer.unknown'];

export const expiredTokenResent: Rule = {
  id: 'expired-token-resent',
  severity: 'error',
  verdict: 'An access token was sent again after the API had refused it.',
  clause: 'RFC 6750 §3.1',
  advice: 'After a 401 refresh, or ask the person to authorize again, before the next call.',
  spares: 'Silent for calls that were sent side by side: the client must have had the refusal, on the same connection or a tenth of a second before.',
  judge: ({ calls }) => [...groupBy(calls, ({ provider, accessToken }) => `${provider.name} ${accessToken}`).values()].flatMap(proofOf),
};

function proofOf(calls: readonly Seen[]): Proof[] {
  const refusal = calls.find(isRefused);
  const again = calls.filter((call) => refusal !== undefined && call.id > refusal.id && knew(refusal, call));
  return refusal === undefined || again.length === 0 ? [] : [{ by: [refusal, ...again], family: familyOfBearer(refusal), says: `Calls with the token after its refusal: ${again.length}.` }];
}

export function isRefused({ told, entry }: Seen): boolean {
  return told !== undefined && (told.status === 401 || forGood.includes(entry.reason));
}

/** The family of the access token of a call, as far as the realm remembers it. */
export function familyOfBearer({ realm, accessToken }: Seen): string | undefined {
  return realm.accessTokens.get(accessToken)?.grant.id;
}
