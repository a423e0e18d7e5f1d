import t from 'tap';
import { examOf } from './exam-of.js';
import { examinedProviders } from './flawed-at.js';
import { verdictsOf } from './verdicts-of.js';

t.jobs = 3;

for (const provider of examinedProviders) {
  void t.test(`a careful application passes every check at ${provider}, with grade A`, async (t) => {
    const result = await examOf(provider);
    t.strictSame(verdictsOf(result.checks, ['passed', 'not-applicable']), []);
    t.equal(result.grade, 'A');
    t.equal(result.score, 100);
  });
}
