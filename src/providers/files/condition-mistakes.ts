import { TagToken, Tokenizer, TokenKind, TypeGuards } from 'liquidjs';

/** Signs of other languages, and what Liquid has for them. The first that is found is told. */
const signs: readonly (readonly [found: RegExp, meant: string])[] = [
  [/!==/, '!='],
  [/===/, '=='],
  [/<>/, '!='],
  [/=>/, '>='],
  [/=</, '<='],
  [/=~/, 'contains'],
  [/(?<![=!<>])=(?!=)/, '=='],
  [/&&?/, 'and'],
  [/\|\|/, 'or'],
  [/!(?!=)/, 'not'],
];

/** Words of other languages, and what Liquid has for them. */
const words: ReadonlyMap<string, string> = new Map([
  ['AND', 'and'],
  ['OR', 'or'],
  ['NOT', 'not'],
]);

/**
 * What is wrong with a condition that was written as in another language, or as a template. Undefined: nothing, or
 * something else.
 *
 * @param text what stands after `if`
 */
export const mistakeInCondition = (text: string): string | undefined =>
  /\{[{%]/.test(text) ? 'a condition stands without {{ }}: its variables are named directly' : mistakeInSigns(text);

/** What is wrong with the signs of a value or a condition. Undefined: nothing, or something else. */
export function mistakeInSigns(text: string): string | undefined {
  const code = withoutTexts(text);
  for (const [found, meant] of signs) {
    const [given] = found.exec(code) ?? [];
    if (given !== undefined) return noOperator(given, meant);
  }
  return undefined;
}

/**
 * What is wrong with the order of values and operators in a condition that the library takes: it ignores a value that
 * follows another one, and a missing value is one that is never there. Undefined: nothing.
 */
export function mistakeInOrder(text: string): string | undefined {
  // the last token, if it was a value
  let value: string | undefined;
  let before = '';
  for (const token of new Tokenizer(text).readExpressionTokens()) {
    const given = token.getText();
    if (!TypeGuards.isOperatorToken(token)) {
      if (value === undefined) value = given;
      else return words.has(value) ? noOperator(value, words.get(value)) : noOperator(given, words.get(given));
    } else if (given === 'not') {
      if (value !== undefined) return noOperator(given);
    } else {
      if (value === undefined) return `a value is missing before ${JSON.stringify(given)}`;
      value = undefined;
    }
    before = given;
  }
  return value === undefined && before !== '' ? `a value is missing after ${JSON.stringify(before)}` : undefined;
}

/**
 * What was perhaps meant by a condition that the library refuses.
 *
 * @param isFilter whether a word is the name of a filter
 * @returns what to write after the message of the library; empty: nothing is known
 */
export function hintForRefused(text: string, isFilter: (name: string) => boolean): string {
  const code = withoutTexts(text);
  const [, word] = /\|\s*(\w+)/.exec(code) ?? [];
  if (word !== undefined && !isFilter(word)) return `; "|" begins a filter${didYouMean('or')}`;
  return /\((?!\s*[\w.]+\s*\.\.)/.test(code) ? '; a condition has no parentheses' : '';
}

const noOperator = (given: string, meant?: string): string =>
  `${JSON.stringify(given)} is no operator here${meant === undefined ? '' : didYouMean(meant)}`;

const didYouMean = (meant: string): string => `; did you mean ${JSON.stringify(meant)}?`;

/** A text in quotation marks, which can have escaped ones in it. */
const quotedText = /'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*"/g;

/** The condition with empty texts: what stands in them is no operator. */
const withoutTexts = (text: string): string => text.replaceAll(quotedText, "''");

const conditionTags: readonly string[] = ['if', 'elsif', 'unless'];

/**
 * The values of a template in which operators can stand: its conditions, the values of `when`, those that are assigned
 * and those that are written. What stands in `raw` and in comments is none.
 *
 * @throws the library's error if a tag or an output is not closed
 */
export function expressionsIn(template: string): readonly string[] {
  const found: string[] = [];
  let isComment = false;
  for (const token of new Tokenizer(template).readTopLevelTokens()) {
    if (token instanceof TagToken) {
      const { name, args } = token;
      if (name === 'comment') isComment = true;
      if (name === 'endcomment') isComment = false;
      if (!isComment) found.push(...expressionsOfTag(name, args));
    } else if (token.kind === TokenKind.Output && !isComment) {
      found.push(token.getText().replaceAll(/^\{\{-?|-?\}\}$/g, ''));
    }
  }
  return found;
}

function expressionsOfTag(name: string, args: string): readonly string[] {
  if (conditionTags.includes(name)) return [args];
  // between its values stands `or`, or a comma
  if (name === 'when') return [withoutTexts(args).replaceAll(',', ' or ')];
  const [, assigned] = name === 'assign' ? (/^[^=]*=([^]*)$/.exec(args) ?? []) : [];
  return assigned === undefined ? [] : [assigned];
}
