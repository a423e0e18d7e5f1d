import { setImmediate as nextTurn } from 'node:timers/promises';
import { inSlices } from '../world/slices.js';
import { realNow } from '../world/clock.js';
import type { World } from '../world/world.js';
import type { Judgement } from './report.js';

/** Maximum number of ended worlds whose findings are kept. The oldest are removed first. */
export const endedLimit = 1000;
/** Maximum size of all kept findings as JSON, in characters. */
const sizeLimit = 32 * 1024 * 1024;

/**
 * The findings of worlds that ended: dropped, idle, reset or replaced. A world is judged soon after its end, in
 * turns of the event loop between those of requests. Worlds without a request are left out.
 */
export class EndedWorlds {
  /** Number of ended worlds with requests whose findings are not kept: because of a limit or an internal error. */
  forgotten = 0;
  readonly #kept: string[] = [];
  #size = 0;
  #waiting: { readonly world: World; readonly endedAt: string }[] = [];
  #work: Promise<void> | undefined;

  /** Adds a world that just ended. */
  add(world: World): void {
    if (world.journal.size === 0) return;
    this.#waiting.push({ world, endedAt: new Date(realNow()).toISOString() });
    if (this.#waiting.length > endedLimit) {
      this.#waiting.shift()?.world.journal.clear();
      this.forgotten += 1;
    }
    this.#work ??= this.#judgeWaiting();
  }

  /** The judgements of the ended worlds, oldest first. Waits for those that are not judged yet. */
  async list(): Promise<Judgement[]> {
    await this.#work;
    return this.#kept.map((text) => JSON.parse(text) as Judgement);
  }

  async #judgeWaiting(): Promise<void> {
    const { judgeWorld } = await import('./report.js');
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      try {
        const judgement = await inSlices(judgeWorld(next.world));
        this.#keep(JSON.stringify({ ...judgement, endedAt: next.endedAt }));
      } catch {
        this.forgotten += 1;
      }
      next.world.journal.clear();
      // requests are served between two worlds
      await nextTurn();
    }
    this.#work = undefined;
  }

  #keep(text: string): void {
    this.#kept.push(text);
    this.#size += text.length;
    while (this.#kept.length > endedLimit || this.#size > sizeLimit) {
      this.#size -= String(this.#kept.shift()).length;
      this.forgotten += 1;
    }
  }
}
