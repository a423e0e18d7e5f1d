import t from 'tap';
import { stepsDone } from '../../src/panel/views/start/steps-done.js';
import { playgroundClientId } from '../../src/panel/playground-client.js';
import { rowOf } from './rows-of.js';

t.test('the first steps are done by the built-in client, and by what the tab opened', async (t) => {
  const rowsOf = (clientId: string) => [
    rowOf(1, { clientId, grantType: 'authorization_code', status: 400 }),
    rowOf(2, { clientId, grantType: 'authorization_code' }),
    rowOf(3, { clientId, status: 401, reason: 'bearer.expired' }),
    rowOf(4, { clientId, grantType: 'refresh_token' }),
    rowOf(5, { clientId, grantType: 'refresh_token', status: 400, fault: { id: 'x', kind: 'oauth-error' } }),
    rowOf(6, { clientId, grantType: 'refresh_token' }),
  ];
  const rows = rowsOf(playgroundClientId);
  t.strictSame(stepsDone([], []), [false, false, false, false, false]);
  t.strictSame(stepsDone(rows.slice(0, 1), ['entry']), [false, false, false, true, false]);
  t.strictSame(stepsDone(rows.slice(0, 5), ['findings']), [true, true, false, false, true], 'it is refreshed twice');
  t.strictSame(stepsDone(rowsOf('own'), []), [false, false, false, false, false], 'a client of the person');
  const left = [...rows, rowOf(7)].values();
  t.strictSame(stepsDone(left, []), [true, true, true, false, false]);
  t.equal(left.next().done, false, 'no row is read after the last step');
});
