import { METHODS } from 'node:http';
import { reasons } from '../../core/errors.js';
import { unknownGrantType } from '../journal/unknown-grant-type.js';
import { kinds } from '../../faults/kinds/index.js';
import { didYouMean, suggest } from '../../input/did-you-mean.js';
import { suggestProvider } from '../../shelf.js';
import { countBounds, expectationConflicts } from '../journal/expectation.js';
import type { Provider } from '../../providers/provider.js';
import type { Mistake } from '../../input/mistake.js';
import type { Expectation } from '../journal/expectation.js';
import type { Match } from '../journal/match.js';
import type { KnownNames } from './known-names.js';
import type { Suppression } from './schema/suppression.js';

/**
 * Mistakes in expectations that the schema cannot express: contradictions and unknown names.
 *
 * @param isSent whether a client sent a grant type. Default: none did
 */
export function expectationMistakes(
  expectations: readonly Expectation[],
  providers: readonly Provider[],
  isSent?: (grantType: string) => boolean,
): Mistake[] {
  return expectations.flatMap((expectation, i) => {
    const { match = {}, order = [] } = expectation;
    const matches: (readonly [string, Match])[] = [
      ['match', match],
      ...order.map((step, j) => [`order.${j}`, step] as const),
    ];
    const unknownNames = matches.flatMap(([path, each]) =>
      matchMistakes(each, providers).map(({ path: member, message }) => ({ path: `${path}.${member}`, message })),
    );
    return [...expectationConflicts(expectation), ...unknownNames, ...absenceMistakes(expectation, isSent)].map(
      ({ path, message }) => ({
        path: `expect.${i}.${path}`,
        message,
      }),
    );
  });
}

/** A grant type that no provider knows, in an expectation that passes without an entry: it would always pass. */
function absenceMistakes(
  { match: { grantType } = {}, count }: Expectation,
  isSent: (grantType: string) => boolean = () => false,
): Mistake[] {
  if (grantType === undefined || countBounds(count).atLeast > 0 || isSent(grantType)) return [];
  const message = unknownGrantType(grantType);
  return message === undefined ? [] : [{ path: 'match.grantType', message }];
}

/** Unknown names in a match. Such a match selects no entry, so `count: 0` would always pass. */
export function matchMistakes(match: Match, providers: readonly Provider[]): Mistake[] {
  const known = {
    provider: providers.map(({ name }) => name),
    reason: Object.keys(reasons),
    fault: kinds.map(({ name }) => name),
    method: METHODS,
  };
  const unknownNames = (['provider', 'reason', 'fault', 'method'] as const).flatMap((member) => {
    const given = match[member];
    if (given === undefined || known[member].includes(given)) return [];
    const hint = (member === 'provider' ? suggestProvider : suggest)(given, known[member]);
    return [{ path: member, message: `there is no ${member} ${JSON.stringify(given)}${hint}` }];
  });
  const [before] = new RegExp(`^(?:/w/[^/]+)?/(?:${known.provider.join('|')})(?=/)`).exec(match.path ?? '') ?? [];
  return before === undefined
    ? unknownNames
    : [
        ...unknownNames,
        {
          path: 'path',
          message: `must be the path at the provider: remove the prefix ${JSON.stringify(before)}`,
        },
      ];
}

/** Suppressions that name an unknown finding or provider, and therefore have no effect. */
export function suppressionMistakes(
  suppressions: readonly Suppression[],
  { providers, findingIds }: KnownNames,
): Mistake[] {
  const known = providers.map(({ name }) => name);
  return suppressions.flatMap(({ rule, provider }, i) => [
    ...(findingIds.includes(rule)
      ? []
      : [
          {
            path: `suppress.${i}.rule`,
            message:
              `expected one of ${findingIds.join(', ')}, got ${JSON.stringify(rule)}` + didYouMean(rule, findingIds),
          },
        ]),
    ...(provider === undefined || known.includes(provider)
      ? []
      : [
          {
            path: `suppress.${i}.provider`,
            message: `there is no provider ${JSON.stringify(provider)}${suggestProvider(provider, known)}`,
          },
        ]),
  ]);
}
