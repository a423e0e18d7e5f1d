import { setImmediate as nextTurn } from 'node:timers/promises';
import { inSlices } from '../world/slices.js';
import { realNow } from '../world/clock.js';
import type { Instant } from '../core/model.js';
import type { World } from '../world/world.js';
import type { Judgement } from './report.js';

/** Maximum number of ended worlds whose findings are kept. The oldest are removed first. */
export const endedLimit = 1000;
/** Maximum size of all kept findings as JSON, in characters. */
const sizeLimit = 32 * 1024 * 1024;
/** Maximum memory of the journals of ended worlds that wait to be judged, in bytes. */
export const waitingBytes = 32 * 1024 * 1024;

interface EndedWorld {
  readonly world: World;
  /** Counts the ended worlds. */
  readonly number: number;
  /** Real time of the end. */
  readonly endedAt: string;
  /** Virtual time of the end. */
  readonly now: Instant;
  /** Memory of the journal at the end. */
  readonly bytes: number;
}

/**
 * The findings of worlds that ended: dropped, idle, reset or replaced. A world is judged when the findings are asked
 * for, or when the journals that wait take too much memory, in turns of the event loop between those of requests. In
 * most test runs nobody asks. Worlds without a request are left out.
 */
export class EndedWorlds {
  /** Number of ended worlds with requests whose findings are not kept: because of a limit or an internal error. */
  forgotten = 0;
  /** The judgements of the oldest ones, as JSON. */
  readonly #kept: string[] = [];
  #size = 0;
  /** The newest ones, which are not judged yet. Oldest first. */
  readonly #waiting: EndedWorld[] = [];
  #waitingBytes = 0;
  #ended = 0;
  #work: Promise<void> = Promise.resolve();
  #isShrinking = false;

  /** Adds a world that just ended. */
  add(world: World): void {
    const { journal } = world;
    if (journal.size === 0) return;
    this.#ended += 1;
    const endedAt = new Date(realNow()).toISOString();
    this.#waiting.push({ world, number: this.#ended, endedAt, now: world.clock.now(), bytes: journal.bytes });
    this.#waitingBytes += journal.bytes;
    this.#forgetOldest();
    if (this.#waitingBytes > waitingBytes && !this.#isShrinking) {
      this.#isShrinking = true;
      void this.#judgeWhile(() => this.#waitingBytes > waitingBytes).then(() => {
        this.#isShrinking = false;
      });
    }
  }

  /** The judgements of the worlds that have ended, oldest first. Judges those that wait. */
  async list(): Promise<Judgement[]> {
    const last = this.#ended;
    await this.#judgeWhile(({ number }) => number <= last);
    return this.#kept.map((text) => JSON.parse(text) as Judgement);
  }

  /** Judges the worlds that wait, oldest first, as long as the next one is due. */
  #judgeWhile(isDue: (next: EndedWorld) => boolean): Promise<void> {
    this.#work = this.#work.then(async () => {
      const { judgeWorld } = await import('./report.js');
      for (let [next] = this.#waiting; next !== undefined && isDue(next); [next] = this.#waiting) {
        const { world, endedAt, now } = this.#takeOldest();
        try {
          const judgement = await inSlices(judgeWorld(world, now));
          this.#keep(JSON.stringify({ ...judgement, endedAt }));
        } catch {
          this.forgotten += 1;
        }
        world.journal.clear();
        // requests are served between two worlds
        await nextTurn();
      }
    });
    return this.#work;
  }

  #takeOldest(): EndedWorld {
    const oldest = this.#waiting.shift() as EndedWorld;
    this.#waitingBytes -= oldest.bytes;
    return oldest;
  }

  #keep(text: string): void {
    this.#kept.push(text);
    this.#size += text.length;
    this.#forgetOldest();
  }

  #forgetOldest(): void {
    while (this.#kept.length + this.#waiting.length > endedLimit || this.#size > sizeLimit) {
      // those that are judged are older than those that wait
      const text = this.#kept.shift();
      if (text === undefined) this.#takeOldest().world.journal.clear();
      else this.#size -= text.length;
      this.forgotten += 1;
    }
  }
}
