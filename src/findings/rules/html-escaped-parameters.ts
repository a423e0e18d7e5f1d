import { defineRule } from '../rule.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

/** `&amp;` between parameters makes names that begin so, once for each time that the text was escaped. */
const prefix = /^(?:amp;)+/;
/** The separator in a raw query. In a value, `&` is percent-encoded. Anchored, so that many `?` cost linear time. */
const separator = /^[^?]*\?.*&amp;/s;

export const htmlEscapedParameters = defineRule({
  id: 'html-escaped-parameters',
  severity: 'error',
  verdict: 'The parameters of a request are separated by &amp;, as in HTML, instead of &.',
  clause: 'RFC 6749 §3.1, §3.2, Appendix B',
  advice:
    'Write & between the parameters. Escape a URL only where it is put into HTML or XML, and decode it there before ' +
    'it is sent.',
  spares: 'A warning if the provider also separates parameters at a semicolon, and so read them.',
  judge: ({ all }) =>
    all.filter(({ entry }) => entry.endpoint !== 'login' && entry.endpoint !== 'consent').flatMap(proofsOf),
});

function proofsOf(seen: ObservedRequest): Proof[] {
  const names = escapedNames(seen);
  if (names.length > 0) {
    const shown = names.slice(0, 10).map((name) => JSON.stringify(name.slice(0, 60)));
    return [{ by: [seen], says: `The provider did not read ${shown.join(', ')}, because of &amp; before the name.` }];
  }
  if (!separator.test(seen.entry.url)) return [];
  const says = 'The provider reads the parameters, because it separates them at the semicolon too.';
  return [{ by: [seen], severity: 'warning', says }];
}

/** The names of parameters that were not read, because `&amp;` stands before them. */
export function escapedNames({ query, form }: ObservedRequest): string[] {
  return [...query.keys(), ...form.keys()].filter(isEscapedName).map((name) => name.replace(prefix, ''));
}

/** Whether the name of a parameter begins with the rest of an `&amp;`. */
export const isEscapedName = (name: string): boolean => prefix.test(name);
