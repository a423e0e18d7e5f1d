import { isDeepStrictEqual } from 'node:util';
import { secondsOf } from '../input/duration.js';
import { suggestProvider } from '../shelf.js';
import { pages } from './fault.js';
import { endpointsWith, kindOf } from './kinds/index.js';
import { endpointsOf, momentOf, stepsOf } from './rule.js';
import type { Fault } from './kinds/index.js';
import type { FaultMistake } from './fault.js';
import type { Match, Rule } from './rule.js';
import type { Mistake } from '../input/mistake.js';

/** What a check of rules needs to know of a provider. */
interface KnownProvider {
  readonly name: string;
  readonly endpoints: Readonly<Record<(typeof optional)[number], readonly string[]>> & {
    readonly jwks?: readonly string[];
  };
}

/** Endpoints that not every provider has. */
const optional = ['revoke', 'introspect', 'userinfo', 'metadata'] as const;
/** Endpoints whose requests have no grant_type. */
const grantless: readonly string[] = [...optional, 'resource'];

/** Mistakes that no schema can state: names that do not exist, and faults at endpoints where they have no meaning. */
export function ruleMistakes(rules: readonly Rule[], providers: readonly KnownProvider[]): Mistake[] {
  const ids = rules.map(({ id }) => id);
  return rules.flatMap((rule, i) => [
    ...(rule.id !== undefined && ids.indexOf(rule.id) < i
      ? [{ path: `${i}.id`, message: `${JSON.stringify(rule.id)} is the id of another fault already` }]
      : []),
    ...mistakesOf(rule, providers).map(({ path, message }) => ({ path: `${i}.${path}`, message })),
  ]);
}

function mistakesOf(rule: Rule, providers: readonly KnownProvider[]): Mistake[] {
  return [
    ...matchMistakes(rule.match, 'match', providers),
    ...matchMistakes(rule.until ?? {}, 'until', providers),
    ...endMistakes(rule),
    ...stepsOf(rule).flatMap((fault, i) =>
      stepMistakes(rule, fault, Array.isArray(rule.fault) ? `fault.${i}` : 'fault'),
    ),
    ...sequenceMistakes(rule),
  ];
}

/** RFC 9110 §5.1, §5.6.2: the name of a header is a token. */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Mistakes in `match` or `until`: values that no request can have. */
function matchMistakes(
  { provider: name, endpoint, grantType, headers = {} }: Match,
  path: string,
  providers: readonly KnownProvider[],
): Mistake[] {
  const provider = providers.find((each) => each.name === name);
  const isOptional = optional.find((each) => each === endpoint);
  const lacking = isOptional !== undefined && provider !== undefined && lacks(provider, isOptional);
  const ungranted = endpoint !== undefined && grantless.includes(endpoint) && grantType !== undefined;
  return [
    ...(name === undefined || provider !== undefined
      ? []
      : [
          {
            path: `${path}.provider`,
            message: `there is no provider ${JSON.stringify(name)}${suggestProvider(
              name,
              providers.map((each) => each.name),
            )}`,
          },
        ]),
    ...Object.keys(headers)
      .filter((header) => !headerName.test(header))
      .map((header) => ({
        path: `${path}.headers`,
        message: `${JSON.stringify(header)} is not the name of a header, so no request can match`,
      })),
    ...(lacking ? [{ path: `${path}.endpoint`, message: `${String(name)} has no endpoint ${endpoint}` }] : []),
    ...(ungranted
      ? [{ path: `${path}.grantType`, message: `a request to the endpoint ${endpoint} has no grant_type` }]
      : []),
  ];
}

/** Keys are among the metadata. */
const lacks = ({ endpoints }: KnownProvider, endpoint: (typeof optional)[number]): boolean =>
  endpoints[endpoint].length === 0 && !(endpoint === 'metadata' && (endpoints.jwks ?? []).length > 0);

/** Ends that come before the rule has applied once. */
function endMistakes({ match, for: time, until }: Rule): Mistake[] {
  const seconds = time === undefined ? undefined : secondsOf(time);
  return [
    ...(seconds === 0 ? [{ path: 'for', message: `expected a duration above 0, got ${JSON.stringify(time)}` }] : []),
    ...(seconds === Infinity ? [{ path: 'for', message: 'never is no limit; leave `for` out' }] : []),
    ...(until !== undefined && includes(match, until)
      ? [{ path: 'until', message: 'matches every request that `match` matches, so the fault would never apply' }]
      : []),
  ];
}

/** Whether each condition of `part` is a condition of `match` too. */
const includes = (match: Match, part: Match): boolean =>
  Object.entries(part).every(([name, value]) => isDeepStrictEqual(match[name as keyof Match], value));

function stepMistakes(rule: Rule, fault: Fault, path: string): Mistake[] {
  const kind = kindOf(fault);
  const { endpoint } = rule.match;
  const own = kind.mistake?.(fault, rule);
  const isElsewhere = endpoint !== undefined && !endpointsWith(fault).includes(endpoint);
  return [
    ...(own === undefined ? [] : [placed(own, path)]),
    ...(isElsewhere
      ? [
          {
            path,
            message:
              `${fault.kind}${endpointsWith(fault) === kind.endpoints ? '' : ' with after'} has no meaning at the ` +
              `endpoint ${endpoint}; it has one at ${endpointsWith(fault).join(', ')}`,
          },
        ]
      : []),
  ];
}

function placed(mistake: FaultMistake, path: string): Mistake {
  if (typeof mistake === 'string') return { path, message: mistake };
  return { path: `${path}.${mistake.parameter}`, message: mistake.message };
}

function sequenceMistakes(rule: Rule): Mistake[] {
  if (endpointsOf(rule).length === 0) {
    return [{ path: 'fault', message: 'there is no endpoint at which all faults of this list have a meaning' }];
  }
  if (momentOf(rule) !== 'redirect-back') return [];
  // The code is issued before the redirect back is changed, so it is too late to replace the effect.
  const early = stepsOf(rule).filter((fault) => kindOf(fault).play(fault).before !== undefined);
  return early.map(({ kind }) => ({
    path: 'fault',
    message:
      `${kind} acts before the effect, so it cannot be in a list with a fault that changes the redirect back ` +
      `(${pages.join(', ')})`,
  }));
}
