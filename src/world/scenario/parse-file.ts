import { extname } from 'node:path';
import { Lexer, LineCounter, Parser, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import { check } from '../check-document.js';
import { deepest, isTooDeep } from '../../input/nesting.js';
import { ScenarioSchema } from './schema/scenario.js';
import { checkScenario } from './check-scenario.js';
import type { Document, Node, Range } from 'yaml';
import type { Mistake } from '../../input/mistake.js';
import type { KnownNames } from './known-names.js';
import type { Scenario } from './schema/scenario.js';

/** A mistake with its place in a file: lines and columns count from 1. */
export interface PlacedMistake extends Mistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A scenario file that is good by itself. `place` finds where a path stands in its text, for what shows only beside others. */
export interface GoodFixture {
  readonly scenario: Scenario;
  readonly mistakes: readonly [];
  readonly place: (mistake: Mistake) => PlacedMistake;
}

/** A scenario file with everything that is wrong with it. */
export interface BadFixture {
  readonly scenario: undefined;
  readonly mistakes: readonly PlacedMistake[];
}

export type Fixture = GoodFixture | BadFixture;

/** How many aliases a document may resolve: more is a bomb. */
const maxAliasCount = 100;

interface Flaw {
  readonly offset: number;
  readonly message: string;
}

/** Reads a scenario file. What is JSON is read as YAML afterwards, which it is, so that both tell mistakes by line and column. */
export function readFixture(text: string, file: string, known: KnownNames): Fixture {
  const lines = new LineCounter();
  const put = ({ offset, message }: Flaw, path = ''): PlacedMistake => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), path, message };
  };
  const bad = (mistakes: readonly PlacedMistake[]): BadFixture => ({ scenario: undefined, mistakes });

  const deep = tooDeep(text, lines);
  if (deep !== undefined) return bad([put(deep)]);
  // it looks for double keys by comparing each with each; `doubleKeys` does not, and a long file is read at once
  const document = parseDocument(text, {
    prettyErrors: false,
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: 'error',
  });
  const flaws = [
    ...notJson(text, file),
    ...document.errors.map(({ code, message, pos }) => ({
      offset: pos[0],
      message: code === 'MULTIPLE_DOCS' ? 'a scenario file is one document, and here begins another' : message,
    })),
    ...doubleKeys(document),
  ];
  if (document.contents === null) {
    flaws.push({ offset: 0, message: 'the file is empty; a scenario that adds nothing is {}' });
  }
  if (flaws.length > 0) return bad(flaws.map((flaw) => put(flaw)));

  const value = toValue(document);
  if (value instanceof Error) return bad([put({ offset: 0, message: value.message })]);
  const place = (mistake: Mistake): PlacedMistake =>
    put({ offset: offsetOf(document, mistake.path), message: mistake.message }, mistake.path);
  const mistakes = check(ScenarioSchema, value);
  return mistakes.length > 0
    ? bad([...mistakes, ...checkValidParts(value as Scenario, mistakes, known)].map(place))
    : { scenario: value as Scenario, mistakes: [], place };
}

/** Where the form is wrong in one place, what the other places mean can be told at once. */
function checkValidParts(scenario: Scenario, mistakes: readonly Mistake[], known: KnownNames): Mistake[] {
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

/** Where the nesting is deeper than the stack of a parser bears. What is looked at here has no stack. */
function tooDeep(text: string, lines: LineCounter): Flaw | undefined {
  const parser = new Parser(lines.addNewLine);
  // as Parser.parse does: the first line begins where no line ended
  lines.addNewLine(0);
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const depth = [...parser.next(lexeme)].length + parser.stack.length;
    offset += lexeme.length;
    if (depth > 2 * deepest) {
      return { offset: Math.min(offset, text.length), message: `is nested deeper than ${deepest} levels` };
    }
  }
  return undefined;
}

/** A comma before a bracket that closes, and strings, in which it may stand. */
const commas = /"(?:[^"\\]|\\.)*"|,(?=\s*[\]}])/g;

/** YAML bears what JSON does not, and other readers of a `.json` file would stumble over it. */
function notJson(text: string, file: string): Flaw[] {
  if (extname(file).toLowerCase() !== '.json') return [];
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return [];
  } catch (error) {
    const { message } = error as Error;
    const comma = [...text.matchAll(commas)].find(([found]) => found === ',');
    return [
      {
        offset: comma?.index ?? Number(/position (\d+)/.exec(message)?.[1] ?? 0),
        message:
          comma === undefined
            ? `is no JSON: ${message.replace(/, "[^]*$| in JSON at position.*$/, '')}`
            : 'is no JSON: nothing follows this comma',
      },
    ];
  }
}

function doubleKeys(document: Document): Flaw[] {
  const found: Flaw[] = [];
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        const name = isScalar(key) ? key.value : key;
        if (seen.has(name)) {
          found.push({ offset: startOf(key), message: `the member ${JSON.stringify(name)} stands here twice` });
        }
        seen.add(name);
      }
    },
  });
  return found;
}

function toValue(document: Document): unknown {
  try {
    const value = document.toJS({ maxAliasCount }) as unknown;
    return isTooDeep(value) ? new Error(`is nested deeper than ${deepest} levels`) : value;
  } catch (error) {
    return error;
  }
}

/** Where a path begins in the text: at the name of the member, or, where that is missing, of the nearest thing around it. */
function offsetOf({ contents }: Document, path: string): number {
  let steps = path === '' ? [] : path.split('.');
  let node: unknown = contents;
  let offset = startOf(contents);
  while (steps.length > 0) {
    const step = enter(node, steps);
    if (step === undefined) return offset;
    ({ node, offset, rest: steps } = step);
  }
  return offset;
}

/** What was read from a text has its place there. */
const startOf = (node: unknown): number => ((node as Node).range as Range)[0];

interface Step {
  readonly node: unknown;
  readonly offset: number;
  readonly rest: string[];
}

/** One step down. A member's name may have dots in it, as the reasons of the error table have: the longest one that fits is meant. */
function enter(node: unknown, steps: readonly string[]): Step | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(steps[0])];
    return { node: item, offset: startOf(item), rest: steps.slice(1) };
  }
  if (!isMap(node)) return undefined;
  for (let length = steps.length; length > 0; length -= 1) {
    const name = steps.slice(0, length).join('.');
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
    if (pair !== undefined) return { node: pair.value, offset: startOf(pair.key), rest: steps.slice(length) };
  }
  return undefined;
}

/** `file:line:column: path: message`, as compilers write it. */
export function formatMistake({ file, line, column, path, message }: PlacedMistake): string {
  return `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}`;
}
