import { defineCheck } from '../../check.js';
import { tokenFault } from '../../endpoint-faults.js';
import { NotSeen, failed, passed, warned } from '../../judgement.js';
import { successesOf } from './odd-answer.js';
import type { Check, CheckFacts } from '../../check.js';
import type { Judgement } from '../../judgement.js';
import type { Stage } from '../../stage.js';

/** Refreshes that a flow and two calls may cause. More is a loop. */
const mostRefreshes = 6;

/** A check of a lifetime that makes no sense. */
export interface StrangeLifetime<Id extends string> extends Pick<CheckFacts<Id>, 'id' | 'title' | 'advice'> {
  /** The value of expires_in, in seconds. */
  readonly seconds: number;
}

/** Defines a check that is passed by a client that works with a strange lifetime, and does not refresh without end. */
export function strangeLifetime<const Id extends string>({ seconds, ...facts }: StrangeLifetime<Id>): Check<Id> {
  return defineCheck({
    ...facts,
    group: 'token-answer',
    clause: 'RFC 6749 §5.1, Appendix A.14',
    severity: 'warning',
    stages: `Every answer of the token endpoint has expires_in: ${seconds}. The tokens expire as usual.`,
    looksAt: 'Whether calls succeed, and how often the client refreshes.',
    examine: (stage) => judge(stage, seconds),
  });
}

async function judge(stage: Stage, seconds: number): Promise<Judgement> {
  const what = `expires_in: ${seconds}`;
  await stage.fault(tokenFault({ kind: 'patch', set: { expires_in: seconds } }));
  const browser = await stage.newBrowser();
  const { visit } = await stage.connect(browser);
  const outcomes = [await stage.call(browser), await stage.call(browser)].map(({ outcome }) => outcome);
  await stage.rest();
  const { exchanges, refreshes, calls } = await stage.requests();
  if (exchanges.length === 0) throw new NotSeen('the client exchanged no code');
  if (visit?.failure !== undefined) {
    return failed(`After ${what}, the person got no page: ${visit.failure}.`, exchanges);
  }
  if (refreshes.length > mostRefreshes) {
    return failed(`With ${what}, a flow and two calls caused ${refreshes.length} refreshes.`, refreshes);
  }
  return successesOf(calls).length > 0
    ? passed(`With ${what}, the client works, with ${refreshes.length} refreshes in two calls.`, [
        ...exchanges,
        ...calls,
      ])
    : warned(`With ${what}, the client does not use the token: ${outcomes.join(', ')}.`, [...exchanges, ...calls]);
}
