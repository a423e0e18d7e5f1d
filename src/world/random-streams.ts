import { randomStream } from './chance.js';
import type { RandomBytes } from '../core/realm.js';
import type { RandomStream } from './chance.js';

/** The random streams of a world, one for each purpose. */
export class RandomStreams {
  readonly #seed: string | undefined;
  readonly #skipped: Readonly<Record<string, number>>;
  readonly #streams = new Map<string, RandomStream>();

  /** @param skipped bytes already read from each stream, by label. A world from a snapshot continues after them */
  constructor(seed: string | undefined, skipped: Readonly<Record<string, number>>) {
    this.#seed = seed;
    this.#skipped = skipped;
  }

  /** The stream of a label. It is opened on first use and continues on later calls. */
  get(label: string): RandomBytes {
    const open = this.#streams.get(label);
    if (open !== undefined) return open.bytes;
    const stream = randomStream(this.#seed, label, this.#skipped[label]);
    this.#streams.set(label, stream);
    return stream.bytes;
  }

  /** Bytes read from each stream, by label. */
  drawn(): Record<string, number> {
    return { ...this.#skipped, ...Object.fromEntries([...this.#streams].map(([label, { drawn }]) => [label, drawn])) };
  }
}
