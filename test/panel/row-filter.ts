import t from 'tap';
import { filtersOf, fingerprintIn, testOf } from '../../src/panel/journal/row-filter.js';
import { rowOf } from './rows-of.js';
import type { RowFilter } from '../../src/panel/journal/row-filter.js';

const rows = [
  rowOf(1, { endpoint: 'authorize', status: 302, flow: '1' }),
  rowOf(2, { endpoint: 'token', grantType: 'authorization_code', status: 200, clientId: 'shop', flow: '1' }),
  rowOf(3, { provider: 'tinyemail', status: 401, reason: 'bearer.expired', explanation: 'the access token expired' }),
  rowOf(4, { status: undefined, fault: { id: 'cut-it', kind: 'cut' }, userId: 'ada@example.test' }),
];
const passing = (filter: RowFilter): number[] => rows.filter(testOf(filter) ?? (() => true)).map(({ id }) => id);

t.test('a list is filtered by members, and by all of them together', (t) => {
  t.same(passing({}), [1, 2, 3, 4]);
  t.same(passing({ provider: 'tinyemail' }), [3]);
  t.same(passing({ endpoint: 'token' }), [2]);
  t.same(passing({ grant: 'authorization_code' }), [2]);
  t.same(passing({ client: 'shop' }), [2]);
  t.same(passing({ reason: 'bearer.expired' }), [3]);
  t.same(passing({ flow: '1' }), [1, 2]);
  t.same(passing({ flow: '1', status: '200' }), [2]);
  t.end();
});

t.test('a status is a number, a class, or none', (t) => {
  t.same(passing({ status: '401' }), [3]);
  t.same(passing({ status: '4xx' }), [3]);
  t.same(passing({ status: '2XX' }), [2]);
  t.same(passing({ status: 'none' }), [4]);
  t.same(passing({ status: 'nonsense' }), []);
  t.end();
});

t.test('a text is looked for in all that the list shows, word by word', (t) => {
  t.same(passing({ text: 'API/3' }), [3]);
  t.same(passing({ text: 'EXPIRED token' }), [3]);
  t.same(passing({ text: 'issued for the code' }), [2], 'the sentence');
  t.same(passing({ text: 'cut-it' }), [4], 'the fault');
  t.same(passing({ text: '#4' }), [4], 'the id');
  t.same(passing({ text: 'ada@' }), [4]);
  t.same(passing({ text: 'expired ada' }), []);
  const found = testOf({ text: 'fp:0123456789ab', status: '401' }, new Set([2, 3]));
  t.same(
    rows.filter(found!).map(({ id }) => id),
    [3],
    'an entry that has the fingerprint',
  );
  for (const text of ['fp:0123456789ab', '0123456789AB']) t.equal(fingerprintIn(text), 'fp:0123456789ab');
  for (const text of ['', 'fp:', '0123456789abc', 'mailup']) t.equal(fingerprintIn(text), undefined, text);
  t.end();
});

t.test('the filters of a URL are those that have a value', (t) => {
  t.same(filtersOf({ provider: 'mailup', text: '  a b ', status: ' ', entry: '4' }), {
    provider: 'mailup',
    text: 'a b',
  });
  t.end();
});
