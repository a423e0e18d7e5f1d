import type { Instant } from '../core/model.js';

/** The last moment that can be written with a year of four digits: there every clock stands still. */
export const endOfTime: Instant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * The virtual clock of a world: it says when things are issued and when they die. Waiting is done in real time, elsewhere.
 * Every member that sets something takes effect at once, and time goes on from where it stands.
 */
export class VirtualClock {
  /** How far ahead of the issuer the judge of expiry is, in milliseconds; negative lets things live longer. */
  skewMs = 0;
  readonly #real: () => number;
  #virtualAt: Instant;
  #realAt: number;
  #rate = 1;
  #frozen = false;

  constructor(real: () => number = Date.now) {
    this.#real = real;
    this.#realAt = real();
    this.#virtualAt = this.#realAt;
  }

  now(): Instant {
    if (this.#frozen) return this.#virtualAt;
    return Math.min(this.#virtualAt + Math.floor((this.#real() - this.#realAt) * this.#rate), endOfTime);
  }

  /** The real time that this clock began from, and runs beside. */
  realNow(): number {
    return this.#real();
  }

  checkedAt(): Instant {
    return this.now() + this.skewMs;
  }

  get frozen(): boolean {
    return this.#frozen;
  }

  set frozen(frozen: boolean) {
    this.set(this.now());
    this.#frozen = frozen;
  }

  /** Virtual seconds for each real second. */
  get rate(): number {
    return this.#rate;
  }

  set rate(rate: number) {
    this.set(this.now());
    this.#rate = rate;
  }

  /** Moves to a point in time, forwards or backwards. */
  set(instant: Instant): void {
    this.#virtualAt = instant;
    this.#realAt = this.#real();
  }

  /** Moves forwards by a span in milliseconds. */
  advance(ms: number): void {
    this.set(this.now() + ms);
  }
}

/** The real time, for what is measured rather than decided: how long an answer took, when a world was last used. */
export const realNow: () => number = Date.now;

/** A clock that only goes forwards, in milliseconds with fractions, for how long something took. */
export const steadyNow = (): number => performance.now();
