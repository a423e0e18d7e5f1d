import type { RandomBytes } from '../core/realm.js';

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Random characters of `0-9A-Za-z`, uniformly distributed. */
export function alphanumeric(random: RandomBytes, length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of random(length - text.length)) {
      // 248 is the largest multiple of 62 in a byte. Larger values would make the first letters more likely.
      if (byte < 248) text += letters[byte % 62] as string;
    }
  }
  return text;
}

const letterCodes = Buffer.from(letters);

/** Random bytes, each written as two base-62 digits. */
export function base62Pairs(random: RandomBytes, bytes: number): string {
  // A buffer, not concatenation: V8 stores a concatenated string as a tree and has to flatten it at the first lookup.
  const text = Buffer.allocUnsafe(bytes * 2);
  const values = random(bytes);
  // an index, not an iterator, which makes two objects for each byte
  for (let i = 0; i < bytes; i += 1) {
    const byte = values[i] as number;
    text[i * 2] = letterCodes[Math.floor(byte / 62)] as number;
    text[i * 2 + 1] = letterCodes[byte % 62] as number;
  }
  return text.toString('latin1');
}

/** Random bytes as unpadded base64url (RFC 4648 §5): 32 bytes give 43 characters. */
export function base64url(random: RandomBytes, bytes: number): string {
  const values = random(bytes);
  return (Buffer.isBuffer(values) ? values : Buffer.from(values)).toString('base64url');
}

const hexCodes = Buffer.from('0123456789abcdef');
/** Where the two digits of each byte stand in a UUID with hyphens. */
const hyphenated = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const plain = hyphenated.map((_, i) => i * 2);
/** The text under construction. It is written and read in one step. */
const uuidText = Buffer.alloc(36, '-');
const uuidHexText = Buffer.alloc(32);

/** A version 4 UUID with hyphens (RFC 9562 §5.4). */
export const uuid = (random: RandomBytes): string => writeUuid(random(16), uuidText, hyphenated);

/** A version 4 UUID without hyphens: 32 lower-case hexadecimal digits. */
export const uuidHex = (random: RandomBytes): string => writeUuid(random(16), uuidHexText, plain);

/** Every answer of some providers has a UUID, so it is written without objects for its parts. */
function writeUuid(bytes: Uint8Array, text: Buffer, places: readonly number[]): string {
  for (let i = 0; i < 16; i += 1) {
    const place = places[i] as number;
    const byte = withVersion(bytes[i] as number, i);
    text[place] = hexCodes[byte >> 4] as number;
    text[place + 1] = hexCodes[byte & 0x0f] as number;
  }
  return text.toString('latin1');
}

/** A byte of a version 4 UUID: two of them have bits that tell version and variant (RFC 9562 §4.1, §4.2). */
function withVersion(byte: number, at: number): number {
  if (at === 6) return (byte & 0x0f) | 0x40;
  return at === 8 ? (byte & 0x3f) | 0x80 : byte;
}

/** An ETag under construction. It is written and read in one step. */
const etagText = Buffer.from(`W/"${'0'.repeat(32)}"`);
const etagStart = 3;

/**
 * A weak ETag as Rails writes it: 32 hexadecimal digits computed from a text. An ETag is only compared for equality
 * (RFC 9110 §8.8.3), so four sums by FNV-1a are enough, each of every fourth character. They are cheap, because the
 * processor computes them side by side.
 */
export function weakEtag(text: string): string {
  if (text !== latest.text) latest = { text, etag: computeEtag(text) };
  return latest.etag;
}

/** The last text and its ETag: a call that is repeated has the same text. */
let latest: { readonly text: string | undefined; readonly etag: string } = { text: undefined, etag: '' };

function computeEtag(text: string): string {
  let [a, b, c, d] = [0x811c9dc5, 0x811c9dc6, 0x811c9dc7, 0x811c9dc8];
  const end = text.length - (text.length % 4);
  for (let i = 0; i < end; i += 4) {
    a = Math.imul(a ^ text.charCodeAt(i), fnvPrime);
    b = Math.imul(b ^ text.charCodeAt(i + 1), fnvPrime);
    c = Math.imul(c ^ text.charCodeAt(i + 2), fnvPrime);
    d = Math.imul(d ^ text.charCodeAt(i + 3), fnvPrime);
  }
  for (let i = end; i < text.length; i += 1) a = Math.imul(a ^ text.charCodeAt(i), fnvPrime);
  writeHex(a, etagStart);
  writeHex(b, etagStart + 8);
  writeHex(c, etagStart + 16);
  writeHex(d, etagStart + 24);
  return etagText.toString('latin1');
}

const fnvPrime = 0x01000193;

/** Writes eight hexadecimal digits into the ETag. */
function writeHex(sum: number, place: number): void {
  for (let i = 0; i < 8; i += 1) etagText[place + i] = hexCodes[(sum >>> (28 - i * 4)) & 0x0f] as number;
}

/** A quoted-string of a header (RFC 9110 §5.6.4). Characters that it cannot contain are omitted. */
export function quoted(value: string): string {
  return `"${value.replaceAll(/[^\x20-\x7e]/g, '').replaceAll(/["\\]/g, '\\$&')}"`;
}
