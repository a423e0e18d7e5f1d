import { callsOf } from './calls.js';
import type { Provider } from '../provider.js';
import type { TellMistake } from './body.js';
import type { ProviderDocument } from './schema/document.js';

/** An endpoint takes all methods of its path. */
interface Taken {
  readonly endpoint: string;
  readonly segments: readonly string[];
}

/** Tells calls of the API that no client would reach, because their path is that of an endpoint. */
export function tellHiddenCalls(
  { resources = [], endpoints = {} }: ProviderDocument,
  made: Provider,
  tell: TellMistake,
): void {
  const taken = takenPaths(made);
  const own = new Map(resources.flatMap((resource, i) => callsOf(resource).map((call) => [call, i] as const)));
  const told = new Set<string>();
  for (const { method, path } of made.resources) {
    for (const base of made.endpoints.api) {
      const other = taken.find((each) => isHidden(segmentsOf(base), segmentsOf(base + path), each.segments));
      if (other === undefined) continue;
      const index = own.get(`${method} ${path.replaceAll(/:\w+/g, '{}')}`);
      const at = index === undefined ? `endpoints.${other.endpoint}` : `resources.${index}.path`;
      // where both are those of the provider that it is like, nothing of this file is wrong
      if ((index === undefined && !Object.hasOwn(endpoints, other.endpoint)) || told.has(at)) continue;
      told.add(at);
      const whole = (base + path).replaceAll(/:(\w+)/g, '{$1}');
      tell(at, `${whole} is a path of the endpoint ${other.endpoint}, so that no client reaches the call of the API`);
    }
  }
}

function takenPaths({ endpoints: { api: _api, login, ...others }, accountPages = [] }: Provider): Taken[] {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ...Object.entries(others),
    ['login', [login]],
    ['page of an account', accountPages.map(({ path }) => path)],
  ];
  return lists.flatMap(([endpoint, paths]) => paths.map((path) => ({ endpoint, segments: segmentsOf(path) })));
}

const segmentsOf = (path: string): readonly string[] => path.toLowerCase().split('/');

const isVariable = (segment: string | undefined): boolean => segment?.startsWith(':') === true;

/** Whether all requests of a call go to an endpoint. The router prefers fixed segments of the base to variables. */
const isHidden = (base: readonly string[], call: readonly string[], endpoint: readonly string[]): boolean =>
  call.length === endpoint.length &&
  call.every((segment, i) => {
    if (isVariable(segment)) return isVariable(endpoint[i]);
    return endpoint[i] === segment || (i >= base.length && isVariable(endpoint[i]));
  });
