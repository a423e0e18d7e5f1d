import { steadyNow } from '../world/clock.js';
import { NotSeen } from './judgement.js';
import { onStage } from './on-stage.js';
import { reportedRequests } from './reported-requests.js';
import type { Check, Need } from './check.js';
import type { ClientUnderExam } from './client-under-exam.js';
import type { Judgement } from './judgement.js';
import type { OnStage, StageLimits } from './on-stage.js';
import type { OrdinaryRun } from './ordinary-run.js';
import type { CheckResult } from './result.js';
import type { Verdict } from './verdict.js';
import type { SeenRequest } from './seen-request.js';
import type { Stage } from './stage.js';

/** What a check is made with. Each check has a stage of its own. */
export interface CheckContext extends StageLimits {
  /** The run that passive checks share. Each repetition has one of its own. */
  readonly ordinary: (repetition: number) => Promise<OnStage<OrdinaryRun>>;
  readonly seed: string;
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
  const moot = check.notFor?.(known.provider);
  if (moot !== undefined) return without('not-applicable', moot);
  const lacks = (check.needs ?? []).map((need) => missing[need](known.client)).find((why) => why !== undefined);
  if (lacks !== undefined) return without('not-seen', lacks);
  try {
    if (!('judge' in check)) return judged(await onStage(check.examine, context), (judgement) => judgement);
    return judged(await context.ordinary(repetition), check.judge);
  } catch (error) {
    context.signal.throwIfAborted();
    return without('not-seen', reasonOf(error));
  }
}

/** The outcome of work, however it ended. An application that ended by itself failed, whatever else was seen. */
function judged<T>(seen: OnStage<T>, judge: (result: T) => Judgement): Outcome {
  const { requests, hasCrashed } = seen;
  try {
    const judgement = judge(seen.result());
    if (!hasCrashed) return { ...judgement, requests };
    const explanation = `The application ended by itself. ${judgement.explanation}`;
    return { ...judgement, verdict: 'failed', explanation, requests };
  } catch (error) {
    const reason = reasonOf(error);
    return hasCrashed
      ? { ...without('failed', `The application ended by itself: ${reason}.`), requests }
      : { ...without('not-seen', reason), requests };
  }
}

const without = (verdict: Verdict, explanation: string): Outcome => ({
  verdict,
  explanation,
  evidence: [],
  requests: [],
});

function reasonOf(error: unknown): string {
  if (error instanceof NotSeen) return error.message;
  return `the check could not be made: ${error instanceof Error ? error.message : String(error)}`;
}
