import { defineCheck } from '../../check.js';
import { judgeUnusable } from './odd-answer.js';
import type { Check, CheckFacts } from '../../check.js';
import type { Fault } from '../../endpoint-faults.js';

/** A check of an answer that has no usable token. */
export interface UnusableAnswer<Id extends string> extends Pick<
  CheckFacts<Id>,
  'id' | 'title' | 'clause' | 'severity' | 'advice'
> {
  /** The answer in a few words: `an empty answer`. */
  readonly what: string;
  readonly fault: Fault;
}

/** Defines a check that is passed by a client that survives an answer, and invents no token. */
export function unusableAnswer<const Id extends string>({ what, fault, ...facts }: UnusableAnswer<Id>): Check<Id> {
  return defineCheck({
    ...facts,
    group: 'token-answer',
    stages: `The token endpoint answers the exchange with ${what}.`,
    looksAt: 'Whether the person gets a page, and whether a later call has a token that was made of it.',
    examine: (stage) => judgeUnusable(stage, what, fault),
  });
}
