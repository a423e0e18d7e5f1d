import { LineCounter, parseDocument } from 'yaml';
import { check } from './check.js';
import { ScenarioSchema } from './schema/scenario.js';
import type { Document, Node } from 'yaml';
import type { Mistake } from './check.js';
import type { Scenario } from './schema/scenario.js';

/** A mistake with its place in a file: lines and columns count from 1. */
export interface PlacedMistake extends Mistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A scenario file, read: the scenario, or everything that is wrong with it. `place` finds where a path stands in the text. */
export interface Fixture {
  readonly file: string;
  readonly scenario: Scenario | undefined;
  readonly mistakes: readonly PlacedMistake[];
  readonly place: (mistake: Mistake) => PlacedMistake;
}

/** How many aliases a document may resolve: more is a bomb. */
const maxAliasCount = 100;

/** Reads a scenario file. JSON is read as YAML, which it is, so that both tell mistakes by line and column. */
export function readFixture(text: string, file: string): Fixture {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const place = (mistake: Mistake): PlacedMistake => ({ file, ...at(offsetOf(document, mistake.path)), ...mistake });
  const broken = document.errors.map(({ message, pos }) => ({ file, ...at(pos[0]), path: '', message }));
  if (broken.length > 0) return { file, scenario: undefined, mistakes: broken, place };

  const value = toValue(document);
  if (value instanceof Error) return { file, scenario: undefined, mistakes: [place({ path: '', message: value.message })], place };
  const mistakes = check(ScenarioSchema, value).map(place);
  return { file, scenario: mistakes.length === 0 ? (value as Scenario) : undefined, mistakes, place };
}

function toValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount }) as unknown;
  } catch (error) {
    return error;
  }
}

/** Where a path begins in the text: at the member's value, or, where that is missing, at the nearest thing around it. */
function offsetOf(document: Document, path: string): number {
  const steps = path === '' ? [] : path.split('.');
  for (let length = steps.length; length > 0; length -= 1) {
    const keys = steps.slice(0, length).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const node = document.getIn(keys, true) as Node | undefined;
    if (node?.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

/** `file:line:column: path: message`, as compilers write it. */
export function formatMistake({ file, line, column, path, message }: PlacedMistake): string {
  return `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}`;
}
