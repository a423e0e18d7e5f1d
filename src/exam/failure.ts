import { isAtLeast } from '../findings/severity.js';
import { isBroken } from './verdict.js';
import type { FailOn } from '../findings/severity.js';
import type { CheckResult, ExamResult } from './result.js';

/** Whether a failure is known, so that it does not fail the run. */
export const isExpected = (check: CheckResult): boolean => isBroken(check) && check.expected !== undefined;

/** Whether a failure was expected, and the check passed by now: its line is to be removed. */
export const isStale = ({ verdict, expected }: CheckResult): boolean => verdict === 'passed' && expected !== undefined;

/** Whether a check fails the run: because it is broken and severe enough, or because its expectation is stale. */
export function failsExam(check: CheckResult, failOn: FailOn): boolean {
  if (failOn === 'never') return false;
  return isStale(check) || (isBroken(check) && !isExpected(check) && isAtLeast(check.severity, failOn));
}

/** How a run ended. `undecided`: nothing fails it, but too little was judged to pass it. */
export type ExamOutcome = 'passes' | 'fails' | 'undecided';

/** Whether a run passes: not if it was ended before its last check, or if the calls of the client prove nothing. */
export function examOutcome({ checks, interrupted, callsProveNothing }: ExamResult, failOn: FailOn): ExamOutcome {
  if (checks.some((check) => failsExam(check, failOn))) return 'fails';
  return interrupted || callsProveNothing ? 'undecided' : 'passes';
}
