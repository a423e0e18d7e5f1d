import t from 'tap';
import { asksForAnyCode } from './careful/flow.js';
import { beginsAnew, exchangesLate } from './careful/application.js';
import { examOf } from './exam-of.js';
import { verdictsOf } from './verdicts-of.js';

t.jobs = 2;

void t.test('an application that answers a bad callback with the next flow is not taken for a bad one', async (t) => {
  const { checks } = await examOf('dottedsign', { flaws: [beginsAnew], group: ['callback', 'request'] });
  t.strictSame(verdictsOf(checks, ['passed', 'not-applicable']), []);
});

void t.test('an application that exchanges the code after it has answered the callback passes', async (t) => {
  const only = [
    'state-bound-to-browser',
    'callback-head',
    'callback-prefetched',
    'callback-replayed',
    'two-tabs',
    'wrong-state-refused',
    'two-people-at-once',
    'denied-then-allowed',
    'disconnect-revokes',
  ];
  const { checks } = await examOf('dottedsign', { flaws: [exchangesLate], only });
  t.strictSame(verdictsOf(checks, ['passed', 'not-applicable']), []);
});

void t.test('what becomes of a state is not seen at an application that sends none', async (t) => {
  const only = [
    'state-fresh',
    'state-unguessable',
    'verifier-not-state',
    'wrong-state-refused',
    'missing-state-refused',
    'empty-state-refused',
    'doubled-state-refused',
    'foreign-state-refused',
  ];
  const { checks } = await examOf('dottedsign', { flaws: ['state-sent'], only });
  t.strictSame([...new Set(checks.map(({ verdict }) => verdict))], ['not-seen']);
  t.equal(checks.length, only.length);
});

void t.test('without a state, PKCE keeps strangers away if the provider checks it', async (t) => {
  const only = ['state-bound-to-browser', 'unsolicited-callback'];
  const { checks } = await examOf('dottedsign', { flaws: ['state-sent', asksForAnyCode], only });
  t.strictSame(
    checks.map(({ verdict }) => verdict),
    ['passed', 'passed'],
  );
  t.ok(checks.every(({ requests }) => requests.some(({ grantType }) => grantType === 'authorization_code')));
  const { checks: unprotected } = await examOf('tinyemail', { flaws: ['state-sent', asksForAnyCode], only });
  t.strictSame(
    unprotected.map(({ verdict }) => verdict),
    ['failed', 'failed'],
  );
});
