import { signal } from '@preact/signals';
import { endOfTime } from './clock-end.js';
import type { ClockState } from '../client/index.js';

/** The clock as the server last told it, with the real time of its answer. */
export interface ClockReading {
  readonly state: ClockState;
  readonly readAtMs: number;
}

/** The latest reading of the clock of the world. */
export const clockReading = signal<ClockReading | undefined>(undefined);

/** The real time of this browser, in milliseconds since the epoch. The panel reads it here alone. */
export const readRealTime = (): number => Date.now();

/** Real time in milliseconds since the epoch, set each second: what shows virtual time is then drawn again. */
export const realNow = signal(readRealTime());
setInterval(() => {
  if (document.visibilityState === 'visible') realNow.value = readRealTime();
}, 1000);

/** The virtual time that a reading gives at a moment of real time, in milliseconds since the epoch. */
export function virtualAt({ state, readAtMs }: ClockReading, realMs: number): number {
  const now = Date.parse(state.now);
  return state.frozen ? now : Math.min(now + (realMs - readAtMs) * state.rate, endOfTime);
}

/** The virtual time now, in milliseconds since the epoch. Undefined before the first reading. */
export function virtualNow(): number | undefined {
  const reading = clockReading.value;
  return reading === undefined ? undefined : virtualAt(reading, Math.max(realNow.value, reading.readAtMs));
}

/** The virtual time that expiry is checked against: now plus the skew. Undefined before the first reading. */
export function checkedNow(): number | undefined {
  const now = virtualNow();
  const reading = clockReading.value;
  return now === undefined || reading === undefined ? undefined : now + reading.state.skewSeconds * 1000;
}
