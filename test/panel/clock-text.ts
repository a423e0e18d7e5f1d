import t from 'tap';
import {
  beside,
  expiredInWords,
  instantOf,
  justAfter,
  moveWords,
  paceOf,
  skewWords,
} from '../../src/panel/views/clock/clock-text.js';
import type { Expired } from '../../src/client/index.js';

const real = Date.parse('2026-01-01T00:00:00Z');

t.test('a clock is told beside real time', async (t) => {
  t.equal(beside(real + 500, real), 'The same as real time');
  t.equal(beside(real + 3_660_000, real), '1 hour 1 minute ahead of real time');
  t.equal(beside(real - 60_000, real), '1 minute behind real time');
  t.equal(beside(Date.parse('9999-12-31T23:59:59.999Z'), real), '7979 years 108 days ahead of real time');
  t.match(beside(Date.parse('0000-01-01T00:00:00Z'), real), / years .* behind real time$/);
});

t.test('how a clock goes', async (t) => {
  t.equal(paceOf({ frozen: true, rate: 60 }, real), 'Frozen: time does not pass');
  t.equal(paceOf({ frozen: false, rate: 1 }, real), 'One second for each real second');
  t.equal(paceOf({ frozen: false, rate: 10_000 }, real), '10,000 seconds for each real second');
  t.equal(paceOf({ frozen: false, rate: 0.5 }, real), 'One second for each 2 real seconds');
  const last = Date.parse('9999-12-31T23:59:59.999Z');
  t.match(paceOf({ frozen: false, rate: 1000 }, last), 'It stands at its last instant');
  t.equal(paceOf({ frozen: false, rate: 1000 }, last - 1), '1,000 seconds for each real second');
  t.equal(paceOf({ frozen: true, rate: 1000 }, last), 'Frozen: time does not pass');
});

t.test('what a skew does', async (t) => {
  t.equal(skewWords(0), 'Expiry is checked against the same time');
  t.equal(skewWords(90), 'Expiry is checked against a clock that is 1 minute 30 seconds ahead');
  t.equal(skewWords(-0.5), 'Expiry is checked against a clock that is 0.5 seconds behind');
});

t.test('a time is read in the form that the page shows, and what is no time is told from it', async (t) => {
  for (const [text, instant] of [
    ['2026-11-21 12:00:05', '2026-11-21T12:00:05Z'],
    [' 2026-11-21 12:00 UTC ', '2026-11-21T12:00Z'],
    ['2026-11-21', '2026-11-21T00:00Z'],
    ['2026-11-21T12:00:00.5+01:00', '2026-11-21T12:00:00.5+01:00'],
    ['9999-12-31 23:59:59', '9999-12-31T23:59:59Z'],
    ['2028-02-29', '2028-02-29T00:00Z'],
    ['2026-02-31', undefined],
    ['2026-11-21 25:00', undefined],
    ['next week', undefined],
    ['', undefined],
  ] as const) {
    t.equal(instantOf(text), instant, text);
  }
});

t.test('the duration that passes a time by less than a minute', async (t) => {
  t.equal(justAfter(0), '1m');
  t.equal(justAfter(59_999), '1m');
  t.equal(justAfter(3_600_000), '1h1m');
  t.equal(justAfter(172_800_000), '2d1m');
  t.equal(justAfter(86_399_999), '1d');
  t.equal(justAfter(-1), '1m');
  t.equal(justAfter(-90_000_000), '1m', 'a clock does not go back');
});

t.test('what expired', async (t) => {
  const of = (kind: Expired['kind']): Expired => ({ kind }) as Expired;
  const told = (...kinds: Expired['kind'][]): string => expiredInWords({ expired: kinds.map(of), total: kinds.length });
  t.equal(told(), 'Nothing expired.');
  t.equal(told('access'), '1 access token expired.');
  t.equal(told('code', 'access', 'access'), '2 access tokens and 1 code expired.');
  t.equal(told('code', 'refresh', 'access'), '1 access token, 1 refresh token and 1 code expired.');
  t.equal(expiredInWords({ expired: [of('code')], total: 2500 }), '2,500 codes and tokens expired.');
});

t.test('how far the clock went', async (t) => {
  t.equal(moveWords(real, real + 3_600_000), 'The clock went 1 hour forward');
  t.equal(moveWords(real, real - 86_400_000), 'The clock went 1 day back');
  t.equal(moveWords(real, real + 10), 'The clock stayed where it was');
});
