/** What other languages write, and what Liquid has for it. The first that is found is told. */
const slips: readonly (readonly [found: RegExp, meant: string])[] = [
  [/!==/, '!='],
  [/===/, '=='],
  [/=>/, '>='],
  [/=</, '<='],
  [/=~/, 'contains'],
  [/(?<![=!<>])=(?!=)/, '=='],
  [/&&?/, 'and'],
  [/\|\|/, 'or'],
  [/!(?!=)/, 'not'],
  [/\bAND\b/, 'and'],
  [/\bOR\b/, 'or'],
  [/\bNOT\b/, 'not'],
];

/** A condition that ends with an operator. Liquid takes the missing value as one that is never there. */
const endsOpen = /(?:[=!<>]=|[<>]|\b(?:and|or|not|contains))\s*$/;

/**
 * What is wrong with a condition that was written as in another language. Undefined: nothing, or something else.
 *
 * @param text what stands after `if`
 */
export function slipIn(text: string): string | undefined {
  if (/\{[{%]/.test(text)) return 'a condition stands without {{ }}: its variables are named directly';
  const code = withoutTexts(text);
  for (const [found, meant] of slips) {
    const [given] = found.exec(code) ?? [];
    if (given !== undefined) return `${JSON.stringify(given)} is no operator here${didYouMean(meant)}`;
  }
  const [open] = endsOpen.exec(code) ?? [];
  return open === undefined ? undefined : `a value is missing after ${JSON.stringify(open.trim())}`;
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

const didYouMean = (meant: string): string => `; did you mean ${JSON.stringify(meant)}?`;

/** The condition with empty texts: what stands in them is no operator. */
const withoutTexts = (text: string): string => text.replaceAll(/'[^']*'|"[^"]*"/g, "''");

/** The conditions of a template: what stands after `if`, `elsif` and `unless`. */
export function* conditionsIn(template: string): Generator<string> {
  for (let from = template.indexOf('{%'); from !== -1; from = template.indexOf('{%', from + 2)) {
    const end = template.indexOf('%}', from);
    if (end === -1) return;
    const [, condition] = /^-?\s*(?:if|elsif|unless)\s([^]*?)-?$/.exec(template.slice(from + 2, end)) ?? [];
    if (condition !== undefined) yield condition;
  }
}
