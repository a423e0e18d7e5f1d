import t from 'tap';
import { stepsDone } from '../../src/panel/views/start/steps-done.js';
import { rowOf } from './rows-of.js';

t.test('the first steps are done when the journal shows them', async (t) => {
  const rows = [
    rowOf(1, { grantType: 'authorization_code', status: 400 }),
    rowOf(2, { grantType: 'authorization_code' }),
    rowOf(3, { status: 401, reason: 'bearer.expired' }),
    rowOf(4, { grantType: 'refresh_token' }),
    rowOf(5, { grantType: 'refresh_token', status: 400, fault: { id: 'x', kind: 'oauth-error' } }),
    rowOf(6, { grantType: 'refresh_token' }),
  ];
  t.strictSame(stepsDone([]), [false, false, false]);
  t.strictSame(stepsDone(rows.slice(0, 1)), [false, false, false]);
  t.strictSame(stepsDone(rows.slice(0, 5)), [true, true, false], 'it is refreshed twice');
  const left = [...rows, rowOf(7)].values();
  t.strictSame(stepsDone(left), [true, true, true]);
  t.equal(left.next().done, false, 'no row is read after the last step');
});
