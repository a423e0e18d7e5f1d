import t from 'tap';
import { Rows } from '../../src/panel/journal/rows.js';
import { rowOf } from './rows-of.js';

const idsOf = (rows: readonly { readonly id: number }[]): number[] => rows.map(({ id }) => id);
const pendingRow = (id: number): ReturnType<typeof rowOf> => rowOf(id, { durationMs: undefined, status: undefined });

t.test('rows are in the order of their ids, once', (t) => {
  const rows = new Rows();
  t.same(idsOf(rows.add([rowOf(5), rowOf(7)]).added), [5, 7]);
  t.same(idsOf(rows.add([rowOf(1), rowOf(6), rowOf(7), rowOf(8)]).added), [1, 6, 8]);
  t.same(idsOf(rows.list), [1, 5, 6, 7, 8]);
  t.equal(rows.get(6)?.id, 6);
  t.equal(rows.get(2), undefined);
  t.equal(rows.get(99), undefined);
  rows.clear();
  t.same(rows.list, []);
  t.end();
});

t.test('a complete row replaces one in progress, never the other way round', (t) => {
  const rows = new Rows();
  const before = pendingRow(1);
  rows.add([before]);
  t.same(rows.add([pendingRow(1)]), { added: [], replaced: [], dropped: [] });
  const after = rowOf(1);
  const { added, replaced } = rows.add([after]);
  t.equal(added[0], after);
  t.equal(replaced[0], before);
  t.same(rows.add([pendingRow(1)]).added, []);
  t.equal(rows.get(1), after);

  const both = rows.add([pendingRow(2), rowOf(2), pendingRow(2)]);
  t.strictSame(both, { added: [rowOf(2)], replaced: [], dropped: [] }, 'also of those that come together');
  t.end();
});

t.test('the oldest rows go when there are too many', (t) => {
  const rows = new Rows(20);
  rows.add(Array.from({ length: 20 }, (_each, i) => rowOf(i + 11)));
  const { added, dropped } = rows.add([rowOf(31)]);
  t.same(idsOf(added), [31]);
  t.same(idsOf(dropped), [11, 12], 'a twentieth at once');
  t.equal(rows.list.length, 19);

  const older = rows.add([rowOf(8), rowOf(9)]);
  t.same(older, { added: [], replaced: [], dropped: [] }, 'what comes and goes at once is no change');
  t.end();
});

t.test('what the server has dropped is dropped', (t) => {
  const rows = new Rows();
  rows.add([rowOf(1), rowOf(2), rowOf(3), rowOf(4), rowOf(5)]);
  t.same(idsOf(rows.dropBeyond(2, 4)), [1, 2], 'the entry 5 is newer than the answer');
  t.same(idsOf(rows.list), [3, 4, 5]);
  t.same(rows.dropBeyond(9, 5), []);
  t.same(idsOf(rows.dropBeyond(0, 5)), [3, 4, 5]);
  t.end();
});

t.test('limit "entries in a tab of the panel": the oldest twentieth goes', (t) => {
  const rows = new Rows();
  rows.add(Array.from({ length: 100_000 }, (_, i) => rowOf(i + 1)));
  t.equal(rows.list.length, 100_000);
  t.equal(rows.add([rowOf(100_001)]).dropped.length, 5001);
  t.equal(rows.list.length, 95_000);
  t.equal(rows.list[0]?.id, 5002);
  t.end();
});
