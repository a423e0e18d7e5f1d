import { createCipheriv, createHash } from 'node:crypto';
import { random as cryptographic } from 'nanoid';
import type { RandomBytes } from '../core/realm.js';

/**
 * Opens a random stream. With a seed, the bytes depend only on the seed and the label. Without a seed, they are
 * cryptographically random.
 *
 * @param skip bytes to skip, for a stream that continues
 */
export function randomStream(seed: string | undefined, label: string, skip = 0): RandomStream {
  const stream: RandomStream = {
    drawn: skip,
    bytes(count) {
      stream.drawn += count;
      return source(count);
    },
  };
  const source = seed === undefined ? cryptographic : seeded(`${seed}\n${label}`);
  if (seed !== undefined && skip > 0) source(skip);
  return stream;
}

/** A stream that counts the bytes read, so that a snapshot can continue it. */
export interface RandomStream {
  drawn: number;
  readonly bytes: RandomBytes;
}

/** AES in counter mode is a deterministic byte stream for a key. */
function seeded(seed: string): RandomBytes {
  const key = createHash('sha256').update(seed).digest();
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  return (count) => cipher.update(Buffer.alloc(count));
}

/** A random number in [0, 1), from 4 bytes. */
export function fraction(random: RandomBytes): number {
  const [a = 0, b = 0, c = 0, d = 0] = random(4);
  return (((a * 256 + b) * 256 + c) * 256 + d) / 2 ** 32;
}
