/**
 * A body as the journal keeps it: as text, because parsed JSON takes many times the memory of its text (65 KB of `{},`
 * are 1.4 MB).
 */
export interface RecordedBody {
  readonly text: string;
  /** Makes the parsed body of the text again. Undefined: the text is the body itself, which was not parsed. */
  readonly parse: ((text: string) => unknown) | undefined;
}

/** The text of a body, and how it is parsed. */
export interface ParsedText {
  readonly text: string;
  readonly parse: (text: string) => unknown;
}

/** Maximum length of a request body and of an answer's body in the journal, in characters as sent. */
export const longestRecorded = 64 * 1024;
/** Maximum length of a parsed body as JSON, which quotes names and escapes characters. */
const longestJson = 4 * longestRecorded;

/**
 * Records a body: parsed, or as text if no parser has read it. A note stands in place of a body that is too long.
 *
 * @param length its length as sent, in characters; 0 if it is not known
 * @param source what the body was parsed from, where it is known. Otherwise a parsed body is written as JSON
 */
export function recordBody(body: unknown, length: number, source?: ParsedText): RecordedBody | undefined {
  if (body === undefined || body === null) return undefined;
  if (length > longestRecorded) return unparsed(tooLong(length));
  const isText = typeof body === 'string';
  const recorded = source ?? (isText ? unparsed(body) : { text: JSON.stringify(body), parse: parseJson });
  const longest = length > 0 ? longestJson : longestRecorded;
  return recorded.text.length > longest ? unparsed(tooLong(recorded.text.length)) : recorded;
}

const unparsed = (text: string): RecordedBody => ({ text, parse: undefined });
const parseJson = (text: string): unknown => JSON.parse(text);

/** The text that stands for a body of this length, in characters. */
export const tooLong = (length: number): string =>
  `(${length} characters; the journal keeps bodies of up to ${longestRecorded})`;

/** The body as it was parsed when the request arrived. Its objects are new at each call. */
export function parseRecorded(body: RecordedBody | undefined): unknown {
  if (body === undefined) return undefined;
  return body.parse === undefined ? body.text : body.parse(body.text);
}
