import { headerMistake } from '../../input/answer.js';
import { readTemplate } from './body.js';
import { fixedTexts, isTemplate, sentNull } from './template.js';
import type { Context } from 'liquidjs';
import type { Reader } from './body.js';

/** What a header can have in its value: visible ASCII, blanks and tabs (RFC 9110 §5.5). */
const notInValue = /[^\t\x20-\x7e]/gu;

/** Headers that are sent, with what the journal says of them. */
export interface MadeHeaders {
  readonly headers: Record<string, string>;
  readonly notes: readonly string[];
}

/**
 * Reads the headers of an answer. Mistakes are told.
 *
 * @param path of the headers in the document
 * @param usual headers that are sent before these, if these have no other of the name
 */
export function readHeaders(
  headers: Readonly<Record<string, string>>,
  { path, usual, reader }: { path: string; usual: Readonly<Record<string, string>>; reader: Reader },
): (context: Context) => MadeHeaders {
  const names = Object.keys(headers);
  for (const [i, name] of names.entries()) {
    const isRepeated = names.slice(0, i).some((each) => each.toLowerCase() === name.toLowerCase());
    const repeated = isRepeated ? 'is listed twice: upper and lower case are the same in names of headers' : undefined;
    const message = headerMistake(name) ?? repeated ?? valueMistake(headers[name] as string, `${path}.${name}`, reader);
    if (message !== undefined) reader.mistake(`${path}.${name}`, message);
  }
  const parts = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), readTemplate(value, `${path}.${name}`, reader)] as const,
  );
  const before = Object.entries(usual).filter(([name]) => parts.every(([other]) => other !== name));
  return (context) => {
    const sent: Record<string, string> = Object.fromEntries(before);
    const notes: string[] = [];
    for (const [name, part] of parts) {
      const made = part(context);
      if (made === undefined || made === null || made === '' || made === sentNull) continue;
      const text = typeof made === 'string' ? made : JSON.stringify(made);
      sent[name] = text.replaceAll(notInValue, '?');
      if (sent[name] !== text) notes.push(noteOf(name, text));
    }
    return { headers: sent, notes };
  };
}

/** What is wrong with the fixed text of a value. What a template makes of it is known only when it is sent. */
function valueMistake(value: string, path: string, reader: Reader): string | undefined {
  // most values have no such character, and need no further look
  if (!value.match(notInValue) || (isTemplate(value) && !reader.mayRead(path))) return undefined;
  const [wrong] = fixedTexts(value).join('').match(notInValue) ?? [];
  return wrong === undefined ? undefined : `cannot have ${called(wrong)}: a header has visible ASCII, blanks and tabs`;
}

const noteOf = (name: string, text: string): string =>
  `a template made a value with ${called((text.match(notInValue) as RegExpMatchArray)[0])} for the header ${name}; ` +
  'a header has visible ASCII, blanks and tabs, so "?" is sent in place of each other character';

/** A character as text that shows it, with its number. */
function called(character: string): string {
  if (character === '\n' || character === '\r') return 'a line break';
  const number = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
  return `the character U+${number}`;
}
