import { mistakeLimit } from './mistake.js';
import type { Mistake } from './mistake.js';

/** A text, with the colon that makes it the name of a member; or a bracket, or the end of a member or an item. */
const lexemes = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\],]/g;

/** An object or a list that is read. */
interface Around {
  /** Names of the members so far. Undefined: a list. */
  readonly names: Set<string> | undefined;
  /** The member or the item that is read. */
  at: string | number;
}

/**
 * The members of a JSON text that are in one object twice, of which `JSON.parse` keeps the last: a mistake with its
 * line and column for each, at most one more than `mistakeLimit`.
 *
 * @param json a text that is JSON
 */
export function repeatedMembers(json: string): Mistake[] {
  const found: Mistake[] = [];
  const stack: Around[] = [];
  for (const { 0: lexeme, 1: colon, index } of json.matchAll(lexemes)) {
    const around = stack.at(-1);
    if (lexeme === '{' || lexeme === '[') {
      stack.push(lexeme === '{' ? { names: new Set(), at: '' } : { names: undefined, at: 0 });
    } else if (lexeme === '}' || lexeme === ']') {
      stack.pop();
    } else if (lexeme === ',') {
      if (typeof around?.at === 'number') around.at += 1;
    } else if (colon !== undefined && around?.names !== undefined) {
      const name = JSON.parse(lexeme.slice(0, -colon.length)) as string;
      around.at = name;
      if (around.names.has(name)) found.push(mistakeAt(json, index, stack));
      if (found.length > mistakeLimit) break;
      around.names.add(name);
    }
  }
  return found;
}

function mistakeAt(json: string, offset: number, stack: readonly Around[]): Mistake {
  const before = json.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  const path = stack.map(({ at }) => at).join('.');
  return { path, message: `is a duplicate member, in line ${line}, column ${column} of the body` };
}
