/** Shorter secrets are not searched for in text: they occur by chance in ordinary words. */
export const shortestSearched = 6;

/** Returns the replacement of a word that is a secret, or undefined. */
export type LookUp = (word: string) => string | undefined;

/** What can hold a secret without a break: word characters, those of base64, and escapes of URLs and of JSON. */
const unbroken = /[\w.~+/\\%-]{6,}={0,2}/g;
const base64OrWord = /[\w.~+/-]{6,}={0,2}/g;
/** What is between the parts of a word. */
const separators = /([-._~]+)/;
/** Shorter secrets are no part of a word: `password` is in many names, and `understudy` in that of each client. */
const shortestPart = 12;
/** Maximum number of parts of a word that are looked up as one secret. */
const mostParts = 12;
/** Maximum number of runs of parts that are looked up in one text. As whole words, all secrets are replaced. */
const mostRuns = 1000;
/** Maximum number of texts in base64 in one another. */
const mostNested = 2;
/** What bytes that are no text have in them. */
const isNoText = /[\0-\x08\x0e-\x1f\ufffd]/;
/** A dot at the end belongs to the sentence. */
const word = /[\w~-][\w.~-]{4,}[\w~-]/g;
const escaped = /(?:%[0-9a-f]{2})+|\\u[0-9a-f]{4}/gi;
/** A value may be encoded again by each program that passes it on. */
const mostDecodings = 3;

interface Search {
  readonly lookUp: LookUp;
  /** Number of runs of parts that can still be looked up. */
  runs: number;
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
  const search: Search = { lookUp, runs: mostRuns, depth: 0 };
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

/** @param looked the text that was looked up already: a long text without a break would be decoded at each step */
const inSegment = (segment: string, search: Search, looked: string): string =>
  unless(looked, segment, search) ??
  segment.replaceAll(word, (found) => unless(segment, found, search) ?? withoutHyphens(found, search));

/** A word between hyphens, such as those of an XML comment. */
function withoutHyphens(found: string, search: Search): string {
  let [start, end] = [0, found.length];
  while (found[start] === '-') start += 1;
  while (end > start && found[end - 1] === '-') end -= 1;
  const bare = found.slice(start, end);
  return found.slice(0, start) + (unless(found, bare, search) ?? inParts(bare, search)) + found.slice(end);
}

/**
 * Secrets that are parts of a word, as in `id-SECRET-1`. A secret can have such characters itself, so parts that follow
 * one another are looked up as one, most of them first.
 */
function inParts(found: string, search: Search): string {
  // parts, and what is between them, in turns
  const pieces = found.split(separators);
  if (pieces.length === 1) return found;
  let shown = '';
  for (let from = 0; from < pieces.length;) {
    const secret = secretFrom(pieces, from, search);
    const to = secret?.to ?? from;
    shown += (secret?.name ?? String(pieces[from])) + (pieces[to + 1] ?? '');
    from = to + 2;
  }
  return shown;
}

/** The longest secret that begins with a part: its replacement, and its last part. */
function secretFrom(pieces: readonly string[], from: number, search: Search): { name: string; to: number } | undefined {
  for (let to = Math.min(from + 2 * (mostParts - 1), pieces.length - 1); to >= from; to -= 2) {
    const run = pieces.slice(from, to + 1).join('');
    if (run.length < shortestPart || search.runs === 0) return undefined;
    search.runs -= 1;
    const name = to === from ? wholly(run, search) : search.lookUp(run);
    if (name !== undefined) return { name, to };
  }
  return undefined;
}

/** As `wholly`, unless the text is the one that was looked up already. */
const unless = (looked: string, text: string, search: Search): string | undefined =>
  text === looked ? undefined : wholly(text, search);

const wholly = (text: string, search: Search): string | undefined =>
  text.length < shortestSearched ? undefined : (search.lookUp(text) ?? inBase64(text, search));

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

/** A secret in base64: alone, as the password of Basic credentials, or as a word of a text. */
function inBase64(text: string, search: Search): string | undefined {
  const decoded = Buffer.from(text, 'base64').toString();
  const name = search.lookUp(decoded) ?? search.lookUp(decoded.slice(decoded.indexOf(':') + 1));
  if (name !== undefined || search.depth === mostNested || isNoText.test(decoded)) return name;
  search.depth += 1;
  const shown = inPlainText(decoded, search);
  search.depth -= 1;
  return shown === decoded ? undefined : shown;
}
