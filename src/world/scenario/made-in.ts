import { standardProvider } from '../../providers/standard-provider.js';
import type { Mistake } from '../../input/mistake.js';
import type { Provider } from '../../providers/provider.js';
import type { Definitions, MadeDefinitions } from '../definitions.js';
import type { Scenario } from './schema/scenario.js';

/**
 * Makes the providers that a scenario defines. The paths of the mistakes begin with `definitions`.
 *
 * @param beneath further providers that the documents may be like
 */
export async function madeIn(
  { definitions: documents }: Pick<Scenario, 'definitions'>,
  definitions: Definitions,
  beneath: readonly Provider[] = [],
): Promise<MadeDefinitions> {
  if (documents === undefined) return { providers: [], mistakes: [], bad: new Map() };
  const make = await definitions.load();
  const { mistakes, ...made } = make(documents, beneath);
  return { ...made, mistakes: below('definitions', mistakes) };
}

/** Mistakes of a member, with the path from the whole. */
export const below = (member: string, mistakes: readonly Mistake[]): Mistake[] =>
  mistakes.map(({ path, message }) => ({ path: `${member}.${path}`, message }));

/**
 * Adds providers for names that exist, although nothing else is known of them: their definitions have mistakes. What
 * refers to them is no second mistake.
 */
export function withStandIns(providers: readonly Provider[], names: readonly string[]): readonly Provider[] {
  const missing = names.filter((name) => providers.every((each) => each.name !== name));
  return [...providers, ...missing.map((name) => ({ ...standardProvider, name }))];
}

/** A scenario without the content of providers that cannot be judged. */
export function withoutRealms<S extends Scenario>(scenario: S, names: readonly string[]): S {
  if (names.length === 0) return scenario;
  const kept = Object.entries(scenario.providers ?? {}).filter(([name]) => !names.includes(name));
  return { ...scenario, providers: Object.fromEntries(kept) };
}
