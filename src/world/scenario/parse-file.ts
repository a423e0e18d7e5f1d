import { firstMistakes } from '../../input/mistake.js';
import { check } from '../check-document.js';
import { layered } from '../definitions.js';
import { checkScenario } from './check-scenario.js';
import { readDocument } from '../../input/document/read-document.js';
import { ScenarioSchema } from './schema/scenario.js';
import type { Mistake } from '../../input/mistake.js';
import type { Fixture } from './fixture.js';
import { below, withStandIns, withoutRealms } from './made-in.js';
import type { KnownNames } from './known-names.js';
import type { MakeDefinitions } from '../definitions.js';
import type { Scenario } from './schema/scenario.js';

/** What messages call a scenario file. */
const kind = { called: 'a scenario file', empty: '{} for a scenario without members' };

/** What the text of a scenario file is checked with. */
export interface KnownToText extends KnownNames {
  /** Makes the providers that the file defines. Left out: it defines none. */
  readonly make?: MakeDefinitions | undefined;
  /** Whether a scenario may have definitions of providers from one that it extends. Default: no. */
  readonly inheritsDefinitions?: (base: string) => boolean;
}

/** Reads the text of a scenario file, and checks it. */
export function readFixture(text: string, file: string, known: KnownToText): Fixture {
  const read = readDocument(text, file, kind);
  if (read.place === undefined) return { scenario: undefined, mistakes: read.mistakes };
  const { value, place } = read;
  const mistakes = check(ScenarioSchema, value);
  if (mistakes.length === 0) return { scenario: value as Scenario, mistakes: [], place };
  const all = firstMistakes([...mistakes, ...meaningMistakes(value as Scenario, mistakes, known)]);
  return { scenario: undefined, mistakes: all.map(place) };
}

/** Checks the meaning of the parts that match the schema, so that one run reports all mistakes. */
function meaningMistakes(scenario: Scenario, mistakes: readonly Mistake[], known: KnownToText): Mistake[] {
  const wrong = mistakes.map(({ path }) => path);
  if (wrong.includes('')) return [];
  const isGood = (path: string): boolean => !wrong.some((each) => each === path || each.startsWith(`${path}.`));
  const goodMembers = <T>(name: string, members: Readonly<Record<string, T>> = {}): (readonly [string, T])[] =>
    wrong.includes(name) ? [] : Object.entries(members).filter(([member]) => isGood(`${name}.${member}`));
  const realms = Object.fromEntries(goodMembers('providers', scenario.providers));
  const lists = (['faults', 'expect', 'suppress'] as const)
    .filter(isGood)
    .map((name) => [name, scenario[name]] as const);
  const definitions = Object.fromEntries(goodMembers('definitions', scenario.definitions));
  const made = known.make?.(definitions);
  const served = layered(known.providers, made?.providers ?? []);
  // names that are not judged: those of definitions with mistakes, and those that may be inherited
  const unjudged = [...Object.keys(scenario.definitions ?? {}), ...inheritable(scenario, isGood, known)].filter(
    (name) => served.every((each) => each.name !== name),
  );
  const checked = withoutRealms({ ...Object.fromEntries(lists), providers: realms }, unjudged);
  return [
    ...below('definitions', made?.mistakes ?? []),
    ...checkScenario(checked, { ...known, providers: withStandIns(served, unjudged) }),
  ];
}

/** Names of providers that a scenario has content for, and may have from another scenario. */
function inheritable(
  { extends: base, providers = {} }: Scenario,
  isGood: (path: string) => boolean,
  { inheritsDefinitions }: KnownToText,
): string[] {
  const inherits = isGood('extends') && base !== undefined && inheritsDefinitions?.(base) === true;
  return inherits ? Object.keys(providers) : [];
}
