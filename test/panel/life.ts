import t from 'tap';
import { lifeAt, roughly, whenInWords } from '../../src/panel/life.js';
import type { Life } from '../../src/panel/life.js';

const start = Date.parse('2026-01-01T00:00:00Z');
const hour: Life = { status: 'live', issuedAt: '2026-01-01T00:00:00.000Z', expiresAt: '2026-01-01T01:00:00.000Z' };
const minutes = (count: number): number => start + count * 60_000;

t.test('a length of time has two units, unless there are ten or more of the first', async (t) => {
  t.equal(roughly(12 * 60_000 + 5000), '12 minutes');
  t.equal(roughly(9 * 60_000 + 5000), '9 minutes 5 seconds');
  t.equal(roughly(-3_660_000), '1 hour 1 minute');
  t.equal(roughly(0), '0 seconds');
});

t.test('the bar of a token runs out with the clock', async (t) => {
  t.same(lifeAt(hour, minutes(0)), { state: 'plenty', left: 1, words: '1 hour left', span: '1 hour' });
  t.match(lifeAt(hour, minutes(30)), { state: 'plenty', left: 0.5, words: '30 minutes left' });
  t.match(lifeAt(hour, minutes(50)), { state: 'low', words: '10 minutes left' });
  t.match(
    lifeAt(hour, minutes(60) - 400),
    { state: 'low', words: '1 second left' },
    'what has 400 ms left is not over',
  );
  t.same(lifeAt(hour, minutes(60)), { state: 'expired', left: 0, words: 'expired just now' });
  t.match(lifeAt(hour, minutes(63.5)), { state: 'expired', words: 'expired 3 minutes ago' });
});

t.test('a token that the server called expired lives again when the clock is set back', async (t) => {
  t.match(lifeAt({ ...hour, status: 'expired' }, minutes(30)), { state: 'plenty', left: 0.5 });
  t.match(lifeAt(hour, minutes(-600)), { left: 1, words: '11 hours left' }, 'also before it was issued');
});

t.test('a token that never expires, and one without any life', async (t) => {
  t.same(lifeAt({ ...hour, expiresAt: null }, minutes(0)), { state: 'never', left: 1, words: 'never expires' });
  t.match(lifeAt({ ...hour, expiresAt: hour.issuedAt }, start - 1), { state: 'plenty', left: 1 });
});

t.test('what was revoked, replaced or spent has nothing left', async (t) => {
  for (const status of ['revoked', 'replaced', 'spent'] as const) {
    t.same(lifeAt({ ...hour, status }, minutes(1)), { state: status, left: 0, words: status });
  }
});

t.test('a time is told beside the virtual time now', async (t) => {
  t.equal(whenInWords('2026-01-01T00:00:00.500Z', start), 'just now');
  t.equal(whenInWords('2025-12-31T23:55:00Z', start), '5 minutes ago');
  t.equal(whenInWords('2026-01-01T02:10:00Z', start), 'in 2 hours');
});
