import type { JournalEntry } from './entry.js';

/** What an entry weighs beside its texts: its objects and what V8 keeps for each. */
const objectBytes = 1024;

/** The memory that an entry takes when it is opened, in bytes. An upper bound: a character takes one byte or two. */
export const weightAtOpening = ({ url, headers }: JournalEntry): number =>
  objectBytes + 2 * (url.length + lengthOf(headers));

/** What comes to the memory of an entry until it is closed, in bytes: the body of the request, and the answer. */
export function addedWeight(entry: JournalEntry): number {
  const { responseHeaders, body, responseBody = '', explanation = '', notes, facts } = entry;
  let characters = responseBody.length + explanation.length + (body?.text.length ?? 0) + lengthOf(responseHeaders);
  for (const note of notes) characters += note.length;
  if (facts !== undefined) characters += JSON.stringify(facts).length;
  return 2 * characters;
}

function lengthOf(headers: Readonly<Record<string, unknown>> = {}): number {
  let length = 0;
  for (const name in headers) {
    const value = headers[name];
    // almost all values are texts
    length += name.length + (typeof value === 'string' ? value : String(value)).length;
  }
  return length;
}
