/** Shorter secrets are not searched for in text: they occur by chance in ordinary words. */
export const shortestSearched = 6;

/** Returns the replacement of a word that is a secret, or undefined. */
export type LookUp = (word: string) => string | undefined;

/** What can hold a secret without a break: word characters, those of base64, and escapes of URLs and of JSON. */
const unbroken = /[\w.~+/\\%-]{6,}={0,2}/g;
const base64OrWord = /[\w.~+/-]{6,}={0,2}/g;
/** A dot at the end belongs to the sentence. */
const word = /[\w~-][\w.~-]{4,}[\w~-]/g;
const escaped = /(?:%[0-9a-f]{2})+|\\u[0-9a-f]{4}/gi;
/** A value may be encoded again by each program that passes it on. */
const mostDecodings = 3;

/**
 * Replaces the words of a text that are secrets, also where they are percent-encoded, written with JSON escapes, or in
 * base64 as `id:secret` (RFC 7617). A part with an encoded secret is shown decoded. The time is linear in the length of
 * the text.
 *
 * @param replaceInside replaces secrets that are no words, in a part that was decoded
 */
export function replaceSecretWords(text: string, lookUp: LookUp, replaceInside: (text: string) => string): string {
  return text.replaceAll(unbroken, (part) => {
    const decoded = decodeEscapes(part);
    const shown = lookUp(decoded) ?? inPlainText(decoded === part ? part : replaceInside(decoded), lookUp);
    return shown === decoded ? part : shown;
  });
}

// a word of base64 can have a slash, and so can a path
const inPlainText = (text: string, lookUp: LookUp): string =>
  text.replaceAll(
    base64OrWord,
    (found) =>
      wholly(found, lookUp) ??
      found
        .split('/')
        .map((segment) => inSegment(segment, lookUp, found))
        .join('/'),
  );

/** @param looked the text that was looked up already: a long text without a break would be decoded at each step */
const inSegment = (segment: string, lookUp: LookUp, looked: string): string =>
  unless(looked, segment, lookUp) ??
  segment.replaceAll(word, (found) => unless(segment, found, lookUp) ?? withoutHyphens(found, lookUp));

/** A word between hyphens, such as those of an XML comment. */
function withoutHyphens(found: string, lookUp: LookUp): string {
  let [start, end] = [0, found.length];
  while (found[start] === '-') start += 1;
  while (end > start && found[end - 1] === '-') end -= 1;
  const bare = found.slice(start, end);
  return found.slice(0, start) + (unless(found, bare, lookUp) ?? bare) + found.slice(end);
}

/** As `wholly`, unless the text is the one that was looked up already. */
const unless = (looked: string, text: string, lookUp: LookUp): string | undefined =>
  text === looked ? undefined : wholly(text, lookUp);

const wholly = (text: string, lookUp: LookUp): string | undefined =>
  text.length < shortestSearched ? undefined : (lookUp(text) ?? inBase64(text, lookUp));

/** Decodes percent-encoding and JSON escapes, repeatedly. What is not well-formed stays as it is. */
export function decodeEscapes(text: string): string {
  let decoded = text;
  for (let i = 0; i < mostDecodings && /[%\\]/.test(decoded); i += 1) {
    decoded = decoded.replaceAll(escaped, (each) =>
      each.startsWith('\\')
        ? String.fromCharCode(Number.parseInt(each.slice(2), 16))
        : Buffer.from(each.replaceAll('%', ''), 'hex').toString(),
    );
  }
  return decoded;
}

/** A secret in base64, alone or as the password of Basic credentials. */
function inBase64(text: string, lookUp: LookUp): string | undefined {
  const decoded = Buffer.from(text, 'base64').toString();
  return lookUp(decoded) ?? lookUp(decoded.slice(decoded.indexOf(':') + 1));
}
