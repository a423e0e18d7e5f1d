import t from 'tap';
import { Flow } from '../../src/panel/journal/flow.js';
import { Flows } from '../../src/panel/journal/flows.js';
import { testOf } from '../../src/panel/journal/row-filter.js';
import { changeOf, rowOf } from './rows-of.js';
import type { Row } from '../../src/panel/journal/row.js';

/** The lines as text: `flow a` for a head, `3` for a row, `.` after the last of a flow. */
function linesOf(flows: Flows): string {
  const lines = Array.from({ length: flows.lines }, (_each, i) => {
    const { flow, row, isLast } = flows.at(i)!;
    return `${row === undefined ? `flow ${flow.name!}` : row.id}${isLast ? '.' : ''}`;
  });
  return lines.join(' ');
}

const grouped = { isGrouped: true, isWanted: undefined };
const of = (flow: string | undefined, ...ids: number[]): Row[] => ids.map((id) => rowOf(id, { flow }));

t.test('rows are grouped by flow, the flow with the newest row first', (t) => {
  const flows = new Flows(grouped);
  flows.apply(changeOf([...of('a', 1, 2), ...of('b', 3, 5), ...of(undefined, 4), ...of('c', 6)]));
  t.equal(linesOf(flows), '6. flow b 5 3. 4. flow a 2 1.', 'a single request has no head');
  t.equal(flows.shown, 6);
  flows.apply(changeOf(of('a', 7)));
  t.equal(linesOf(flows), 'flow a 7 2 1. 6. flow b 5 3. 4.');
  flows.apply(changeOf(of('c', 8)));
  t.equal(linesOf(flows), 'flow c 8 6. flow a 7 2 1. flow b 5 3. 4.');
  t.equal(flows.at(99), undefined);
  t.end();
});

t.test('in one list each row stands alone', (t) => {
  const flows = new Flows({ isGrouped: false, isWanted: undefined });
  flows.apply(changeOf([...of('a', 1, 3), ...of('b', 2)]));
  t.equal(linesOf(flows), '3. 2. 1.');
  flows.apply(changeOf([], { dropped: of('a', 1) }));
  t.equal(linesOf(flows), '3. 2.');
  t.end();
});

t.test('older rows and rows that were late find their place', (t) => {
  const flows = new Flows(grouped);
  flows.apply(changeOf([...of('a', 10), ...of('b', 11)]));
  flows.apply(changeOf([...of('b', 3), ...of('a', 1, 2), ...of('c', 4)]));
  t.equal(linesOf(flows), 'flow b 11 3. flow a 10 2 1. 4.');
  flows.apply(changeOf(of('c', 12, 6)));
  t.equal(linesOf(flows), 'flow c 12 6 4. flow b 11 3. flow a 10 2 1.');
  t.end();
});

t.test('rows that were dropped or replaced leave their flow', (t) => {
  const flows = new Flows(grouped);
  flows.apply(changeOf([...of('a', 1, 2, 3), ...of('b', 4)]));
  flows.apply(changeOf([], { dropped: of('a', 1) }));
  t.equal(linesOf(flows), '4. flow a 3 2.');
  t.equal(flows.at(1)?.flow.first?.id, 1, 'its beginning is remembered');
  flows.apply(changeOf([rowOf(3, { flow: 'b' })], { replaced: of('a', 3) }));
  t.equal(linesOf(flows), 'flow b 4 3. 2.', 'a request that belongs to another flow in the end');
  flows.apply(changeOf([], { dropped: [...of('a', 2), ...of('b', 3)] }));
  t.equal(linesOf(flows), '4.');
  flows.apply(changeOf([], { dropped: of('b', 4) }));
  t.equal(linesOf(flows), '');
  flows.apply(changeOf(of('a', 5)));
  flows.apply(changeOf(of('a', 1), { isReset: true }));
  t.equal(linesOf(flows), '1.', 'the list began again');
  t.equal(flows.shown, 1);
  t.end();
});

t.test('a flow tells whose it is and how it went', (t) => {
  const flows = new Flows(grouped);
  flows.apply(
    changeOf([
      rowOf(2, { flow: 'a', clientId: 'shop', userId: 'ada' }),
      rowOf(3, { flow: 'a', status: 400, reason: 'code.unknown', clientId: 'other' }),
    ]),
  );
  flows.apply(changeOf([rowOf(1, { flow: 'a', clientId: 'oldest', provider: undefined })]));
  const { flow } = flows.at(0)!;
  t.match(flow, { name: 'a', provider: 'mailup', clientId: 'other', userId: 'ada', worst: 'refused' });
  t.match(flow.counts, { answered: 2, refused: 1 });
  t.equal(flow.first?.id, 1);
  flows.apply(changeOf([], { dropped: [rowOf(3, { flow: 'a', status: 400, reason: 'code.unknown' })] }));
  t.equal(flow.worst, 'answered');

  flows.apply(changeOf([rowOf(9, { flow: 'z' }), rowOf(8, { flow: 'z', clientId: 'late', userId: 'eve' })]));
  flows.apply(changeOf([rowOf(7, { flow: 'z', clientId: 'x', userId: 'y' })]));
  t.match(flows.at(0)?.flow, { clientId: 'late', userId: 'eve' });
  t.end();
});

t.test('a filter leaves the rows that pass, and the heads of their flows', (t) => {
  const flows = new Flows({ isGrouped: true, isWanted: testOf({ status: '400' }) });
  const refused = (id: number, flow?: string): Row => rowOf(id, { flow, status: 400 });
  flows.apply(changeOf([...of('a', 1, 2), refused(3, 'b'), ...of('b', 4), refused(5), ...of(undefined, 6)]));
  t.equal(linesOf(flows), '5. flow b 3.');
  t.equal(flows.shown, 2);
  t.equal(flows.at(1)?.flow.rows.length, 2, 'the head counts all');
  flows.apply(changeOf([refused(7, 'a')]));
  t.equal(linesOf(flows), 'flow a 7. 5. flow b 3.');
  flows.apply(changeOf([], { dropped: [...of('a', 1), refused(3, 'b'), ...of(undefined, 6)] }));
  t.equal(linesOf(flows), 'flow a 7. 5.');
  flows.apply(changeOf([], { dropped: [refused(7, 'a')] }));
  t.equal(linesOf(flows), '5.');
  t.end();
});

t.test('the place of a row, and the rows beside it', (t) => {
  const flows = new Flows({ isGrouped: true, isWanted: testOf({ status: '200' }) });
  flows.apply(changeOf([...of('a', 1, 2), ...of('b', 3, 4), rowOf(5, { status: 404 })]));
  t.equal(linesOf(flows), 'flow b 4 3. flow a 2 1.');
  t.equal(flows.indexOf(rowOf(3, { flow: 'b' })), 2);
  t.equal(flows.indexOf(rowOf(9, { flow: 'b' })), undefined);
  t.equal(flows.indexOf(rowOf(5, { status: 404 })), undefined, 'it is not shown');
  t.equal(flows.indexOf(rowOf(9, { flow: 'unknown' })), undefined);
  t.equal(flows.rowBeside(2, 1)?.id, 2, 'over the head');
  t.equal(flows.rowBeside(4, -1)?.id, 3);
  t.equal(flows.rowBeside(4, 1)?.id, 1);
  t.equal(flows.rowBeside(5, 1), undefined);
  t.equal(flows.rowBeside(1, -1), undefined);
  t.end();
});

t.test('a batch costs the same in a journal of 100,000 entries as in a short one', (t) => {
  // a place is looked at by its order
  const { get } = Object.getOwnPropertyDescriptor(Flow.prototype, 'newest') as { get: () => number };
  let looked = 0;
  Object.defineProperty(Flow.prototype, 'newest', {
    configurable: true,
    get(this: Flow) {
      looked += 1;
      return get.call(this);
    },
  });
  t.teardown(() => Object.defineProperty(Flow.prototype, 'newest', { configurable: true, get }));
  const effortOfBatch = (count: number, isGrouped: boolean): number => {
    const flows = new Flows({ isGrouped, isWanted: undefined });
    for (let id = 1; id <= count; id += 1000) {
      flows.apply(
        changeOf(Array.from({ length: 1000 }, (_each, i) => rowOf(id + i, { flow: `f${Math.floor((id + i) / 5)}` }))),
      );
    }
    const before = looked;
    for (let i = 0; i < 100; i += 1) {
      // one row of a new flow, one of an old flow
      flows.apply(
        changeOf([rowOf(count + 2 * i + 1, { flow: `new ${i}` }), rowOf(count + 2 * i + 2, { flow: `f${i}` })]),
      );
      for (let line = 0; line < 40; line += 1) flows.at(line);
    }
    return looked - before;
  };
  for (const isGrouped of [true, false]) {
    const [short, long] = [effortOfBatch(1000, isGrouped), effortOfBatch(100_000, isGrouped)];
    t.ok(long < 3 * short + 100_000, `${long} places were looked at, and ${short} in a short journal`);
    t.ok(long / 100 < 10_000, 'far fewer than there are entries');
  }
  t.end();
});
