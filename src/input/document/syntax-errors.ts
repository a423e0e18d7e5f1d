import { extname } from 'node:path';
import { CST, Lexer, Parser, isCollection, isScalar, visit } from 'yaml';
import { deepest } from '../nesting.js';
import { startOf } from './path-offset.js';
import type { Document, LineCounter } from 'yaml';

/** An error in the text of a file. `offset` counts characters from the start. */
export interface TextError {
  readonly offset: number;
  readonly message: string;
}

/** Maximum number of aliases in a file, and of anchors. The parser searches the whole document for each alias. */
const aliasLimit = 100;

/**
 * Finds what the parser cannot handle: nesting that would exhaust its stack, and more aliases than it resolves in short
 * time. The lexer is iterative. Adds the line starts to `lines`.
 */
export function excessError(text: string, lines: LineCounter): TextError | undefined {
  const parser = new Parser(lines.addNewLine);
  // as in Parser.parse: the first line has no preceding line end that would add its start
  lines.addNewLine(0);
  let offset = 0;
  let aliases = 0;
  let anchors = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const type = CST.tokenType(lexeme);
    if (type === 'alias' && (aliases += 1) > aliasLimit) {
      return { offset, message: `has more than ${aliasLimit} aliases: the first of them that is too many is here` };
    }
    if (type === 'anchor' && (anchors += 1) > aliasLimit) {
      return { offset, message: `has more than ${aliasLimit} anchors: the first of them that is too many is here` };
    }
    const depth = [...parser.next(lexeme)].length + parser.stack.length;
    offset += lexeme.length;
    if (depth > 2 * deepest) {
      return { offset: Math.min(offset, text.length), message: `is nested deeper than ${deepest} levels` };
    }
  }
  return undefined;
}

/**
 * A trailing comma. Strings match too, so that a comma inside a string is skipped; also strings without an end, so that
 * the time is linear.
 */
const trailingComma = /"(?:[^"\\]|\\.)*"?|,(?=\s*[\]}])/g;

/** A `.json` file is parsed as YAML, which allows more than JSON. Other JSON parsers would refuse such a file. */
export function jsonErrors(text: string, file: string): TextError[] {
  if (extname(file).toLowerCase() !== '.json') return [];
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return [];
  } catch (error) {
    const { message } = error as Error;
    const comma = [...text.matchAll(trailingComma)].find(([found]) => found === ',');
    const end = message.includes('end of JSON input') ? text.trimEnd().length : 0;
    return [
      {
        offset: comma?.index ?? Number(/position (\d+)/.exec(message)?.[1] ?? end),
        message:
          comma === undefined
            ? `is not JSON: ${message.replace(/, "[^]*$| in JSON at position.*$/, '')}`
            : 'is not JSON: trailing comma',
      },
    ];
  }
}

/**
 * Members that occur twice in one mapping. The `uniqueKeys` of the parser takes quadratic time; this takes linear time.
 */
export function duplicateKeys(document: Document): TextError[] {
  const found: TextError[] = [];
  visit(document, {
    Map(_key, { items }) {
      const names = new Set<unknown>();
      for (const { key } of items) {
        const name = isScalar(key) ? key.value : key;
        if (names.has(name)) {
          found.push({ offset: startOf(key), message: `duplicate member ${JSON.stringify(name)}` });
        }
        names.add(name);
      }
    },
  });
  return found;
}

/** A name of a member that is an object or a list: what YAML makes of a template without quotes, `{ a: {{ b }} }`. */
export function objectsAsNames(document: Document): TextError[] {
  const found: TextError[] = [];
  visit(document, {
    Pair(_key, { key }) {
      if (isCollection(key)) {
        found.push({ offset: startOf(key), message: 'an object or a list is the name of a member' });
      }
    },
  });
  return found;
}

/** Texts in quotes, and comments; quotes without an end match too, so that the time is linear. */
const quotedTexts = /"(?:[^"\\]|\\.)*"?|'[^']*'?|(?<=\s)#.*/g;

/**
 * Adds a hint to the first error of each line that has a template without quotes, and leaves out the others of the
 * line, which follow from it.
 */
export function withQuotesHint(errors: readonly TextError[], text: string): TextError[] {
  const hinted = new Set<number>();
  return errors.flatMap((error) => {
    const start = text.lastIndexOf('\n', error.offset - 1) + 1;
    const [line = ''] = text.slice(start, start + longestLine).split('\n', 1);
    if (!/\{\{|\{%/.test(line.replaceAll(quotedTexts, ''))) return [error];
    if (hinted.has(start)) return [];
    hinted.add(start);
    return [{ ...error, message: `${error.message}; a text with {{ or {% needs quotes in YAML` }];
  });
}

/** Longest part of a line in which a template is looked for, in characters. */
const longestLine = 20_000;
