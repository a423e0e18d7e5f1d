import t from 'tap';
import { measurePairs } from '../../bench/pairs.js';
import { statMicros } from '../../bench/processor-time.js';
import { pairedRatios, relativeRange, relativeSpeed, spreadOf, tooNoisy } from '../../bench/statistics.js';

t.test('quartiles lie between the neighbouring values', async (t) => {
  t.same(spreadOf([5, 1, 4, 2, 3]), { least: 1, lowerQuartile: 2, median: 3, upperQuartile: 4, most: 5 });
  t.same(spreadOf([1, 2, 3, 4]), { least: 1, lowerQuartile: 1.75, median: 2.5, upperQuartile: 3.25, most: 4 });
  t.same(spreadOf([7]), { least: 7, lowerQuartile: 7, median: 7, upperQuartile: 7, most: 7 });
});

t.test('a disturbance that lasts for a pair changes no ratio', async (t) => {
  const [costs, referenceCosts] = [
    [200, 600, 200],
    [100, 300, 100],
  ];
  t.same(pairedRatios(referenceCosts, costs), [0.5, 0.5, 0.5]);
  t.match(relativeSpeed(costs, referenceCosts), { ratio: { median: 0.5 }, bestOverBest: 0.5 });
});

t.test('the best of both are compared, even if they are of different pairs', async (t) => {
  t.equal(relativeSpeed([100, 80], [40, 60]).bestOverBest, 0.5);
});

t.test('a reference that varies by more than half of its median is too noisy', async (t) => {
  t.equal(relativeRange([90, 100, 140]), 0.5);
  t.notOk(tooNoisy([90, 100, 140]));
  t.ok(tooNoisy([90, 100, 141]));
});

/** A reference that costs these in turn. */
function costing(costs: readonly number[]): () => Promise<{ micros: number }> {
  const left = [...costs];
  return async () => ({ micros: left.shift()! });
}

t.test('the reference is measured right before each round of the subject', async (t) => {
  const order: string[] = [];
  const noted = (name: string) => async (): Promise<{ micros: number }> => {
    order.push(name);
    return { micros: 1 };
  };
  await measurePairs({ reference: noted('bare'), subject: noted('ours'), pairs: 2, attempts: 3, tell: () => {} });
  t.same(order, ['bare', 'ours', 'bare', 'ours']);
});

t.test('pairs are measured again while the reference is too noisy, and the calmest attempt is taken', async (t) => {
  const told: string[] = [];
  const made = await measurePairs({
    reference: costing([100, 200, 100, 170, 100, 180]),
    subject: costing([1, 2, 3, 4, 5, 6]),
    pairs: 2,
    attempts: 3,
    tell: (line) => told.push(line),
  });
  t.match(made, { noisy: true, costs: [3, 4], referenceCosts: [100, 170] });
  t.equal(told.length, 3);

  const second = await measurePairs({
    reference: costing([100, 200, 100, 100]),
    subject: costing([1, 2, 3, 4]),
    pairs: 2,
    attempts: 3,
    tell: () => {},
  });
  t.match(second, { noisy: false, costs: [3, 4] });
});

t.test('processor time is read behind the name of the program, which may have spaces and brackets', async (t) => {
  t.equal(statMicros('42 (a (b) c) S 1 1 1 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 11 0 999'), 3_000_000);
});
