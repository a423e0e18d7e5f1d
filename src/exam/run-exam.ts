import { demoPerson } from '../demo.js';
import { countsOf } from '../admin/exam-counts.js';
import { millisecondsOf } from '../input/duration.js';
import { version } from '../package.js';
import { realNow, steadyNow } from '../world/clock.js';
import { defaultTimeout } from './default-timeout.js';
import { earlyNotes } from './early-notes.js';
import { ExaminedProvider } from './examined-provider.js';
import { tryFirstFlow } from './first-flow.js';
import { gradeOf } from './grade.js';
import { makeCheck } from './one-check.js';
import { onStage } from './on-stage.js';
import { liveOrdinarily } from './ordinary-run.js';
import { worstOf } from './verdict.js';
import { Stage } from './stage.js';
import type { ExamStep } from '../admin/examiner.js';
import type { Scenario, World } from '../client/index.js';
import type { Person } from '../client/browser.js';
import type { Check } from './check.js';
import type { ClientUnderExam } from './client-under-exam.js';
import type { CheckContext } from './one-check.js';
import type { CheckResult, ExamResult } from './result.js';

/** What an exam is made with. */
export interface ExamSetup {
  /** The world that the client is configured for. It is reset before each check. */
  readonly world: World;
  readonly provider: string;
  /** Further base URLs of the world: the application may know the server by any of them. */
  readonly knownAs?: readonly string[] | undefined;
  readonly client: ClientUnderExam;
  /** The id under which the client is registered, for a message. Default: not known. */
  readonly clientId?: string | undefined;
  readonly checks: readonly Check[];
  /** The scenario on which the worlds of the checks build. Default: the one of the world. */
  readonly scenario?: string | Scenario | undefined;
  /** Providers that the inline scenario of the world defines. */
  readonly definitions?: Scenario['definitions'] | undefined;
  readonly seed?: string | undefined;
  /** How often each check is made. Default: 1. */
  readonly repeat?: number | undefined;
  /** Maximum time of one request of the browser, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number | undefined;
  /** Ends the exam with what is known. */
  readonly signal?: AbortSignal | undefined;
  /** Why failures are expected, by id of the check. */
  readonly expected?: ReadonlyMap<string, string> | undefined;
  readonly onProgress?: ((step: ExamStep) => void) | undefined;
  /** Gets what a reader should know before the first check. */
  readonly onNote?: ((note: string) => void) | undefined;
}

/** Users that fill up the first two places, if the world has fewer than two. */
const defaultUsers = [
  { id: demoPerson.username, ...demoPerson, name: 'Ada Lovelace' },
  { id: 'grace@example.test', username: 'grace@example.test', password: demoPerson.password, name: 'Grace Hopper' },
];

/** The browser of the exam answers the pages. */
const manualInteraction = { interaction: { mode: 'manual' } } as const;

/** How many timeouts a check may take. */
const timeoutsPerCheck = 6;

/**
 * Examines a client in a world.
 *
 * @throws CannotExamine if the first flow does not work
 */
export async function runExam(setup: ExamSetup): Promise<ExamResult> {
  const startedAt = realNow();
  const beginning = steadyNow();
  const { checks, onProgress, expected, seed = 'exam', repeat = 1 } = setup;
  const signal = setup.signal ?? new AbortController().signal;
  const newStage = await stagesOf(setup, seed, signal);
  const first = await newStage();
  const flowBegan = steadyNow();
  const { callsProveNothing, lateMs, sendsEmptyTokens } = await tryFirstFlow(first, setup.clientId).finally(() => {
    // a first flow that was interrupted says nothing about the client
    signal.throwIfAborted();
  });
  const flowMs = steadyNow() - flowBegan;
  await first.leave();
  const notes = earlyNotes({ callsProveNothing, flowMs, checks: checks.length * repeat });
  for (const note of notes) setup.onNote?.(note);
  const context: CheckContext = {
    newStage: async () => {
      const stage = await newStage();
      stage.callsProveNothing = callsProveNothing;
      stage.lateMs = lateMs;
      stage.sendsEmptyTokens = sendsEmptyTokens;
      return stage;
    },
    ordinary: memoized(() => onStage(liveOrdinarily, context)),
    seed,
    signal,
    limitMs: (setup.timeoutMs ?? millisecondsOf(defaultTimeout)) * timeoutsPerCheck,
  };
  const done: CheckResult[] = [];
  for (const check of checks) {
    if (signal.aborted) break;
    onProgress?.({ done: done.length, total: checks.length, next: check, ended: done.at(-1) });
    const make = (repetition: number): Promise<CheckResult> => makeCheck(check, first, context, repetition);
    const result = await repeated(repeat, make).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    if (result !== undefined) done.push({ ...result, expected: expected?.get(check.id) });
  }
  onProgress?.({ done: done.length, total: checks.length, next: undefined, ended: done.at(-1) });
  const interrupted = done.length < checks.length;
  // a part of an exam is not graded, nor is one whose calls prove nothing
  const isGraded = !interrupted && callsProveNothing === undefined;
  return {
    provider: setup.provider,
    ...(isGraded ? gradeOf(done) : { score: null, grade: null }),
    counts: countsOf(done),
    checks: done,
    notes: callsProveNothing === undefined ? [] : [callsProveNothing],
    interrupted,
    callsProveNothing: callsProveNothing !== undefined,
    seed,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: Math.round(steadyNow() - beginning),
    version,
  };
}

/** Prepares the scenario of the checks. The returned function resets the world to it. */
async function stagesOf(setup: ExamSetup, seed: string, signal: AbortSignal): Promise<() => Promise<Stage>> {
  const { world, provider: name, knownAs = [], client, timeoutMs = millisecondsOf(defaultTimeout) } = setup;
  const info = await world.info();
  const inline = setup.definitions === undefined ? 'default' : { definitions: setup.definitions };
  const { scenario = info.scenario ?? inline } = setup;
  const [clients, found, providers] = await Promise.all([
    world.clients.list({ provider: name }),
    world.users.list({ provider: name }),
    world.providers.list(),
  ]);
  const users = [...found, ...defaultUsers.filter(({ id }) => found.every((user) => user.id !== id))].slice(0, 2);
  const own: Scenario = typeof scenario === 'string' ? { extends: scenario } : scenario;
  const realm = own.providers?.[name];
  const played: Scenario = {
    ...own,
    journal: { secrets: 'plain', limit: 2000 },
    providers: {
      ...own.providers,
      [name]: { ...realm, policy: { ...realm?.policy, ...manualInteraction }, clients, users },
    },
  };
  const people = users as unknown as readonly [Person, Person];
  let stages = 0;
  return async () => {
    stages += 1;
    // each with values of its own: a client may remember the codes that it has seen
    await world.play({ ...played, seed: `${seed}-${stages}` });
    // a check that ended the application must not spoil the next one
    await client.revive?.();
    const provider = new ExaminedProvider(await world.providers.describe(name), {
      reachedAt: `${world.baseUrl}/${name}`,
      knownAs: knownAs.map((base) => `${base}/${name}`),
      providers,
    });
    return new Stage({ world, provider, client, people, timeoutMs, signal });
  };
}

/** Makes a check several times. Different verdicts are reported as unsteady, and none of them is chosen. */
async function repeated(times: number, make: (n: number) => Promise<CheckResult>): Promise<CheckResult> {
  const results = [await make(0)];
  while (results.length < times) results.push(await make(results.length));
  const last = results.at(-1) as CheckResult;
  const seen = [...new Set(results.map(({ verdict }) => verdict))];
  if (seen.length === 1) return last;
  const counts = seen.map((verdict) => `${verdict} ${results.filter((each) => each.verdict === verdict).length}×`);
  const explanation = `${times} repetitions had different verdicts: ${counts.join(', ')}. Last: ${last.explanation}`;
  return { ...last, verdict: 'unsteady', worst: worstOf(seen), explanation };
}

/** Makes something for each number once. */
function memoized<T>(make: () => Promise<T>): (n: number) => Promise<T> {
  const made: Promise<T>[] = [];
  return (n) => (made[n] ??= make());
}
