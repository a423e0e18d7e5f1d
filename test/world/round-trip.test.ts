import fc from 'fast-check';
import t from 'tap';
import { adminOf } from '../admin/calls.js';
import { parseDuration } from '../../src/input/duration.js';
import { isInstant } from '../../src/input/instant.js';
import { VirtualClock } from '../../src/world/clock.js';
import { demo, startServer } from '../support.js';
import type { Test } from 'tap';
import type { Call } from '../admin/calls.js';

const server = await startServer();
t.teardown(() => server.close());
let worlds = 0;

async function newWorld(): Promise<Call> {
  const id = `trip${(worlds += 1)}`;
  await adminOf(server.url)(`PUT /worlds/${id}`, { clock: { frozen: true } });
  return adminOf(`${server.url}/w/${id}`);
}

/** Takes a snapshot, puts it back, and takes another one. */
async function trip(call: Call): Promise<{ first: unknown; status: number; second: unknown; answer: unknown }> {
  const { body: first } = await call('GET /snapshot');
  const { status, body: answer } = await call('PUT /snapshot', first);
  const { body: second } = await call('GET /snapshot');
  return { first, status, second, answer };
}

async function comesBack(t: Test, call: Call): Promise<void> {
  const { first, status, second, answer } = await trip(call);
  t.equal(status, 200, JSON.stringify(answer).slice(0, 200));
  t.same(second, first, 'the snapshot of the restored world is the same');
}

const oddIds = ['%C3%A9', '%00%0d%0a', 'x'.repeat(400), '%E2%80%AE'];

for (const id of oddIds) {
  t.test(`PUT clients/${id.slice(0, 12)} is refused as in a body`, async (t) => {
    const call = await newWorld();
    const put = await call(`PUT /providers/mailup/clients/${id}`, { secret: 's' });
    const post = await call('POST /providers/mailup/clients', { id: decodeURIComponent(id), secret: 's' });
    t.equal(put.status, 400);
    t.equal(post.status, 400);
    t.same(put.body, post.body);
    await comesBack(t, call);
  });
}

t.test('PUT users/{400 letters} is refused as in a body', async (t) => {
  const call = await newWorld();
  const id = 'u'.repeat(400);
  t.same(await call(`PUT /providers/mailup/users/${id}`, {}).then(({ status }) => status), 400);
  t.same(await call('POST /providers/mailup/users', { id }).then(({ status }) => status), 400);
  t.equal((await call('PUT /providers/mailup/users/%C3%A9%20', {})).status, 201, 'a user has any text as id');
  await comesBack(t, call);
});

for (const now of ['9999-12-31T23:59:59-14:00', '0000-01-01T00:00:00+14:00', '9999-12-31T23:59:59-00:01']) {
  t.test(`limit "virtual time": ${now} is refused`, async (t) => {
    const call = await newWorld();
    t.equal((await call('PATCH /clock', { now })).status, 400);
    t.equal((await call('POST /clock/advance', { to: now })).status, 400);
    await comesBack(t, call);
  });
}

for (const now of ['9999-12-31T23:59:59.999Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59+14:00']) {
  t.test(`limit "virtual time": ${now} comes back`, async (t) => {
    const call = await newWorld();
    t.equal((await call('PATCH /clock', { now, rate: 1e6 })).status, 200);
    const pair = { clientId: demo.id, userId: demo.username };
    t.equal((await call('POST /providers/mailup/tokens', pair)).status, 201);
    await comesBack(t, call);
  });
}

t.test('limit "virtual time": a real clock that is set back 200 days at rate 1e6 stops at the year 0', (t) => {
  let real = Date.now();
  const clock = new VirtualClock(() => real);
  clock.rate = 1e6;
  real -= 200 * 86_400_000;
  t.equal(new Date(clock.now()).toISOString(), '0000-01-01T00:00:00.000Z');
  real += 800 * 86_400_000;
  t.ok(isInstant(new Date(clock.now()).toISOString()));
  t.end();
});

t.test('a duration has whole milliseconds, and only never has no end', async (t) => {
  t.equal(parseDuration('0.0001s'), 0);
  t.equal(parseDuration('0.0016s'), 0.002);
  const call = await newWorld();
  t.equal((await call('PATCH /providers/mailup/policy', { accessToken: `${'9'.repeat(400)}s` })).status, 400);
  t.equal((await call('PATCH /providers/mailup/policy', { accessToken: '1.0004s' })).status, 200);
  const minted = await call<{ accessToken: string }>('POST /providers/mailup/tokens', {
    clientId: demo.id,
    userId: demo.username,
  });
  t.equal(minted.status, 201);
  await comesBack(t, call);
});

/** A call of the admin API with random parts. Some are refused; none is answered 500. */
const id = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom('a', 'b'),
);
const provider = fc.constantFrom('mailup', 'tinyemail', 'dottedsign');
const text = fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('é\r\nX-Injected: 1', '\u0000', '__proto__'));
const duration = fc.oneof(
  fc.constantFrom('never', '0s', '0.0001s', '36500d', 'PT15M', '1h0.5s'),
  fc.double({ min: 0, max: 1e6, noNaN: true }).map((n) => `${n.toFixed(5)}s`),
);
const now = fc
  .tuple(
    fc.constantFrom('0000-01-01', '9999-12-31', '2026-02-28'),
    fc.constantFrom('00:00:00', '23:59:59.9999'),
    fc.constantFrom('Z', '+14:00', '-14:00'),
  )
  .map(([day, time, zone]) => `${day}T${time}${zone}`);
const given = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined });
const line = (method: string, ...path: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc
    .tuple(...path)
    .map((parts) => `${method} /${parts.map((part) => encodeURIComponent(part.toWellFormed())).join('/')}`);
const is = fc.constant<string>;
const pair = fc.record({
  clientId: is(demo.id),
  userId: is(demo.username),
  expiresIn: given(duration),
});
const fault = fc.constantFrom(
  { kind: 'pass' },
  { kind: 'hold' },
  { kind: 'delay', by: '1ms' },
  { kind: 'status', status: 503 },
  [{ kind: 'pass' }, { kind: 'hold' }],
);
const anyCall: fc.Arbitrary<[string, unknown]> = fc.oneof(
  fc.tuple(
    line('PUT', is('providers'), provider, is('clients'), id),
    fc.record({ secret: given(text), name: given(text), confidential: given(fc.boolean()) }),
  ),
  fc.tuple(
    line('PUT', is('providers'), provider, is('users'), id),
    fc.record({ username: given(text), name: given(text), profile: given(fc.dictionary(text, fc.jsonValue())) }),
  ),
  fc.tuple(
    line('PATCH', is('providers'), provider, is('policy')),
    fc.record({
      accessToken: given(duration),
      refreshToken: given(duration),
      code: given(duration),
      errors: given(fc.record({ 'code.expired': fc.record({ description: text }) })),
    }),
  ),
  fc.tuple(line('POST', is('providers'), provider, is('tokens')), pair),
  fc.tuple(line('POST', is('providers'), provider, is('codes')), pair),
  fc.tuple(
    line('PATCH', is('clock')),
    fc.record({ now: given(now), rate: given(fc.constantFrom(0.001, 1, 1e6)), skewSeconds: given(fc.integer()) }),
  ),
  fc.tuple(line('POST', is('clock'), is('advance')), fc.record({ by: duration })),
  fc.tuple(
    line('POST', is('faults')),
    fc.record({ id: given(id), match: fc.record({ clientId: given(text) }), fault }),
  ),
  fc.tuple(
    line('PUT', is('scenario')),
    fc.record({ seed: given(fc.oneof(fc.integer(), fc.constantFrom(1e308, 2 ** 53 + 1), text)), description: text }),
  ),
);

t.test('whatever the admin API takes, its own snapshot takes again', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyCall, { maxLength: 12 }), async (calls) => {
      const call = await newWorld();
      for (const [at, body] of calls) {
        const { status } = await call(at, body);
        if (status >= 500) throw new Error(`${at} ${JSON.stringify(body)} was answered ${status}`);
        await call('PATCH /clock', { frozen: true });
      }
      const { first, status, second, answer } = await trip(call);
      if (status !== 200) throw new Error(JSON.stringify(answer));
      t.strictSame(second, first);
    }),
    { numRuns: 50 },
  );
});

t.test('a restored world gives no number of a user again that was deleted before the snapshot', async (t) => {
  const number = async (call: Call, world: string, username: string): Promise<unknown> => {
    const pair = { clientId: demo.id, userId: username };
    const { accessToken } = (await call<{ accessToken: string }>('POST /providers/dottedsign/tokens', pair)).body;
    const headers = { authorization: `Bearer ${accessToken}` };
    const answer = await fetch(`${server.url}/w/${world}/dottedsign/v1/members/me`, { headers });
    return ((await answer.json()) as { data: { id: number } }).data.id;
  };
  const first = await newWorld();
  await first(`DELETE /providers/dottedsign/users/${demo.username}`);
  const { body } = await first('GET /snapshot');
  const second = await newWorld();
  t.equal((await second('PUT /snapshot', body)).status, 200);
  await second('POST /providers/dottedsign/users', { id: demo.username });
  const world = `trip${worlds}`;
  t.equal(await number(second, world, 'grace@example.test'), 2, 'others keep theirs');
  t.equal(await number(second, world, demo.username), 3);
});

t.test('a seed that JSON cannot keep exactly is refused', async (t) => {
  const admin = adminOf(server.url);
  for (const seed of ['1e400', '9007199254740993', '-1e21']) {
    t.match(await admin('PUT /worlds/seed', `{"seed":${seed}}`), { status: 400, body: { errors: [{ path: 'seed' }] } });
  }
  t.match(await admin('PUT /worlds/seed', '{"seed":9007199254740991}'), { body: { seed: '9007199254740991' } });
});
