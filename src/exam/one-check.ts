import { once } from 'node:events';
import { timeLimit } from '../input/time-limit.js';
import { steadyNow } from '../world/clock.js';
import { NotSeen } from './judgement.js';
import { reportedRequests } from './reported-requests.js';
import type { Check, Need } from './check.js';
import type { ClientUnderExam } from './client-under-exam.js';
import type { Judgement } from './judgement.js';
import type { OrdinaryRun } from './ordinary-run.js';
import type { CheckResult } from './result.js';
import type { Verdict } from './verdict.js';
import type { SeenRequest } from './seen-request.js';
import type { Stage } from './stage.js';

/** What a check is made with. */
export interface CheckContext {
  /** Resets the world. Each check has a stage of its own. */
  readonly newStage: () => Promise<Stage>;
  /** The run that passive checks share, and its requests. Each repetition has one of its own. */
  readonly ordinary: (
    repetition: number,
  ) => Promise<{ readonly run: OrdinaryRun; readonly requests: readonly SeenRequest[] }>;
  readonly seed: string;
  /** Maximum real time of a check, in milliseconds. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** A verdict, before the facts of the check are added. */
interface Outcome {
  readonly verdict: Verdict;
  readonly explanation: string;
  readonly evidence: readonly SeenRequest[];
  readonly requests: readonly SeenRequest[];
}

/** Why the client has not what a check needs. */
const missing: Readonly<Record<Need, (client: ClientUnderExam) => string | undefined>> = {
  pages: ({ hasPages }) => (hasPages ? undefined : 'the client has no pages: it is called directly'),
  disconnect: ({ disconnect }) => (disconnect === undefined ? 'the exam was given no way to disconnect' : undefined),
  restart: ({ restart }) =>
    restart === undefined ? 'the exam did not start the client, so it cannot restart it' : undefined,
  'own-credentials': ({ useCredentials }) =>
    useCredentials === undefined
      ? 'the client has an id and a secret of its own, which the exam cannot change'
      : undefined,
};

/** Maximum real time that a check has to stop after it was ended, in milliseconds. */
const settleMs = 2000;

/** Makes one check. It throws only if the exam is interrupted. */
export async function makeCheck(
  check: Check,
  stage: Stage,
  context: CheckContext,
  repetition: number,
): Promise<CheckResult> {
  const { id, group, title, clause, severity, advice } = check;
  const beginning = steadyNow();
  const { verdict, explanation, evidence, requests } = await outcomeOf(check, stage, context, repetition);
  return {
    id,
    group,
    title,
    clause,
    severity,
    verdict,
    advice,
    evidence: evidence.map((request) => request.id),
    ...reportedRequests(requests, evidence, explanation, context.seed),
    durationMs: Math.round(steadyNow() - beginning),
  };
}

async function outcomeOf(check: Check, known: Stage, context: CheckContext, repetition: number): Promise<Outcome> {
  const without = (verdict: Verdict, explanation: string): Outcome => ({
    verdict,
    explanation,
    evidence: [],
    requests: [],
  });
  const moot = check.notFor?.(known.provider);
  if (moot !== undefined) return without('not-applicable', moot);
  const lacks = (check.needs ?? []).map((need) => missing[need](known.client)).find((why) => why !== undefined);
  if (lacks !== undefined) return without('not-seen', lacks);
  try {
    return await ('judge' in check
      ? judged(check.judge, () => context.ordinary(repetition))
      : staged(check.examine, context));
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof NotSeen) return without('not-seen', error.message);
    return without(
      'not-seen',
      `the check could not be made: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function judged(
  judge: (run: OrdinaryRun) => Judgement,
  ordinary: () => ReturnType<CheckContext['ordinary']>,
): Promise<Outcome> {
  const { run, requests } = await ordinary();
  return { ...judge(run), requests };
}

async function staged(
  examine: (stage: Stage) => Promise<Judgement>,
  { newStage, limitMs, signal }: CheckContext,
): Promise<Outcome> {
  const stage = await newStage();
  const { crashes = () => 0 } = stage.client;
  const before = crashes();
  const work = examine(stage);
  try {
    const judgement = await within(limitMs, signal, work);
    const { all: requests } = await stage.requests();
    return { ...(crashes() === before ? judgement : afterCrash(judgement)), requests };
  } finally {
    stage.end();
    await settled(work);
    await stage.leave();
  }
}

/** An application that ended by itself has failed, whatever else the check saw. */
const afterCrash = ({ explanation, evidence }: Judgement): Judgement => ({
  verdict: 'failed',
  explanation: `The application ended by itself. ${explanation}`,
  evidence,
});

/** Waits until a check that was ended stops. What a client does meanwhile cannot be ended, so the wait has a limit. */
async function settled(work: Promise<unknown>): Promise<void> {
  using limit = timeLimit(settleMs);
  await Promise.race([work.catch(() => undefined), once(limit.signal, 'abort')]);
}

/** @throws NotSeen if the work takes longer */
async function within<T>(ms: number, signal: AbortSignal, work: Promise<T>): Promise<T> {
  using limit = timeLimit(ms, signal);
  const ended = new Promise<never>((_, reject) => {
    const end = (): void => {
      reject(signal.aborted ? (signal.reason as Error) : new NotSeen(`the check took longer than ${ms / 1000} s`));
    };
    // a signal that is aborted already has no event
    if (limit.signal.aborted) end();
    limit.signal.addEventListener('abort', end);
  });
  return await Promise.race([work, ended]);
}
