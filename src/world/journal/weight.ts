import type { JournalEntry } from './entry.js';

/** What an entry weighs beside its texts: its objects and what V8 keeps for each. */
const objectBytes = 1024;

/** The memory that an entry takes, in bytes. An upper bound: a character takes one byte or two. */
export function weightOf(entry: JournalEntry): number {
  const { url, headers, responseHeaders, body, responseBody = '', explanation = '', notes, facts } = entry;
  let characters = url.length + responseBody.length + explanation.length + (body?.text.length ?? 0);
  characters += lengthOf(headers) + lengthOf(responseHeaders);
  for (const note of notes) characters += note.length;
  if (facts !== undefined) characters += JSON.stringify(facts).length;
  return objectBytes + 2 * characters;
}

function lengthOf(headers: Readonly<Record<string, unknown>> = {}): number {
  let length = 0;
  for (const name in headers) length += name.length + String(headers[name]).length;
  return length;
}
