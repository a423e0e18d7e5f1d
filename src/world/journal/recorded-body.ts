/**
 * A body as the journal keeps it: as text, because parsed JSON takes many times the memory of its text (65 KB of `{},`
 * are 1.4 MB).
 */
export interface RecordedBody {
  readonly text: string;
  /** Whether the text is the parsed body as JSON. Otherwise it is the body itself, which was not parsed. */
  readonly isJson: boolean;
}

/** Maximum length of a request body and of an answer's body in the journal, in characters as sent. */
export const longestRecorded = 64 * 1024;
/** Maximum length of a parsed body as JSON, which quotes names and escapes characters. */
const longestJson = 4 * longestRecorded;

/**
 * Records a body: parsed, or as text if no parser has read it. A note stands in place of a body that is too long.
 *
 * @param length its length as sent, in characters; 0 if it is not known
 */
export function recordBody(body: unknown, length: number): RecordedBody | undefined {
  if (body === undefined || body === null) return undefined;
  if (length > longestRecorded) return { text: tooLong(length), isJson: false };
  const isJson = typeof body !== 'string';
  const text = isJson ? JSON.stringify(body) : body;
  const longest = length > 0 ? longestJson : longestRecorded;
  return text.length > longest ? { text: tooLong(text.length), isJson: false } : { text, isJson };
}

/** The text that stands for a body of this length, in characters. */
export const tooLong = (length: number): string =>
  `(${length} characters; the journal keeps bodies of up to ${longestRecorded})`;

/** The body as it was parsed when the request arrived. Its objects are new at each call. */
export function parseRecorded(body: RecordedBody | undefined): unknown {
  if (body === undefined) return undefined;
  return body.isJson ? JSON.parse(body.text) : body.text;
}
