import { partiesOf } from './steps.js';
import type { Lifeline, DiagramStep } from './steps.js';

/** Lengths of a diagram, in pixels. */
const size = { edge: 70, head: 36, top: 8, arrow: 46, answer: 40, mark: 34, pause: 44 } as const;
/** Between two lifelines, and left of the first, in pixels: on a wide page, and on a narrow one. */
const spacings = { wide: { column: 290, first: 168 }, narrow: { column: 190, first: 76 } } as const;
/** Characters of a time that fit: with milliseconds, or without. */
const timeLength = { wide: 12, narrow: 8 } as const;
/** How much room there is. */
export type Room = keyof typeof spacings;

/** A lost arrow ends at this part of its way. */
const lostAt = 0.62;
/** Width of a character of a label, in pixels, and the most characters of a line of a mark. */
const [characterWidth, longestLine] = [6.6, 46];
/** Height of a line of a mark, in pixels. */
export const lineHeight = 16;

/** A lifeline with its head. */
export interface LifelineAt {
  readonly party: Lifeline;
  readonly x: number;
}

/** A step at its place. `x` and `end` are where an arrow begins and ends; a mark is centred at `x`. */
export interface Placed {
  readonly step: DiagramStep;
  readonly y: number;
  /** Where the row of the step begins, and its height. */
  readonly top: number;
  readonly height: number;
  readonly x: number;
  readonly end: number;
  /** The label: one line, or two if it is long. */
  readonly lines: readonly string[];
  /** Virtual time of the day, as far as there is room. */
  readonly time?: string | undefined;
  /** The middle of the label. */
  readonly labelX: number;
}

/** The time in which a party handles a request. */
export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** A diagram with all its places. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly LifelineAt[];
  readonly placed: readonly Placed[];
  readonly bars: readonly Bar[];
  /** Where the lifelines begin and end. */
  readonly from: number;
  readonly to: number;
}

/** The box of the name of a lifeline, in pixels. */
export const headSize = { width: 116, height: size.head } as const;

/** Width of the box of a mark, in pixels. */
export const markWidth = (lines: readonly string[]): number =>
  Math.max(...lines.map(({ length }) => length)) * characterWidth + 24;

/** Places the steps of a diagram from top to bottom. */
export function layoutOf(steps: readonly DiagramStep[], room: Room = 'wide'): Layout {
  const { column, first } = spacings[room];
  const parties = partiesOf(steps);
  const lines = parties.map((party, i) => ({ party, x: first + i * column }));
  const xOf = new Map(lines.map(({ party, x }) => [party, x]));
  const from = size.top + size.head;
  const last = first + Math.max(0, parties.length - 1) * column;
  let top = from + 12;
  const placed = steps.map((step): Placed => {
    const place = placeOf(step, top, (party) => xOf.get(party) as number, (first + last) / 2);
    const time = step.kind === 'arrow' ? step.time?.slice(0, timeLength[room]) : undefined;
    top += place.height;
    return { ...place, time };
  });
  const to = top + 12;
  // a mark at the last lifeline needs room beside it
  const right = placed.flatMap(({ step, x, lines: label }) =>
    step.kind === 'mark' ? [x + markWidth(label) / 2 + 8] : [],
  );
  const width = Math.ceil(Math.max(last + size.edge, ...right));
  return { width, height: to + size.head + size.top, lines, placed, bars: barsOf(placed), from, to };
}

function placeOf(step: DiagramStep, top: number, xOf: (party: Lifeline) => number, middle: number): Placed {
  if (step.kind === 'pause') {
    const height = size.pause;
    return { step, y: top + height / 2, top, height, x: middle, end: middle, lines: [step.label], labelX: middle };
  }
  if (step.kind === 'mark') {
    const x = xOf(step.at);
    const lines = wrapped(step.label, longestLine);
    const height = size.mark + (lines.length - 1) * lineHeight;
    return { step, y: top + height / 2, top, height, x, end: x, lines, labelX: x };
  }
  const [x, target] = [xOf(step.from), xOf(step.to)];
  const lines = wrapped(step.label, Math.floor((Math.abs(target - x) - 20) / characterWidth));
  const height = (step.isAnswer ? size.answer : size.arrow) + (lines.length - 1) * lineHeight;
  return {
    step,
    y: top + height - 10,
    top,
    height,
    x,
    end: step.isLost ? x + (target - x) * lostAt : target,
    lines,
    labelX: (x + target) / 2,
  };
}

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

/** One line, or two of about the same length. */
function wrapped(text: string, longest: number): string[] {
  if (text.length <= longest) return [text];
  const space = text.indexOf(' ', text.length / 2 - 1);
  const end = space < 0 || space > longest ? text.lastIndexOf(' ', longest) : space;
  const first = text.slice(0, end > 0 ? end : longest);
  return [first.replace(/ ·$/, ''), cut(text.slice(first.length).trimStart(), longest)];
}

/** One bar for each request that arrives: from its arrow to its answer. */
function barsOf(placed: readonly Placed[]): Bar[] {
  return placed.flatMap(({ step, y, end }, i): Bar[] => {
    if (step.kind !== 'arrow' || step.isAnswer || step.isLost) return [];
    const rest = placed.slice(i + 1);
    const after = rest.findIndex((next) => !isWithin(next.step, step.entry));
    const last = (after < 0 ? rest : rest.slice(0, after)).at(-1);
    return last === undefined ? [] : [{ x: end, y, height: last.y - y }];
  });
}

/** Whether a step is a part of the handling of a request: its answer, or a mark. */
const isWithin = (step: DiagramStep, entry: number): boolean =>
  step.kind !== 'pause' && step.entry === entry && (step.kind === 'mark' || step.isAnswer);
