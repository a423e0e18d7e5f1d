import { countsOf } from '../src/admin/exam-counts.js';
import { gradeOf } from '../src/exam/grade.js';
import { worstOf } from '../src/exam/verdict.js';
import type { CheckResult, ExamResult } from '../src/exam/result.js';

/** One result of two exams of the same client: a check with two verdicts is unsteady. */
export function steady(first: ExamResult, second: ExamResult): ExamResult {
  const checks = first.checks.map((check) =>
    both(
      check,
      second.checks.find(({ id }) => id === check.id),
    ),
  );
  return {
    ...first,
    ...gradeOf(checks),
    checks,
    counts: countsOf(checks),
  };
}

function both(first: CheckResult, second: CheckResult | undefined): CheckResult {
  if (first.verdict === second?.verdict) return first;
  const explanation = `${first.verdict}: ${first.explanation} Then ${String(second?.verdict)}: ${String(second?.explanation)}`;
  const worst = worstOf([first, ...(second === undefined ? [] : [second])].map(({ verdict }) => verdict));
  return { ...first, verdict: 'unsteady', worst, explanation };
}
