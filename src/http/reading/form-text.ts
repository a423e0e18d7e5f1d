import type { ParsedText } from '../../world/journal/recorded-body.js';

/** Decoded parameters of one place: the members of a body or of a query. */
export type Source = Readonly<Record<string, unknown>>;
/** A parameter as sent, decoded. */
export type Pair = readonly [name: string, value: string];
/** What an odd form was read from: its text, or the fields of a multipart body. */
export type OddForm = string | readonly Pair[];

const oddForms = new WeakMap<Source, OddForm>();

/**
 * What the form was read from, if its meaning depends on the policy: it has repeated, nested or broken parameters.
 * Undefined for a plain form, whose members every server reads alike.
 */
export function oddForm(source: Source): OddForm | undefined {
  return oddForms.get(source);
}

/** Parts of a form text that servers read differently, except for repeated names. */
const readDifferently = /[[;\0\uFFFD]|%(?![0-9A-Fa-f]{2})|%5[Bb]|& /;

/**
 * Parses a form or a query for the journal and for plain use: a repeated name has a list of values, and what cannot be
 * decoded stays as it is. `oddForm` tells afterwards whether `readOddForm` has to read it by the policy.
 */
export function parseForm(text: string): Source {
  const members = newMembers(text);
  let isOdd = readDifferently.test(text);
  let end = -1;
  let equals = -1;
  // searched and not split, which would make a list: every token request has a form
  while (end < text.length) {
    const start = end + 1;
    end = placeOf('&', text, start);
    if (end === start) continue;
    // an equals sign that is further on was found before: searching for it again would take quadratic time
    if (equals < start) equals = placeOf('=', text, start);
    const isNameAlone = equals >= end;
    const name = text.slice(start, isNameAlone ? end : equals);
    const value = isNameAlone ? '' : text.slice(equals + 1, end);
    const decodedName = decodePart(name);
    const decodedValue = decodePart(value);
    isOdd ||= decodedName === undefined || decodedValue === undefined;
    isOdd = addMember(members, decodedName ?? name, decodedValue ?? value) || isOdd;
  }
  if (isOdd) oddForms.set(members, text);
  return members;
}

/** The first place of a character from a start on. The end of the text if it has none. */
function placeOf(character: string, text: string, start: number): number {
  const place = text.indexOf(character, start);
  return place < 0 ? text.length : place;
}

/** The members of a list of pairs. A repeated name has a list of values. */
export function groupPairs(pairs: readonly Pair[]): Source {
  const members = newMembers();
  let isOdd = false;
  for (const [name, value] of pairs) isOdd = addMember(members, name, value) || isOdd;
  if (isOdd) oddForms.set(members, pairs);
  return members;
}

type Members = Record<string, string | string[]>;

/**
 * The members of a form, and the text that they were read from. Any name is possible, `__proto__` too: an object
 * inherits nothing. An object with a null prototype would be slower to read, because V8 keeps it as a dictionary.
 */
class Form {
  readonly #text: string | undefined;

  constructor(text: string | undefined) {
    this.#text = text;
  }

  static textOf(source: object): string | undefined {
    return #text in source ? source.#text : undefined;
  }
}
Object.setPrototypeOf(Form.prototype, null);
delete (Form.prototype as { constructor?: unknown }).constructor;

const newMembers = (text?: string): Members => new Form(text) as unknown as Members;

/** The text from which `parseForm` read a body, for the journal. Undefined: the body is something else. */
export function formIn(body: unknown): ParsedText | undefined {
  const text = typeof body === 'object' && body !== null ? Form.textOf(body) : undefined;
  return text === undefined ? undefined : { text, parse: membersOf };
}

/** A form as an ordinary object. */
const membersOf = (text: string): object => ({ ...parseForm(text) });

/** Adds a member. Returns whether servers read it differently: it is repeated, or its name has brackets. */
function addMember(members: Members, name: string, value: string): boolean {
  const earlier = members[name];
  if (earlier === undefined) members[name] = value;
  else if (typeof earlier === 'string') members[name] = [earlier, value];
  else earlier.push(value);
  return earlier !== undefined || name.includes('[');
}

/** Splits the text of a form into names and values, not decoded. A name without `=` has an empty value. */
export function splitForm(text: string, separator: string | RegExp): Pair[] {
  const pairs: Pair[] = [];
  for (const piece of text.split(separator)) {
    if (piece === '') continue;
    const equals = piece.indexOf('=');
    pairs.push(equals < 0 ? [piece, ''] : [piece.slice(0, equals), piece.slice(equals + 1)]);
  }
  return pairs;
}

/**
 * Decodes a name or a value (RFC 6749 Appendix B). Undefined if its percent-encoding is broken or its bytes are not
 * UTF-8. A body whose bytes are not UTF-8 arrives with U+FFFD in their place.
 */
export function decodePart(part: string): string | undefined {
  if (part.includes('\uFFFD')) return undefined;
  const spaced = part.includes('+') ? part.replaceAll('+', ' ') : part;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return undefined;
  }
}

/** Decodes as Tomcat does: U+FFFD stands for bytes that are not UTF-8. Undefined if the percent-encoding is broken. */
export function decodeLeniently(part: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(part)) return undefined;
  const escaped = encodeURI(part.replaceAll('+', ' ')).replaceAll('%25', '%');
  const bytes = escaped.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
