import t from 'tap';
import { start } from '../../src/client/index.js';
import { checks } from '../../src/exam/checks/index.js';
import { examAt } from './exam-of.js';
import { flawedAt, verdictOfFlaw } from './flawed-at.js';
import { verdictsOf } from './verdicts-of.js';

const providerFor = await flawedAt();
// one server for all exams: its start costs more than an exam of one check
const server = await start();
t.teardown(() => server.close());

t.jobs = 4;

/** Checks that look at the same run: a flaw of one is tried against all of them. `npm run test:flaws` tries all against all. */
const passive = checks.filter((check) => 'judge' in check).map(({ id }) => id);

for (const check of checks) {
  const { id } = check;
  void t.test(
    `the check ${id} finds its flaw with the recorded verdict, and no other of the same requests finds it`,
    async (t) => {
      const only = passive.includes(id) ? passive : [id];
      await using world = await server.newWorld();
      const { checks: results } = await examAt(world, providerFor(check), { flaws: [id], only });
      const own = results.find((each) => each.id === id);
      t.equal(own?.verdict, verdictOfFlaw(check), String(own?.explanation));
      const others = results.filter((each) => each !== own);
      t.strictSame(verdictsOf(others, ['passed', 'not-applicable', 'not-seen']), []);
    },
  );
}
