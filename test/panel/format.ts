import t from 'tap';
import {
  capital,
  counted,
  dayAndTime,
  durationInWords,
  numberOf,
  requestTime,
  timeInUtc,
  timeOfDay,
} from '../../src/panel/format.js';

const hour = 3_600_000;
const day = 24 * hour;

t.test('a length of time has its two largest units, without what does not matter beside them', async (t) => {
  const words: readonly (readonly [ms: number, words: string])[] = [
    [0, '0 seconds'],
    [999, '0 seconds'],
    [1000, '1 second'],
    [61_000, '1 minute 1 second'],
    [hour - 31_000, '59 minutes 29 seconds'],
    [hour - 1000, '1 hour'],
    [hour, '1 hour'],
    [hour + 29_000, '1 hour'],
    [2 * hour - 2000, '2 hours'],
    [day - 20_000, '1 day'],
    [2 * day - 2000, '2 days'],
    [50 * hour + 74, '2 days 2 hours'],
    [-50 * hour, '2 days 2 hours'],
    [400 * day, '1 year 35 days'],
  ];
  for (const [ms, expected] of words) t.equal(durationInWords(ms), expected, `${ms} ms`);
});

t.test('a time has its day where days can pass', async (t) => {
  t.equal(dayAndTime('2026-11-21T12:00:05.123Z'), '11-21 12:00:05.123');
  t.equal(dayAndTime('+010000-01-01T00:00:00.000Z'), '01-01 00:00:00.000');
  t.equal(dayAndTime('no time'), 'no time');
  t.equal(timeOfDay('2026-11-21T12:00:05.123Z'), '12:00:05.123');
  t.equal(timeOfDay('no time'), 'no time');
  t.equal(timeInUtc('2026-11-21T12:00:05.123Z'), '2026-11-21 12:00:05');
  t.equal(timeInUtc(0), '1970-01-01 00:00:00');
  t.equal(timeInUtc('no time'), 'no time');
  t.equal(timeInUtc(1e20), '100000000000000000000');
});

t.test('numbers have their unit', async (t) => {
  t.equal(requestTime(0.44), '0.4 ms');
  t.equal(requestTime(12.4), '12 ms');
  t.equal(requestTime(1234), '1.2 s');
  t.equal(counted(1, 'entry', 'entries'), '1 entry');
  t.equal(counted(1200, 'entry', 'entries'), '1,200 entries');
  t.equal(counted(2, 'fault'), '2 faults');
});

t.test('a number is a number, and other text is left to the server', async (t) => {
  t.equal(numberOf('0.5'), 0.5);
  t.equal(numberOf('-30'), -30);
  for (const text of ['fast', ' ', '', 'Infinity']) t.equal(numberOf(text), text);
  t.equal(capital('refreshes'), 'Refreshes');
});
