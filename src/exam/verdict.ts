import { verdicts } from '../admin/schemas/exam-words.js';
import type { Verdict } from '../admin/schemas/exam-words.js';

export { verdicts } from '../admin/schemas/exam-words.js';
export type { Verdict } from '../admin/schemas/exam-words.js';

/** The part of a check that says how it came out. */
export interface Decided {
  readonly verdict: Verdict;
  /** The worst verdict of an unsteady check. */
  readonly worst?: Verdict | undefined;
}

/** The verdict that counts: of an unsteady check, the worst of its repetitions. */
export const countedVerdict = ({ verdict, worst = verdict }: Decided): Verdict => worst;

/** The worst of several verdicts, at least one. */
export const worstOf = (seen: readonly Verdict[]): Verdict =>
  verdicts.find((verdict) => seen.includes(verdict)) as Verdict;

/** Whether the client does not do what the check asks for, each time or sometimes. */
export const isBroken = (check: Decided): boolean => countedVerdict(check) === 'failed';

/** Whether a reader has to look at a check. */
export const isToFix = ({ verdict }: Decided): boolean => ['failed', 'unsteady', 'warned'].includes(verdict);
