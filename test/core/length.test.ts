import t from 'tap';
import { describeLength } from '../../src/core/length.js';

t.test('a length of time is written in its largest unit and the next', async (t) => {
  for (const [ms, words] of [
    [0, '0 s'],
    [0.4, '0 s'],
    [9, '9 ms'],
    [5000, '5 s'],
    [1500, '1 s 500 ms'],
    [60_000, '1 min'],
    [3_600_012, '1 h'],
    [3_661_000, '1 h 1 min'],
    [90_000_000, '1 day 1 h'],
    [180_000_009, '2 days 2 h'],
    [864_000_000, '10 days'],
  ] as const) {
    t.equal(describeLength(ms), words);
  }
});
