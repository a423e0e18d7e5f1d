import t from 'tap';
import { checks } from '../../src/exam/checks/index.js';
import { examOf } from './exam-of.js';
import { examinedProviders, flawedAt, verdictOfFlaw } from './flawed-at.js';
import type { CheckResult } from '../../src/exam/result.js';

const providerFor = await flawedAt();

t.jobs = 4;

for (const provider of examinedProviders) {
  void t.test(`a careful application passes every check at ${provider}, with grade A`, async (t) => {
    const result = await examOf(provider);
    t.strictSame(verdictsOf(result.checks, ['passed', 'not-applicable']), []);
    t.equal(result.grade, 'A');
    t.equal(result.score, 100);
  });
}

/** Checks that look at the same run: a flaw of one is tried against all of them. `npm run test:flaws` tries all against all. */
const passive = checks.filter((check) => 'judge' in check).map(({ id }) => id);

for (const check of checks) {
  const { id } = check;
  void t.test(
    `the check ${id} finds its flaw with the recorded verdict, and no other of the same requests finds it`,
    async (t) => {
      const only = passive.includes(id) ? passive : [id];
      const { checks: results } = await examOf(providerFor(check), { flaws: [id], only });
      const own = results.find((each) => each.id === id);
      t.equal(own?.verdict, verdictOfFlaw(check), String(own?.explanation));
      const others = results.filter((each) => each !== own);
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
