import { groupBy } from '../evidence.js';
import { familyOfBearer } from './expired-token-resent.js';
import { defineRule } from '../rule.js';
import type { Evidence } from '../evidence.js';
import type { Proof } from '../rule.js';
import type { Seen } from '../observed-request.js';

export const expiryNotAnticipated = defineRule({
  id: 'expiry-not-anticipated',
  severity: 'warning',
  verdict: 'The client never looked at expires_in: it found out each expiry by a refused call.',
  clause: 'RFC 6749 §5.1',
  advice: 'Remember when the access token expires, and refresh a little earlier.',
  spares:
    'Speaks of two expiries or more, for one may be chance, and of no client that ever refreshed in time; a note where only the virtual clock passed the expiry, which a client with a clock of its own cannot see. Silent where the journal has forgotten entries.',
  judge: (evidence) =>
    evidence.isComplete
      ? [
          ...groupBy(foundOut(evidence), ({ call: { provider, clientId } }) =>
            JSON.stringify([provider.name, clientId]),
          ).values(),
        ].flatMap((late) => proofOf(late, evidence))
      : [],
});

/** A refused call with an access token that had lived as long as its answer said. */
interface Late {
  readonly call: Seen;
  /** Whether its time was over in real time as well. */
  readonly isReal: boolean;
}

/** The first refusal of each access token, where the client had been told of its expiry. */
function foundOut({ calls, sourceOf }: Evidence): Late[] {
  const first = new Map(
    calls
      .filter(({ entry }) => entry.reason === 'bearer.expired')
      .map((call) => [call.accessToken, call] as const)
      .reverse(),
  );
  return [...first.values()].reverse().flatMap((call) => {
    const source = sourceOf.get(call.accessToken);
    const lifeMs = (source?.saidSeconds('expires_in') ?? Infinity) * 1000;
    return source === undefined || call.entry.at - source.entry.at < lifeMs
      ? []
      : [{ call, isReal: call.start - source.end >= lifeMs }];
  });
}

function proofOf(late: readonly Late[], evidence: Evidence): Proof[] {
  const [first, second] = late;
  if (
    first === undefined ||
    second === undefined ||
    evidence.refreshes.some((refresh) => isOfSame(refresh, first.call) && isInTime(refresh, evidence))
  ) {
    return [];
  }
  const severity = late.every(({ isReal }) => isReal) ? 'warning' : 'note';
  return [
    {
      by: late.map(({ call }) => call),
      family: familyOfBearer(first.call),
      severity,
      says: `${late.length} access tokens were used beyond their expires_in, and none was refreshed before.`,
    },
  ];
}

const isOfSame = (a: Seen, b: Seen): boolean => a.provider === b.provider && a.clientId === b.clientId;

/** Whether a refresh came before the expiry of the access token that had been answered beside its refresh token. */
function isInTime(refresh: Seen, { all }: Evidence): boolean {
  const source = all.findLast(
    (seen) =>
      seen.id < refresh.id &&
      seen.provider === refresh.provider &&
      seen.said('refresh_token') === refresh.get('refresh_token'),
  );
  // of a token that came from elsewhere nothing is known: the client has the benefit of the doubt
  return (
    source === undefined || refresh.entry.at < source.entry.at + (source.saidSeconds('expires_in') ?? Infinity) * 1000
  );
}
