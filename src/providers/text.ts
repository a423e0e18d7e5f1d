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

/** Random bytes, each written as two base-62 digits. */
export function base62Pairs(random: RandomBytes, bytes: number): string {
  // A buffer, not concatenation: V8 stores a concatenated string as a tree and has to flatten it at the first lookup.
  const text = Buffer.allocUnsafe(bytes * 2);
  for (const [i, byte] of random(bytes).entries()) {
    text[i * 2] = letters.charCodeAt(Math.floor(byte / 62));
    text[i * 2 + 1] = letters.charCodeAt(byte % 62);
  }
  return text.toString('latin1');
}

/** Random bytes as unpadded base64url (RFC 4648 §5): 32 bytes give 43 characters. */
export function base64url(random: RandomBytes, bytes: number): string {
  return Buffer.from(random(bytes)).toString('base64url');
}

/** A version 4 UUID with hyphens (RFC 9562 §5.4). */
export function uuid(random: RandomBytes): string {
  const hex = uuidHex(random);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A version 4 UUID without hyphens: 32 lower-case hexadecimal digits. */
export function uuidHex(random: RandomBytes): string {
  const bytes = Buffer.from(random(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes.toString('hex');
}

/**
 * 32 hexadecimal digits computed from a text, as in a Rails ETag. An ETag is only compared for equality (RFC 9110
 * §8.8.3), so FNV-1a is enough, and it is cheap: every answer needs one.
 */
export function checksum(text: string): string {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, '0').repeat(4);
}

/** A quoted-string of a header (RFC 9110 §5.6.4). Characters that it cannot contain are omitted. */
export function quoted(value: string): string {
  return `"${value.replaceAll(/[^\x20-\x7e]/g, '').replaceAll(/["\\]/g, '\\$&')}"`;
}
