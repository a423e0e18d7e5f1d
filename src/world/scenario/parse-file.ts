import { firstMistakes } from '../../input/mistake.js';
import { check } from '../check-document.js';
import { checkScenario } from './check-scenario.js';
import { readDocument } from '../../input/document/read-document.js';
import { ScenarioSchema } from './schema/scenario.js';
import type { Mistake } from '../../input/mistake.js';
import type { Fixture } from './fixture.js';
import type { KnownNames } from './known-names.js';
import type { Scenario } from './schema/scenario.js';

/** What messages call a scenario file. */
const kind = { called: 'a scenario file', empty: '{} for a scenario without members' };

/** Reads the text of a scenario file, and checks it. */
export function readFixture(text: string, file: string, known: KnownNames): Fixture {
  const read = readDocument(text, file, kind);
  if (read.place === undefined) return { scenario: undefined, mistakes: read.mistakes };
  const { value, place } = read;
  const mistakes = check(ScenarioSchema, value);
  if (mistakes.length === 0) return { scenario: value as Scenario, mistakes: [], place };
  const all = firstMistakes([...mistakes, ...meaningMistakes(value as Scenario, mistakes, known)]);
  return { scenario: undefined, mistakes: all.map(place) };
}

/** Checks the meaning of the parts that match the schema, so that one run reports all mistakes. */
function meaningMistakes(scenario: Scenario, mistakes: readonly Mistake[], known: KnownNames): Mistake[] {
  const wrong = mistakes.map(({ path }) => path);
  if (wrong.includes('')) return [];
  const isGood = (path: string): boolean => !wrong.some((each) => each === path || each.startsWith(`${path}.`));
  const realms = wrong.includes('providers')
    ? []
    : Object.entries(scenario.providers ?? {}).filter(([name]) => isGood(`providers.${name}`));
  const lists = (['faults', 'expect', 'suppress'] as const)
    .filter(isGood)
    .map((name) => [name, scenario[name]] as const);
  return checkScenario({ ...Object.fromEntries(lists), providers: Object.fromEntries(realms) }, known);
}
