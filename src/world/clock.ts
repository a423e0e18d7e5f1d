import { endOfTime, startOfTime } from '../input/instant.js';
import type { Instant } from '../core/model.js';

/**
 * The virtual clock of a world. It decides when codes and tokens are issued and expire. Timeouts and delays use
 * real time instead. Changing the rate or freezing keeps the current virtual time.
 */
export class VirtualClock {
  /** Milliseconds by which expiry checks are ahead of issuing. A negative value extends the lifetime of tokens. */
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
    // real time can be set back: at a high rate, virtual time would leave the range of a Date
    const at = this.#virtualAt + Math.floor((this.#real() - this.#realAt) * this.#rate);
    return Math.min(Math.max(at, startOfTime), endOfTime);
  }

  /** Real time, in milliseconds since the epoch. */
  realNow(): number {
    return this.#real();
  }

  /** The time that expiry is checked against: now plus the skew. */
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

  /** Sets the virtual time, forwards or backwards. */
  set(instant: Instant): void {
    this.#virtualAt = instant;
    this.#realAt = this.#real();
  }

  /** Moves the virtual time forwards, in milliseconds. */
  advance(ms: number): void {
    this.set(this.now() + ms);
  }
}

/** Real time in milliseconds since the epoch, for what a person reads. */
export const realNow: () => number = Date.now;

/** A monotonic clock in milliseconds with fractions, for durations and for the last use of a world. */
export const steadyNow = (): number => performance.now();
