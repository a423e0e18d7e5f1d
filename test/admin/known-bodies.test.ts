import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import t from 'tap';
import { KnownBodies } from '../../src/admin/known-bodies.js';
import { start } from '../../src/client/index.js';
import { adminOf } from './calls.js';

t.test('limit "bodies of the admin API that are known": the one not sent for the longest time is forgotten', (t) => {
  const bodies = new KnownBodies();
  for (let i = 0; i < 64; i += 1) bodies.keep(`{"a":${i}}`, { a: i });
  const first = bodies.get('{"a":0}');
  t.same(first, { a: 0 });
  bodies.keep('{"a":64}', { a: 64 });
  t.equal(bodies.get('{"a":0}'), first, 'it was sent again');
  t.equal(bodies.get('{"a":1}'), undefined);
  const long = JSON.stringify({ a: 'x'.repeat(16 * 1024) });
  bodies.keep(long, JSON.parse(long));
  t.equal(bodies.get(long), undefined, 'too long to be kept');
  bodies.keep('1', 1);
  t.equal(bodies.get('1'), undefined, 'no object');
  t.end();
});

t.test('a known body cannot be changed, and is checked once by a schema', (t) => {
  const bodies = new KnownBodies();
  const [schema, other] = [Type.Object({}), Type.Object({})];
  const body = { list: [{ a: 1 }] };
  bodies.keep('text', body);
  t.throws(() => {
    body.list[0]!.a = 2;
  }, TypeError);
  t.equal(bodies.isChecked(schema, body), false);
  bodies.setChecked(schema, body);
  t.same([bodies.isChecked(schema, body), bodies.isChecked(other, body)], [true, false]);
  const unknown = {};
  bodies.setChecked(schema, unknown);
  t.equal(bodies.isChecked(schema, unknown), false, 'it could still change');
  t.end();
});

t.test('what a world of a known body changes, another one does not see', async (t) => {
  const server = await start();
  t.teardown(() => server.close());
  const admin = adminOf(server.url);
  const scenario = { extends: 'default', providers: { mailup: { policy: { accessToken: '2m' } } } };
  for (const id of ['one', 'two']) t.equal((await admin(`PUT /worlds/${id}`, { scenario })).status, 201);
  const [one, two] = [adminOf(`${server.url}/w/one`), adminOf(`${server.url}/w/two`)];
  const changes = [
    ['/policy', { accessToken: '1m' }],
    ['/clients/understudy-client', { name: 'Changed', redirectUris: ['http://changed.test/'] }],
    ['/users/ada@example.test', { name: 'Changed', suspended: true }],
  ] as const;
  for (const [path, change] of changes) {
    const about = `/providers/mailup${path}`;
    const before = (await two(`GET ${about}`)).body;
    t.equal((await one(`PATCH ${about}`, change)).status, 200, about);
    t.notSame((await one(`GET ${about}`)).body, before, about);
    t.strictSame((await two(`GET ${about}`)).body, before, about);
  }
  await admin('PUT /worlds/one', { scenario });
  t.match((await one('GET /providers/mailup/users/ada@example.test')).body, { name: 'Ada Lovelace', suspended: false });
});

const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

t.test(
  'a known body is resolved again when a file that it extends, or a provider that it names, has changed',
  async (t) => {
    const folder = t.testdir({
      scenarios: { 'base.yaml': 'providers: { mailup: { users: [{ username: eve }] } }\n' },
      providers: { 'acme.yaml': 'like: mailup\nhosts: []\n' },
    });
    const server = await start({ fixtures: join(folder, 'scenarios'), providers: join(folder, 'providers') });
    t.teardown(() => server.close());
    const admin = adminOf(server.url);
    const providers = { mailup: { policy: { code: '1m' } }, acme: {} };
    const put = (): ReturnType<typeof admin> => admin('PUT /worlds/w', { scenario: { extends: 'base', providers } });
    const usersAfterPut = async (): Promise<string> => {
      t.match((await put()).status, /^20[01]$/);
      return JSON.stringify((await adminOf(`${server.url}/w/w`)('GET /providers/mailup/users')).body);
    };
    t.match(await usersAfterPut(), '"eve"');
    t.match(await usersAfterPut(), '"eve"');
    writeFileSync(
      join(folder, 'scenarios', 'base.yaml'),
      'providers: { mailup: { users: [{ username: mallory }] } }\n',
    );
    while (!(await usersAfterPut()).includes('"mallory"')) await later();

    rmSync(join(folder, 'providers', 'acme.yaml'));
    while ((await put()).status !== 400) await later();
    t.match((await put()).body, { errors: [{ path: /acme/ }] }, 'a body with mistakes is refused each time');
  },
);
