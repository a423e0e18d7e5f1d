import { severities } from '../../findings/severity.js';
import { isExpected, isStale } from '../failure.js';
import { isToFix, verdicts } from '../verdict.js';
import type { CheckResult } from '../result.js';
import type { Verdict } from '../verdict.js';

/** The checks that a reader has to do something about, the most severe first. */
export function toFix(checks: readonly CheckResult[]): CheckResult[] {
  const rank = ({ verdict, severity }: CheckResult): number =>
    verdicts.indexOf(verdict) * severities.length + severities.indexOf(severity);
  return checks.filter((check) => isToFix(check) && !isExpected(check)).sort((one, other) => rank(one) - rank(other));
}

/** Checks of a verdict by what was said of them: most checks that were not seen have the same reason. */
export function byReason(checks: readonly CheckResult[], verdict: Verdict): Map<string, string[]> {
  const reasons = new Map<string, string[]>();
  for (const { id, explanation } of checks.filter((check) => check.verdict === verdict)) {
    reasons.set(explanation, [...(reasons.get(explanation) ?? []), id]);
  }
  return reasons;
}

/** Lists of checks with a reason of the user's own, each with its title. */
export function expectations(checks: readonly CheckResult[]): ReadonlyMap<string, readonly CheckResult[]> {
  const lists = [
    ['expected failures', checks.filter(isExpected)],
    ['stale expectations: these checks pass by now', checks.filter(isStale)],
  ] as const;
  return new Map(lists.filter(([, list]) => list.length > 0));
}
