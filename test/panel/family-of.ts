import t from 'tap';
import { familyOf } from '../../src/panel/views/timeline/entry/family-of.js';
import type { Family } from '../../src/client/index.js';

const use = (entry: number): object => ({ entry, at: '', endpoint: 'token', status: 200 });
const families = [
  { id: 'coded', code: { uses: [use(2)] }, tokens: [{ boughtBy: 2, uses: [use(3)] }] },
  { id: 'minted', code: null, tokens: [{ boughtBy: null, uses: [use(7)] }] },
] as unknown as Family[];

void t.test('a family is found by an entry that bought or used a token or a code', (t) => {
  t.equal(familyOf(families, 2, [])?.id, 'coded');
  t.equal(familyOf(families, 3, [])?.id, 'coded');
  t.equal(familyOf(families, 7, [2])?.id, 'minted');
  t.equal(familyOf(families, 1, [1, 2])?.id, 'coded', 'by another entry of the flow');
  t.equal(familyOf(families, 1, []), undefined);
  t.end();
});
