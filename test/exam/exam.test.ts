import t from 'tap';
import { checks } from '../../src/exam/checks/index.js';
import { examOf } from './exam-of.js';
import { examinedProviders, flawedAt } from './flawed-at.js';
import type { CheckResult } from '../../src/exam/result.js';

const providerFor = await flawedAt();

t.jobs = 8;

for (const provider of examinedProviders) {
  void t.test(`a careful application passes every check at ${provider}, with grade A`, async (t) => {
    const result = await examOf(provider);
    t.strictSame(verdictsOf(result.checks, ['passed', 'not-applicable']), []);
    t.equal(result.grade, 'A');
    t.equal(result.score, 100);
  });
}

/** Checks that look at the same run cost little: each flaw is tried against all of them. */
const passive = checks.filter((check) => 'judge' in check).map(({ id }) => id);

for (const check of checks) {
  void t.test(
    `an application with the flaw ${check.id} fails that check, and no check of an ordinary run`,
    async (t) => {
      const { checks: results } = await examOf(providerFor(check), { flaws: [check.id], only: [...passive, check.id] });
      const own = results.find(({ id }) => id === check.id);
      t.match(own?.verdict, /failed|warned/, String(own?.explanation));
      const others = results.filter(({ id }) => id !== check.id);
      t.strictSame(verdictsOf(others, ['passed', 'not-applicable', 'not-seen']), []);
    },
  );
}

/** The results with other verdicts than the allowed ones, as lines. */
function verdictsOf(results: readonly CheckResult[], allowed: readonly string[]): string[] {
  return results
    .filter(({ verdict }) => !allowed.includes(verdict))
    .map(({ id, verdict, explanation }) => `${id} ${verdict}: ${explanation}`);
}
