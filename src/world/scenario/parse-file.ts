import { LineCounter, parseDocument } from 'yaml';
import { deepest, isTooDeep } from '../../input/nesting.js';
import { firstMistakes, mistakeLimit } from '../../input/mistake.js';
import { check } from '../check-document.js';
import { checkScenario } from './check-scenario.js';
import { offsetOf } from './path-offset.js';
import { ScenarioSchema } from './schema/scenario.js';
import { duplicateKeys, jsonErrors, excessError } from './syntax-errors.js';
import type { Document } from 'yaml';
import type { Mistake } from '../../input/mistake.js';
import type { BadFixture, Fixture, PlacedMistake } from './fixture.js';
import type { KnownNames } from './known-names.js';
import type { Scenario } from './schema/scenario.js';
import type { TextError } from './syntax-errors.js';

/** Maximum number of aliases that a document may resolve. Nested aliases grow exponentially. */
const maxAliasCount = 100;

/**
 * Reads the text of a scenario file. JSON is a subset of YAML and is read by the same parser, so that mistakes in both
 * have a line and a column.
 */
export function readFixture(text: string, file: string, known: KnownNames): Fixture {
  const lines = new LineCounter();
  const at = ({ offset, message }: TextError, path = ''): PlacedMistake => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), path, message };
  };
  const bad = (mistakes: readonly PlacedMistake[]): BadFixture => ({ scenario: undefined, mistakes });

  const excess = excessError(text, lines);
  if (excess !== undefined) return bad([at(excess)]);
  const document = parseDocument(text, {
    prettyErrors: false,
    // `duplicateKeys` finds them in linear time
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: 'error',
  });
  const errors = [
    ...jsonErrors(text, file),
    // a warning is about an unknown tag: its value would be taken as text
    ...[...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
      offset: pos[0],
      message:
        code === 'MULTIPLE_DOCS' ? 'a scenario file must contain one YAML document; a second one begins here' : message,
    })),
    ...duplicateKeys(document),
  ];
  if (document.contents === null) {
    errors.push({ offset: 0, message: 'the file is empty; write {} for a scenario without members' });
  }
  if (errors.length > 0) return bad(firstErrors(errors).map((error) => at(error)));

  const value = toValue(document);
  if (value instanceof Error) return bad([at({ offset: 0, message: value.message })]);
  const place = (mistake: Mistake): PlacedMistake =>
    at({ offset: offsetOf(document, mistake.path), message: mistake.message }, mistake.path);
  const mistakes = check(ScenarioSchema, value);
  return mistakes.length > 0
    ? bad(firstMistakes([...mistakes, ...meaningMistakes(value as Scenario, mistakes, known)]).map(place))
    : { scenario: value as Scenario, mistakes: [], place };
}

/** The first errors of a text. If there are more, the last one says so. */
function firstErrors(errors: readonly TextError[]): TextError[] {
  const next = errors[mistakeLimit];
  return next === undefined
    ? [...errors]
    : [...errors.slice(0, mistakeLimit), { offset: next.offset, message: 'has more mistakes, from here on' }];
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

/** The document as a value, or an error if it has too many aliases or is nested too deep. */
function toValue(document: Document): unknown {
  try {
    const value = document.toJS({ maxAliasCount }) as unknown;
    return isTooDeep(value) ? new Error(`is nested deeper than ${deepest} levels`) : value;
  } catch (error) {
    return error;
  }
}
