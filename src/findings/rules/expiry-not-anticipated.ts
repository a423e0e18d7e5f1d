import { groupBy } from '../evidence.js';
import { familyOfBearer } from './expired-token-resent.js';
import { defineRule } from '../rule.js';
import type { Evidence } from '../evidence.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

export const expiryNotAnticipated = defineRule({
  id: 'expiry-not-anticipated',
  severity: 'warning',
  verdict: 'The client does not use expires_in. It notices an expired access token only when the API refuses it.',
  clause: 'RFC 6749 §5.1',
  advice: 'Store the time at which the access token expires, and refresh shortly before it.',
  spares:
    'Reported if at least two tokens expired, because one may be a coincidence. Not reported if the client ' +
    "refreshed before an expiry. A note if only the virtual clock passed the expiry, because the client's " +
    'own clock does not show it. Not reported if the journal has dropped entries.',
  judge: (evidence) =>
    evidence.isComplete
      ? [
          ...groupBy(foundOut(evidence), ({ call: { provider, clientId } }) =>
            JSON.stringify([provider.name, clientId]),
          ).values(),
        ].flatMap((late) => proofOf(late, evidence))
      : [],
});

/** A refused call with an expired access token. */
interface Late {
  readonly call: ObservedRequest;
  /** Whether the token was expired in real time too. */
  readonly isReal: boolean;
}

/** The first refusal of each access token whose answer had expires_in. */
function foundOut({ calls, sourceOf }: Evidence): Late[] {
  const first = new Map(
    calls
      .filter(({ entry }) => entry.reason === 'bearer.expired')
      .map((call) => [call.accessToken, call] as const)
      .reverse(),
  );
  return [...first.values()].reverse().flatMap((call) => {
    const source = sourceOf.get(call.accessToken);
    const lifeMs = (source?.receivedSeconds('expires_in') ?? Infinity) * 1000;
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
      says: `${late.length} access tokens were used after their expires_in, and none was refreshed before it.`,
    },
  ];
}

const isOfSame = (a: ObservedRequest, b: ObservedRequest): boolean =>
  a.provider === b.provider && a.clientId === b.clientId;

/** Whether a refresh came before the access token issued with the refresh token expired. */
function isInTime(refresh: ObservedRequest, { all }: Evidence): boolean {
  const source = all.findLast(
    (seen) =>
      seen.id < refresh.id &&
      seen.provider === refresh.provider &&
      seen.receivedText('refresh_token') === refresh.parameter('refresh_token'),
  );
  // If the origin of the token is unknown, the refresh is assumed to be in time.
  return (
    source === undefined ||
    refresh.entry.at < source.entry.at + (source.receivedSeconds('expires_in') ?? Infinity) * 1000
  );
}
