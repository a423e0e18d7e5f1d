import t from 'tap';
import { beginsAnew } from './careful/application.js';
import { examOf } from './exam-of.js';

t.jobs = 2;

void t.test('an application that answers a bad callback with the next flow is not taken for a bad one', async (t) => {
  const { checks } = await examOf('dottedsign', { flaws: [beginsAnew], group: ['callback', 'request'] });
  const blamed = checks.filter(({ verdict }) => !['passed', 'not-applicable'].includes(verdict));
  t.strictSame(
    blamed.map(({ id, verdict, explanation }) => `${id} ${verdict}: ${explanation}`),
    [],
  );
});

void t.test('what becomes of a state is not seen at an application that sends none', async (t) => {
  const only = [
    'state-fresh',
    'state-unguessable',
    'verifier-not-state',
    'state-bound-to-browser',
    'wrong-state-refused',
    'missing-state-refused',
    'empty-state-refused',
    'doubled-state-refused',
    'foreign-state-refused',
    'unsolicited-callback',
  ];
  const { checks } = await examOf('dottedsign', { flaws: ['state-sent'], only });
  t.strictSame([...new Set(checks.map(({ verdict }) => verdict))], ['not-seen']);
  t.equal(checks.length, only.length);
});
