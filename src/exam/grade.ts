import { countedVerdict, isBroken } from './verdict.js';
import type { Grade } from '../admin/schemas/exam-words.js';
import type { Severity } from '../findings/severity.js';
import type { Decided } from './verdict.js';

/** Points that a check of each severity is worth. */
const points: Readonly<Record<Severity, number>> = { error: 3, warning: 1, note: 0 };

/** The lowest score of each grade, and the highest number of failed checks of severity error. */
const bounds: readonly (readonly [Grade, number, number])[] = [
  ['A', 95, 0],
  ['B', 85, 2],
  ['C', 70, 5],
  ['D', 50, Infinity],
];

/** The part of a result that is graded. */
export interface Judged extends Decided {
  readonly severity: Severity;
}

/** Score and grade. Both are null if no check with points had a verdict. */
export interface Graded {
  readonly score: number | null;
  readonly grade: Grade | null;
}

/**
 * Grades an exam by the rule of docs/explanation/exam.md. Checks that were not seen or do not apply count neither way;
 * an unsteady check counts as the worst of its repetitions; a warned one as half.
 */
export function gradeOf(checks: readonly Judged[]): Graded {
  const judged = checks.filter((check) => !['not-seen', 'not-applicable'].includes(countedVerdict(check)));
  const possible = sum(judged.map(({ severity }) => points[severity]));
  if (possible === 0) return { score: null, grade: null };
  const reached = sum(judged.map((check) => points[check.severity] * shareOf(check)));
  const score = Math.floor((100 * reached) / possible);
  const errors = judged.filter((check) => check.severity === 'error' && isBroken(check)).length;
  const [grade] = bounds.find(([, lowest, most]) => score >= lowest && errors <= most) ?? ['F' as const];
  return { score, grade };
}

function shareOf(check: Decided): number {
  const verdict = countedVerdict(check);
  if (verdict === 'passed') return 1;
  return verdict === 'warned' ? 0.5 : 0;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
