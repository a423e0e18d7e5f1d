import t from 'tap';
import { nextInterval } from '../../src/panel/api/poll-interval.js';

t.test('what takes long to read is read less often', async (t) => {
  t.equal(nextInterval(3000, [20, 20, 20], 3000), 3000);
  t.equal(nextInterval(3000, [601, 700, 900], 3000), 6000);
  t.equal(nextInterval(3000, [9000, 9000, 9000], 3000), 30_000);
});

t.test('one slow read changes nothing, and the time becomes shorter only if reads are much faster', async (t) => {
  t.equal(nextInterval(3000, [5000, 5000], 3000), 3000);
  t.equal(nextInterval(3000, [5000, 5000, 20], 3000), 3000);
  t.equal(nextInterval(6000, [20, 20, 20], 3000), 6000);
  t.equal(nextInterval(12_000, [20, 20, 20], 3000), 3000);
});
