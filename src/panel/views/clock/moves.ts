import { signal } from '@preact/signals';
import { ApiError } from '../../api/api-error.js';
import { call } from '../../api/call.js';
import { clockReading, readRealTime, virtualAt } from '../../clock-state.js';
import { world } from '../../navigation.js';
import { instantOf } from './clock-text.js';
import type { Advanced, ClockDocument, ClockState } from '../../../client/index.js';
import type { Move } from './clock-text.js';

/** Number of moves that the tab remembers. */
const keptMoves = 10;

/** The latest moves of clocks by this tab, newest first. */
export const moves = signal<readonly Move[]>([]);

let lastId = 0;

const nowAt = (realMs: number): number =>
  clockReading.value === undefined ? realMs : virtualAt(clockReading.value, realMs);

/** Shows a clock at once, before it is read again. */
function show(state: ClockState): ClockState {
  clockReading.value = { state, readAtMs: readRealTime() };
  return state;
}

function remember(from: number, { now, expired = [], total = 0 }: ClockState & Partial<Advanced>): void {
  lastId += 1;
  const move = { id: lastId, world: world.value, from, to: Date.parse(now), expired, total };
  moves.value = [move, ...moves.value].slice(0, keptMoves);
}

/** Moves the clock forward: by a duration, to a point in time, or to the next expiry. */
export async function advance(wanted: { readonly by: string } | { readonly to: string }): Promise<Advanced> {
  const from = nowAt(readRealTime());
  const advanced = await call<Advanced>('POST', '/clock/advance', wanted);
  show(advanced);
  remember(from, advanced);
  return advanced;
}

/** Changes how the clock goes. */
export const change = async (wanted: ClockDocument): Promise<ClockState> =>
  show(await call<ClockState>('PATCH', '/clock', wanted));

/**
 * Sets the clock to a point in time, forward or back. What is passed on the way forward expires, and is told. Throws
 * ApiError for text that is no time.
 */
export async function setTo(text: string): Promise<void> {
  const from = nowAt(readRealTime());
  const instant = instantOf(text);
  if (instant === undefined) {
    const message = `expected a time on an existing day, such as 2026-11-21 12:00:00, got "${text}"`;
    throw new ApiError(400, { errors: [{ path: 'to', message }] });
  }
  if (Date.parse(instant) >= from) await advance({ to: instant });
  else remember(from, await change({ now: instant }));
}

/** Puts the clock back to real time, and everything about it to its default. */
export async function backToRealTime(): Promise<void> {
  const from = nowAt(readRealTime());
  const passed =
    from < readRealTime()
      ? await call<Advanced>('POST', '/clock/advance', { to: new Date(readRealTime()).toISOString() })
      : {};
  remember(from, { ...passed, ...show(await call<ClockState>('PUT', '/clock', {})) });
}
