import { setImmediate as nextTurn } from 'node:timers/promises';
import { inSlices } from '../world/slices.js';
import { realNow } from '../world/clock.js';
import { weightOf } from './ended-weight.js';
import type { Instant } from '../core/model.js';
import type { World } from '../world/world.js';
import type { Judgement } from './report.js';

/** Maximum number of ended worlds whose findings are kept. The oldest are removed first. */
export const endedLimit = 1000;
/** Maximum size of all kept findings as JSON, in characters. */
const sizeLimit = 32 * 1024 * 1024;
/** Maximum memory of the ended worlds that wait to be judged, in bytes, as `weightOf` estimates it. */
export const waitingBytes = 64 * 1024 * 1024;

interface EndedWorld {
  readonly world: World;
  /** Real time of the end, in milliseconds since the epoch. */
  readonly endedAt: number;
  /** Virtual time of the end. */
  readonly now: Instant;
  /** Estimated memory of the world at its end. */
  readonly bytes: number;
}

/**
 * The findings of worlds that ended: dropped, idle, reset or replaced. A world is judged when the findings are asked
 * for (in most test runs nobody asks), or when the worlds that wait take too much memory: in turns of the event loop
 * between those of requests. Worlds without a request are left out.
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
  #work: Promise<void> = Promise.resolve();
  #isShrinking = false;

  /** Adds a world that just ended. */
  add(world: World): void {
    const { journal } = world;
    if (journal.size === 0) return;
    const endedAt = realNow();
    const bytes = weightOf(world);
    this.#waiting.push({ world, endedAt, now: world.clock.now(), bytes });
    this.#waitingBytes += bytes;
    this.#forgetOldest();
    if (this.#waitingBytes > waitingBytes && !this.#isShrinking) void this.#shrink();
  }

  async #shrink(): Promise<void> {
    this.#isShrinking = true;
    await this.#judgeWhile(() => this.#waitingBytes > waitingBytes);
    this.#isShrinking = false;
  }

  /** The judgements of the ended worlds, oldest first. Judges those that wait, also those that end meanwhile. */
  async list(): Promise<Judgement[]> {
    await this.#judgeWhile(() => true);
    return this.#kept.map((text) => JSON.parse(text) as Judgement);
  }

  /** Judges the worlds that wait, oldest first, as long as the next one is due. */
  #judgeWhile(isDue: () => boolean): Promise<void> {
    this.#work = this.#work.then(async () => {
      while (this.#waiting.length > 0 && isDue()) {
        const { world, endedAt, now } = this.#takeOldest();
        try {
          const { judgeWorld } = await import('./report.js');
          const judgement = await inSlices(judgeWorld(world, now));
          this.#keep(JSON.stringify({ ...judgement, endedAt: new Date(endedAt).toISOString() }));
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
