import { verdicts } from './schemas/exam-words.js';
import type { Verdict } from './schemas/exam-words.js';

/** Counts checks by verdict. Verdicts that none of them has are zero. */
export function countsOf(checks: readonly { readonly verdict: Verdict }[]): Record<Verdict, number> {
  const count = (verdict: Verdict): number => checks.filter((check) => check.verdict === verdict).length;
  return Object.fromEntries(verdicts.map((verdict) => [verdict, count(verdict)])) as Record<Verdict, number>;
}
