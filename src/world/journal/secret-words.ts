/** Shorter secrets are not searched for in text: they occur by chance in ordinary words. */
export const shortestSearched = 6;

/** Returns the replacement of a word that is a secret, or undefined. */
export type LookUp = (word: string) => string | undefined;

/** What can hold a secret without a break: word characters, those of base64, and escapes of URLs and of JSON. */
const unbroken = /[\w.~+/\\%-]{6,}={0,2}/g;
const base64OrWord = /[\w.~+/-]{6,}={0,2}/g;
/** The parts of a word are between these. A secret can have them too, also at its ends. */
const separators = /([-._~])/;
/** Shorter secrets are no part of a word: `password` is in many names, and `understudy` in that of each client. */
const shortestPart = 12;
/** Maximum number of parts that are looked up as one secret. A signed JSON Web Token has about twenty. */
const mostParts = 40;
/** Characters of parts that are looked up, for each character of a text. Whole words are looked up without a limit. */
const charactersLookedUp = 20;
const leastLookedUp = 100_000;
/** Characters of base64 alone, as many as can be decoded without a rest. */
const base64 = /^(?:[\w+/-]{4})+(?:[\w+/-]{2,3}={0,2})?$/;
/** Maximum depth of base64 inside base64. */
const mostNested = 2;
/** Characters that show that decoded bytes are no text. */
const noText = /[\0-\x08\x0e-\x1f\ufffd]/;
/** A dot at the end belongs to the sentence. */
const word = /[\w~-][\w.~-]{4,}[\w~-]/g;
const escaped = /(?:%[0-9a-f]{2})+|\\u[0-9a-f]{4}/gi;
/** A value may be encoded again by each program that passes it on. */
const mostDecodings = 3;

interface Search {
  readonly lookUp: LookUp;
  readonly replaceInside: (text: string) => string;
  /** Number of characters of parts that can still be looked up. */
  charactersLeft: number;
  /** Number of texts in base64 that the searched text is in. */
  depth: number;
}

/**
 * Replaces the words of a text that are secrets, and the parts of words, also where they are percent-encoded, written
 * with JSON escapes, or in base64, as in `id:secret` (RFC 7617) and in the payload of a JSON Web Token. A part with an
 * encoded secret is shown decoded. The time is linear in the length of the text.
 *
 * @param replaceInside replaces secrets that are no words, in a part that was decoded
 */
export function replaceSecretWords(text: string, lookUp: LookUp, replaceInside: (text: string) => string): string {
  const charactersLeft = leastLookedUp + charactersLookedUp * text.length;
  const search: Search = { lookUp, replaceInside, charactersLeft, depth: 0 };
  return text.replaceAll(unbroken, (part) => {
    const decoded = decodeEscapes(part);
    const shown = lookUp(decoded) ?? inPlainText(decoded === part ? part : replaceInside(decoded), search);
    return shown === decoded ? part : shown;
  });
}

// a word of base64 can have a slash, and so can a path
const inPlainText = (text: string, search: Search): string =>
  text.replaceAll(
    base64OrWord,
    (found) =>
      wholly(found, search) ??
      found
        .split('/')
        .map((segment) => inSegment(segment, search, found))
        .join('/'),
  );

/** @param done the text that was looked up already: a long text without a break would be decoded at each step */
const inSegment = (segment: string, search: Search, done: string): string =>
  unless(done, segment, search) ??
  segment.replaceAll(word, (found) => unless(segment, found, search) ?? withoutHyphens(found, search));

/** Replaces a secret between hyphens, such as those of an XML comment, or the parts of a word. */
function withoutHyphens(found: string, search: Search): string {
  let [start, end] = [0, found.length];
  while (found[start] === '-') start += 1;
  while (end > start && found[end - 1] === '-') end -= 1;
  const name = unless(found, found.slice(start, end), search);
  return name === undefined ? inParts(found, search) : found.slice(0, start) + name + found.slice(end);
}

/**
 * Replaces the secrets that are parts of a word, as in `id-SECRET-1`, and those in parts that are base64, as in a JSON
 * Web Token.
 */
function inParts(found: string, search: Search): string {
  // parts at even places, separators at odd ones
  const pieces = found.split(separators);
  if (pieces.length === 1) return found;
  let shown = '';
  for (let from = 0; from < pieces.length;) {
    const part = secretFrom(pieces, from, search) ?? base64From(pieces, from, search);
    const to = part?.to ?? from;
    shown += (part?.name ?? String(pieces[from])) + (pieces[to + 1] ?? '');
    from = to + 2;
  }
  return shown;
}

/** What stands for some parts of a word, and the place of the last of them. */
interface Replaced {
  readonly name: string;
  readonly to: number;
}

/** The longest secret that begins with a part. */
function secretFrom(pieces: readonly string[], from: number, search: Search): Replaced | undefined {
  for (let to = Math.min(from + 2 * (mostParts - 1), pieces.length - 1); to >= from; to -= 2) {
    const run = pieces.slice(from, to + 1).join('');
    if (run.length < shortestPart || search.charactersLeft < run.length) return undefined;
    search.charactersLeft -= run.length;
    const name = search.lookUp(run);
    if (name !== undefined) return { name, to };
  }
  return undefined;
}

/** The text in base64 that begins with a part: up to the next dot, since `-` and `_` are digits, or the part alone. */
function base64From(pieces: readonly string[], from: number, search: Search): Replaced | undefined {
  if (String(pieces[from]).length < shortestSearched) return undefined;
  const isStart = from === 0 || isDot(pieces[from - 1]);
  let end = from;
  while (isStart && end + 1 < pieces.length && !isDot(pieces[end + 1])) end += 2;
  for (const to of end === from ? [from] : [end, from]) {
    const name = inBase64(pieces.slice(from, to + 1).join(''), search);
    if (name !== undefined) return { name, to };
  }
  return undefined;
}

const isDot = (separator: string | undefined): boolean => separator === '.' || separator === '~';

/** As `wholly`, unless the text is the one that is done. */
const unless = (done: string, text: string, search: Search): string | undefined =>
  text === done ? undefined : wholly(text, search);

const wholly = (text: string, search: Search): string | undefined =>
  text.length < shortestSearched ? undefined : (search.lookUp(text) ?? inBase64(text, search));

/** Decodes percent-encoding and JSON escapes, repeatedly. What is not well-formed stays as it is. */
export function decodeEscapes(text: string): string {
  let decoded = text;
  for (let i = 0; i < mostDecodings && /[%\\]/.test(decoded); i += 1) {
    decoded = decoded.replaceAll(escaped, (each) =>
      each.startsWith('\\') ? String.fromCharCode(Number.parseInt(each.slice(2), 16)) : decodePercents(each),
    );
  }
  return decoded;
}

/** Decodes percent-encoded bytes: all of them if they are UTF-8, otherwise those of ASCII. */
function decodePercents(text: string): string {
  const decoded = Buffer.from(text.replaceAll('%', ''), 'hex').toString();
  if (!decoded.includes('\ufffd')) return decoded;
  return text.replaceAll(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A secret in base64: alone, as the password of Basic credentials, or as a word of a text. */
function inBase64(text: string, search: Search): string | undefined {
  if (!base64.test(text)) return undefined;
  const decoded = Buffer.from(text, 'base64').toString();
  const name = search.lookUp(decoded) ?? search.lookUp(decoded.slice(decoded.indexOf(':') + 1));
  if (name !== undefined || search.depth === mostNested || noText.test(decoded)) return name;
  search.depth += 1;
  const shown = inPlainText(search.replaceInside(decoded), search);
  search.depth -= 1;
  return shown === decoded ? undefined : shown;
}
