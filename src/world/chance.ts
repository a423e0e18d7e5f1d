import { createCipheriv, createHash } from 'node:crypto';
import { random as cryptographic } from 'nanoid';
import type { RandomBytes } from '../core/realm.js';

/**
 * The source of a world's chance. With a seed, each label has a stream of its own that gives the same bytes in every
 * run, whatever the other labels drew; without one, the bytes are cryptographically random.
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

/** A stream that knows how far it was read, so that a snapshot can go on from there. */
export interface RandomStream {
  drawn: number;
  readonly bytes: RandomBytes;
}

// AES in counter mode is a stream of bytes that a key decides: no generator of our own is needed
function seeded(seed: string): RandomBytes {
  const key = createHash('sha256').update(seed).digest();
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  return (count) => cipher.update(Buffer.alloc(count));
}

/** A number in [0, 1), for draws by probability. */
export function fraction(random: RandomBytes): number {
  const [a = 0, b = 0, c = 0, d = 0] = random(4);
  return (((a * 256 + b) * 256 + c) * 256 + d) / 2 ** 32;
}
