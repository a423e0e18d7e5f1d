import { defineCheck } from '../../check.js';
import { failed, warned } from '../../judgement.js';
import { judgeUsable } from './odd-answer.js';
import type { Check, CheckFacts } from '../../check.js';
import type { Fault } from '../../endpoint-faults.js';

/** A check of an odd answer that has a usable token. */
export interface UsableAnswer<Id extends string> extends Pick<
  CheckFacts<Id>,
  'id' | 'title' | 'clause' | 'severity' | 'advice' | 'notFor'
> {
  /** The answer in a few words: `an answer without expires_in`. */
  readonly what: string;
  readonly fault: Fault;
  /** Whether a client may refuse the answer: then it is warned, not failed. Default: false. */
  readonly mayRefuse?: boolean;
}

/** Defines a check that is passed by a client that uses the token of an odd answer. */
export function usableAnswer<const Id extends string>({
  what,
  fault,
  mayRefuse = false,
  ...facts
}: UsableAnswer<Id>): Check<Id> {
  return defineCheck({
    ...facts,
    group: 'token-answer',
    stages: `The token endpoint answers the exchange with ${what}.`,
    looksAt: 'Whether a later call succeeds with the token.',
    examine: (stage) => judgeUsable(stage, what, fault, mayRefuse ? warned : failed),
  });
}
