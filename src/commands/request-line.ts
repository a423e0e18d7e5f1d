import { styleText } from 'node:util';
import { printable } from '../input/printable.js';
import { ownPath } from '../world/journal/provider-path.js';
import type { EntryView } from '../world/journal/entry-view.js';
import type { FaultEnding } from '../world/journal/entry.js';

/** A completed request, as its line shows it. Secrets are redacted. */
export interface EndedRequest {
  readonly world: string;
  readonly view: EntryView;
  /** How a fault ended the request without an answer. */
  readonly ending: FaultEnding | undefined;
}

/** How lines look. */
export interface LineStyle {
  readonly hasColours: boolean;
  /** Minimum widths of the names of world and provider, in characters, so that lines are aligned. */
  readonly worldWidth: number;
  readonly providerWidth: number;
}

/** Maximum length of a path, and of an explanation, in characters. The journal has them in full. */
const longestPath = 80;
const longestExplanation = 160;

/** Width of the method, so that lines with GET and POST are aligned. */
const methodWidth = 4;

/** Words for the end of a request without an answer. */
const endings: Readonly<Record<FaultEnding, string>> = {
  hang: 'hang',
  reset: 'reset',
  close: 'closed',
  'send-bytes': 'bytes that are no answer',
};

type Colour = 'green' | 'yellow' | 'red' | 'magenta' | 'dim';

/**
 * The line of a request for a terminal: the local time at which it ended, world, provider, method, endpoint, status and
 * what explains it. The text says everything; colours repeat the outcome. Clients cannot control the terminal by it.
 */
export function requestLine({ world, view, ending }: EndedRequest, style: LineStyle): string {
  const paint = (colour: Colour, text: string): string =>
    // the caller has asked the terminal, which knows NO_COLOR
    style.hasColours ? styleText(colour, text, { validateStream: false }) : text;
  const { provider = '-', request } = view;
  const colour = colourOf(view);
  const outcome = view.status?.toString() ?? (ending === undefined ? 'closed by the client' : endings[ending]);
  return [
    paint('dim', `${endTime(view)} ${world.padEnd(style.worldWidth)}`),
    provider.padEnd(style.providerWidth),
    printable(request.method).padEnd(methodWidth),
    placeOf(view),
    paint(colour, outcome),
    ...reasonOf(view).map((text) => paint(colour, text)),
    ...remarksOf(view).map((text) => paint(view.fault === undefined ? 'dim' : 'magenta', text)),
  ].join(' ');
}

/** Lines appear when requests end: with this time, times never decrease. */
const endTime = ({ realAt, durationMs = 0 }: EntryView): string =>
  new Date(Date.parse(realAt) + durationMs).toTimeString().slice(0, 8);

/** The endpoint; its path where many calls share one. */
function placeOf(view: EntryView): string {
  const { endpoint } = view;
  return endpoint === 'resource' || endpoint === 'other' ? cut(ownPath(view), longestPath) : endpoint;
}

/** The reason with its explanation. A fault that replaced the answer is named by `remarksOf`. */
function reasonOf({ reason, explanation = '', failure }: EntryView): string[] {
  const texts = reason === undefined ? [failure] : [`${reason}: ${explanation}`];
  return texts.filter((text) => text !== undefined).map((text) => cut(text, longestExplanation));
}

/** The fault and the number of notes: `(fault busy: status; 2 notes)`. */
function remarksOf({ fault, notes }: EntryView): string[] {
  const remarks = [
    ...(fault === undefined ? [] : [`fault ${printable(fault.id)}: ${fault.kind}`]),
    ...(notes.length === 0 ? [] : [notes.length === 1 ? '1 note' : `${notes.length} notes`]),
  ];
  return remarks.length === 0 ? [] : [`(${remarks.join('; ')})`];
}

function colourOf({ status, reason }: EntryView): Colour {
  if (status === undefined) return 'magenta';
  if (status >= 500) return 'red';
  return status >= 400 || reason !== undefined ? 'yellow' : 'green';
}

/** Printable text of at most `longest` characters, without half a surrogate pair at its end. */
function cut(text: string, longest: number): string {
  const shown = printable(text.slice(0, longest + 1));
  return shown.length > longest ? `${shown.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…` : shown;
}
