import { timeLimit } from '../input/time-limit.js';
import { whenAborted } from '../input/when-aborted.js';
import { NotSeen } from './judgement.js';
import type { SeenRequest } from './seen-request.js';
import type { Stage } from './stage.js';

/** Maximum real time that work has to stop after it was ended, in milliseconds. */
const settleMs = 2000;

/** How work on a stage ended. */
export interface OnStage<T> {
  /** What the work returned. It throws what the work threw. */
  readonly result: () => T;
  /** The requests of the stage, also of work that threw. */
  readonly requests: readonly SeenRequest[];
  /** Whether the application ended by itself meanwhile. */
  readonly hasCrashed: boolean;
}

/** What limits work on a stage. */
export interface StageLimits {
  /** Resets the world. */
  readonly newStage: () => Promise<Stage>;
  /** Maximum real time, in milliseconds. */
  readonly limitMs: number;
  /** Ends the exam. */
  readonly signal: AbortSignal;
}

/**
 * Works on a new stage, and leaves it as the next work needs it. What the work throws is a result too; one that takes
 * too long is a NotSeen.
 *
 * @throws Error if the exam is interrupted, or if the world cannot be reset
 */
export async function onStage<T>(work: (stage: Stage) => Promise<T>, limits: StageLimits): Promise<OnStage<T>> {
  const { newStage, limitMs, signal } = limits;
  const stage = await newStage();
  const { crashes = () => 0 } = stage.client;
  const before = crashes();
  const working = work(stage);
  try {
    const result = await within(limitMs, signal, working).then(
      (value) => () => value,
      (error: unknown) => () => {
        throw error;
      },
    );
    signal.throwIfAborted();
    const { all: requests } = await stage.requests();
    return { result, requests, hasCrashed: crashes() !== before };
  } finally {
    stage.end();
    await settled(working);
    await stage.leave();
  }
}

/** Waits until work that was ended stops. What a client does meanwhile cannot be ended, so the wait has a limit. */
async function settled(work: Promise<unknown>): Promise<void> {
  using limit = timeLimit(settleMs);
  await Promise.race([work.catch(() => undefined), whenAborted(limit.signal)]);
}

/** @throws NotSeen if the work takes longer, or if it is ended */
async function within<T>(ms: number, signal: AbortSignal, work: Promise<T>): Promise<T> {
  using limit = timeLimit(ms, signal);
  const ended = whenAborted(limit.signal).then(() => {
    throw new NotSeen(`the check took longer than ${ms / 1000} s`);
  });
  return await Promise.race([work, ended]);
}
