import { signal } from '@preact/signals';
import { world } from '../../navigation.js';
import type { Run, RunStep } from './run.js';

const prefix = 'understudy.playground.';
const latestOf = (shown: string): string => `${prefix}latest.${shown}`;
/** The number of steps that a run keeps. */
const keptSteps = 40;

/** Grows with each change of a run. */
const runsVersion = signal(0);

function load(key: string): Run | undefined {
  const text = sessionStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as Run);
}

/** The run with this state. */
export const runWithState = (state: string): Run | undefined => load(prefix + state);

/** The latest run of this tab in the world that the page shows. */
export function currentRun(): Run | undefined {
  // reading the signal subscribes the caller to changes
  const state = runsVersion.value < 0 ? null : sessionStorage.getItem(latestOf(world.value));
  return state === null ? undefined : runWithState(state);
}

/** The latest run of this tab in any world. */
export function latestRun(): Run | undefined {
  const state = sessionStorage.getItem(`${prefix}latest`);
  return state === null ? undefined : runWithState(state);
}

/** Keeps a run for the tab. A new one takes the place of the one before in its world. */
export function keepRun(run: Run): void {
  const before = sessionStorage.getItem(latestOf(run.world));
  if (before !== null && before !== run.state) sessionStorage.removeItem(prefix + before);
  try {
    sessionStorage.setItem(prefix + run.state, JSON.stringify(run));
  } catch {
    // the tab has no room for all of it
    sessionStorage.setItem(prefix + run.state, JSON.stringify({ ...run, steps: run.steps.slice(-1) }));
  }
  sessionStorage.setItem(latestOf(run.world), run.state);
  sessionStorage.setItem(`${prefix}latest`, run.state);
  runsVersion.value += 1;
}

/** Changes a run, unless another one took its place. */
export function changeRun(state: string, change: (run: Run) => Partial<Run>): void {
  const run = runWithState(state);
  if (run !== undefined) keepRun({ ...run, ...change(run) });
}

/** Adds a step to a run, and what else it changes. */
export function addStep(state: string, step: Omit<RunStep, 'id'>, change: Partial<Run> = {}): void {
  changeRun(state, ({ steps }) => ({
    steps: [...steps, { ...step, id: (steps.at(-1)?.id ?? 0) + 1 }].slice(-keptSteps),
    ...change,
  }));
}
