import { isSecretName } from './secret-names.js';
import { formDecode } from './url-text.js';

/*
 * Patterns for unparsed text. Each pattern has no unbounded backtracking, so the time is linear in the length of the
 * text.
 */
/** `name=value` of a form or a query. */
const formMember = /(?<![A-Za-z_-])([A-Za-z_-]+)=([^&\s"'<>;]+)/g;
/** `"name": "value"` of JSON. */
const jsonMember = /"([A-Za-z_-]{1,100})"(\s{0,100}:\s{0,100}")((?:[^"\\]|\\.)*)/g;
/** A field of an HTML form. */
const htmlField = /(<input [^<>]{0,100}\bname="([^"<>]{0,100})" [^<>]{0,100}\bvalue=")([^"]*)/g;
/** An element that a page marks as a secret. */
const markedElement = /(<[a-z]+ data-secret>)([^<]*)/g;

/** Replaces a secret; `spelling` is how the text spells it, if that differs from the secret. */
type Replace = (secret: string, spelling?: string) => string;

/** Replaces secrets that have a name in the text: members of forms and JSON, form fields, marked elements. */
export function replaceNamedSecrets(text: string, replace: Replace): string {
  return text
    .replaceAll(formMember, (whole, name: string, value: string) =>
      isSecretName(name) ? `${name}=${replace(formDecode(value) ?? value, value)}` : whole,
    )
    .replaceAll(jsonMember, (whole, name: string, between: string, value: string) =>
      isSecretName(name) ? `"${name}"${between}${replace(value)}` : whole,
    )
    .replaceAll(htmlField, (whole, before: string, name: string, value: string) =>
      isSecretName(name) ? before + replace(value) : whole,
    )
    .replaceAll(markedElement, (_whole, before: string, value: string) => before + replace(value));
}

/** Shorter secrets are not searched for: they occur by chance in ordinary words. */
const minimumLength = 6;
/** Shorter secrets are replaced only as whole words. Longer secrets are also replaced inside words. */
const minimumLengthInside = 16;

/** Replaces every occurrence of the known secrets. `replacements` has the replacement of each secret. */
export function replaceKnownSecrets(text: string, replacements: ReadonlyMap<string, string>): string {
  // longest first: one secret may begin with another
  const known = [...replacements].sort(([a], [b]) => b.length - a.length);
  let shown = text;
  for (const [secret, replacement] of known) {
    if (secret.length >= minimumLengthInside) shown = shown.replaceAll(secret, replacement);
    else if (secret.length >= minimumLength && shown.includes(secret)) {
      shown = shown.replaceAll(asWord(secret), replacement);
    }
  }
  return shown;
}

/** The start and the end of a word. A percent-encoded character ends a word although it consists of word characters. */
const wordStart = '(?:(?<=%[0-9A-Fa-f]{2})|(?<![\\w.~-]))';
const wordEnd = '(?![\\w.~-])';

/** Matches a secret as a whole word: the password `understudy` is not replaced in `understudy-client`. */
const asWord = (secret: string): RegExp =>
  new RegExp(`${wordStart}${secret.replaceAll(/[$(-+./?[-^{|}-]/g, '\\$&')}${wordEnd}`, 'g');

/** A percent-encoded character, or a word that is long enough to be a token. */
const wordOrEscape = /%[0-9a-f]{2}|[\w.~+/-]{6,}/gi;

/** The words of a text that may be tokens. */
export const tokenCandidates = (text: string): string[] => [...text.matchAll(wordOrEscape)].map(([word]) => word);
