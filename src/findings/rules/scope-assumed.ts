import { familyOfBearer } from './expired-token-resent.js';
import { defineRule } from '../rule.js';
import type { Evidence } from '../evidence.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

export const scopeAssumed = defineRule({
  id: 'scope-assumed',
  severity: 'warning',
  verdict: 'The client used a scope that was not granted to it.',
  clause: 'RFC 6749 §3.3, §5.1, §6',
  advice:
    'Read scope in the token answer: the user can grant less than was requested. Request the missing scope ' +
    'before using it.',
  spares:
    'Reported only if the provider refused the request and the token answer had scope. Reported once for each ' +
    'token.',
  judge: (evidence) => [...assumedByCalls(evidence), ...assumedByRefreshes(evidence)],
});

function assumedByCalls({ calls, sourceOf }: Evidence): Proof[] {
  const refused = new Map(
    calls
      .filter(({ entry }) => entry.reason === 'bearer.insufficient-scope')
      .map((call) => [call.accessToken, call] as const)
      .reverse(),
  );
  return [...refused].flatMap(([token, call]) => {
    const source = sourceOf.get(token);
    const scopes = source?.receivedText('scope');
    if (source === undefined || scopes === undefined) return [];
    return [
      {
        by: [source, call],
        roles: ['the scopes were granted here', 'the call'],
        family: familyOfBearer(call),
        says: `The token has ${shown(scopes.split(' '))}; the call requires one of ${shown(neededBy(call))}.`,
      },
    ];
  });
}

function assumedByRefreshes({ refreshes }: Evidence): Proof[] {
  return refreshes
    .filter(({ entry }) => entry.reason === 'scope.wider-than-granted')
    .map((seen) => ({ by: [seen], says: 'A refresh requested more scopes than were granted.' }));
}

const neededBy = ({ entry }: ObservedRequest): readonly string[] => entry.facts?.needed as readonly string[];
const shown = (scopes: readonly string[]): string => scopes.join(', ');
