import { textOf } from './fact-text.js';

/** A body as the page shows it. */
export type Body =
  | { readonly kind: 'none' }
  /** Parameters of a form, in their order. */
  | { readonly kind: 'form'; readonly members: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly controls: number }
  /** The journal kept a note in place of the body. */
  | { readonly kind: 'left-out'; readonly note: string };

type Members = Readonly<Record<string, unknown>>;

const note = /^\((\d+) characters; the journal keeps bodies of up to (\d+)\)$/;
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** A body of the journal, which has parsed it if its type allowed that. */
export function bodyOf(value: unknown, contentType: unknown): Body {
  if (value === undefined) return { kind: 'none' };
  if (isLeftOut(value)) return { kind: 'left-out', note: leftOut(value) };
  if (isForm(value, contentType)) return { kind: 'form', members: membersOf(value) };
  if (typeof value !== 'string') return { kind: 'json', text: JSON.stringify(value, null, 2) };
  const controls = value.match(control)?.length ?? 0;
  return { kind: 'text', text: value.replaceAll(control, visible), controls };
}

/** Whether a body is the note that the journal keeps in place of a long body. */
export const isLeftOut = (body: unknown): body is string => typeof body === 'string' && note.test(body);

/**
 * Says that a request had a body that the journal does not have: it was malformed or too large, it has not arrived, or
 * no endpoint reads the body of such a method. Undefined: the request had none.
 *
 * @param headers those of the request
 */
export function missingBody(headers: Members): string | undefined {
  const length = headers['content-length'];
  if (length === '0' || (length ?? headers['transfer-encoding']) === undefined) return undefined;
  return `The journal does not have the body${length === undefined ? '' : ` (${textOf(length)} bytes)`}`;
}

function leftOut(text: string): string {
  const [, length, limit] = note.exec(text) as unknown as [string, string, string];
  const [sent, kept] = [length, limit].map((each) => Number(each).toLocaleString('en'));
  return `The body has ${sent} characters. The journal keeps bodies of up to ${kept}.`;
}

/** The picture of a control character, such as ␀. */
const visible = (character: string): string =>
  character === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + character.charCodeAt(0));

/** Whether a value has the parameters of a form: other bodies are parsed from JSON. */
export const isForm = (value: unknown, contentType: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !/json/i.test(String(contentType));

/** Members as pairs: a repeated one is several pairs. */
export const membersOf = (members: Members): [name: string, value: string][] =>
  Object.entries(members).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).map((each): [string, string] => [name, textOf(each)]),
  );

/** The start of a text, of at most `limit` characters, and the number of those that are left out. */
export function startOf(text: string, limit: number): { readonly shown: string; readonly left: number } {
  if (text.length <= limit) return { shown: text, left: 0 };
  // at the end of a line if there is one near: half a line looks like a whole one
  const end = text.lastIndexOf('\n', limit);
  const shown = text.slice(0, end > limit / 2 ? end : limit);
  return { shown, left: text.length - shown.length };
}
