import type { CheckResult } from '../../src/exam/result.js';

/** The results with other verdicts than the allowed ones, as lines. */
export function verdictsOf(results: readonly CheckResult[], allowed: readonly string[]): string[] {
  return results
    .filter(({ verdict }) => !allowed.includes(verdict))
    .map(({ id, verdict, explanation }) => `${id} ${verdict}: ${explanation}`);
}
