import { mistakeLimit, pathLimit, quotedPath } from './mistake.js';
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
 * @param json a text that is JSON and nested no deeper than `deepest`: each mistake names all members around it
 */
export function repeatedMembers(json: string): Mistake[] {
  const found: Mistake[] = [];
  const stack: Around[] = [];
  let line = 1;
  let lineStart = 0;
  for (const { 0: lexeme, 1: colon, index } of json.matchAll(lexemes)) {
    const around = stack.at(-1);
    if (lexeme === '{' || lexeme === '[') {
      stack.push(lexeme === '{' ? { names: new Set(), at: '' } : { names: undefined, at: 0 });
    } else if (lexeme === '}' || lexeme === ']') {
      stack.pop();
    } else if (lexeme === ',') {
      if (typeof around?.at === 'number') around.at += 1;
    } else if (colon !== undefined && around?.names !== undefined) {
      around.at = textOf(lexeme.slice(0, -colon.length));
      if (around.names.has(around.at)) {
        // each line is counted once, however many mistakes there are
        for (let end = json.indexOf('\n', lineStart); end !== -1 && end < index; end = json.indexOf('\n', lineStart)) {
          line += 1;
          lineStart = end + 1;
        }
        found.push(mistakeAt(stack, line, index - lineStart + 1));
      }
      if (found.length > mistakeLimit) break;
      around.names.add(around.at);
    }
  }
  return found;
}

/** The text of a JSON string. Few have an escape, and only those need the parser. */
const textOf = (literal: string): string =>
  literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1);

function mistakeAt(stack: readonly Around[], line: number, column: number): Mistake {
  // names are cut before they are joined: each of a hundred could be as long as the text
  const path = quotedPath(stack.map(({ at }) => String(at).slice(0, pathLimit + 1)).join('.'));
  return { path, message: `is a duplicate member, in line ${line}, column ${column} of the body` };
}
