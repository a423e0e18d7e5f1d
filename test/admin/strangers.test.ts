import t from 'tap';
import { introduction } from '../../src/commands/announce.js';
import { matches } from '../../src/core/redirect-matching.js';
import { providers } from '../../src/providers/index.js';
import { configOf } from '../../src/config.js';
import { openServer } from '../../src/server.js';
import { Worlds } from '../../src/world/worlds.js';
import { request } from '../raw.js';
import type { Test } from 'tap';
import type { Config } from '../../src/config.js';

const token = 'open-sesame-0123456789';

async function serve(t: Test, config: Partial<Config> = {}): Promise<string> {
  const server = await openServer({ ...configOf({ port: 0, logLevel: 'silent' }), ...config });
  t.teardown(() => server.close());
  server.worlds.open({ id: 'secret-project' });
  return server.url;
}

const unknown = ['/w/none/mailup/x', '/w/none/x', '/w/none', '/w/none/dottedsign/v1/oauth/token'];

t.test('with an admin token, a 404 names no world to a caller without it', async (t) => {
  const url = await serve(t, { adminToken: token });
  for (const path of unknown) {
    const answer = await request(url, `GET ${path}`);
    t.equal(answer.status, 404);
    t.notMatch(answer.text, 'secret-project', path);
    t.match(answer.body, 'Create it with PUT');
  }
  t.equal((await request(url, 'GET /w/none/__admin/clock')).status, 401);
  const known = await request(url, 'GET /w/none/__admin/clock', [`Authorization: Bearer ${token}`]);
  t.match([known.status, known.body], [404, 'secret-project'], 'who has the token is told');
});

t.test('without an admin token, on loopback, a 404 lists the worlds', async (t) => {
  const url = await serve(t);
  for (const path of unknown) t.match((await request(url, `GET ${path}`)).body, 'secret-project', path);
});

t.test('no cache keeps an answer of the admin API', async (t) => {
  const url = await serve(t);
  for (const path of ['clock', 'worlds', 'journal', 'snapshot', 'openapi.json', 'health', 'nothing', 'worlds/none']) {
    t.equal((await request(url, `GET /__admin/${path}`)).headers['cache-control'], 'no-store', path);
  }
});

t.test('a request with two lines Host is refused with 400, wherever it goes', async (t) => {
  const url = await serve(t);
  for (const path of ['/mailup/API/v1.1/Rest/x', '/__admin/clock', '/__admin/health', '/elsewhere', '/__admin/none']) {
    for (const second of ['Host: evil.example.test', 'HOST: localhost']) {
      t.equal((await request(url, `GET ${path}`, ['Host: localhost', second])).status, 400, `${path} ${second}`);
    }
  }
});

t.test('the guard looks at the host by which the request was routed', async (t) => {
  const url = await serve(t);
  const { port } = new URL(url);
  const status = async (target: string, ...headers: string[]): Promise<number> =>
    (await request(url, `GET ${target}`, ['Host: localhost', ...headers])).status;
  for (const host of [
    'evil.example.test',
    'evil.example.test:99999',
    'localhost@evil.example.test',
    'a:b@evil.test:1',
  ]) {
    t.equal(await status(`http://${host}/__admin/clock`), 403, host);
  }
  for (const host of [`localhost:${port}`, '127.0.0.1', `[::1]:${port}`, '[::1]']) {
    t.equal(await status(`http://${host}/__admin/clock`), 200, host);
  }
  t.equal(
    await status(`http://other/__admin/clock`, 'Origin: http://localhost', 'Sec-Fetch-Site: same-origin'),
    403,
    'the origin is compared with it too',
  );
  t.equal(await status(`http://localhost:${port}/__admin/clock`, `Origin: http://localhost:${port}`), 200);
});

t.test('the session cookie is Secure behind a base URL with https', async (t) => {
  const login =
    '/dottedsign/v1/oauth/authorize?client_id=understudy-client&response_type=code&redirect_uri=http://localhost:3000/callback';
  const cookies = async (config: Partial<Config>): Promise<string> => {
    const url = await serve(t, config);
    const toLogin = await request(url, `GET ${login}`);
    const page = await request(url, `GET ${toLogin.headers.location!.replace(/^https?:\/\/[^/]*/, '')}`);
    return `${toLogin.headers['set-cookie'] ?? ''} ${page.headers['set-cookie'] ?? ''}`;
  };
  t.match(await cookies({ baseUrl: 'https://mock.example.test' }), /HttpOnly; Secure; SameSite=Lax/);
  const plain = await cookies({ baseUrl: 'http://mock.example.test' });
  t.match(plain, 'HttpOnly');
  t.notMatch(plain, 'Secure');
});

t.test('loopback-any-port compares the values of a query apart', (t) => {
  const same = (a: string, b: string): boolean =>
    matches('loopback-any-port', `http://127.0.0.1/c?${a}`, `http://127.0.0.1:5000/c?${b}`);
  t.ok(same('a=1&b=2', 'b=2&a=1'));
  t.notOk(same('a=1%26b=2', 'a=1&b=2'));
  t.notOk(same('a=1&b=2', 'a=1%26b%3D2'));
  t.notOk(same('a%3D1=2', 'a=1%3D2'));
  t.end();
});

t.test('the start-up lines show a secret only if it is the built-in one', (t) => {
  const [provider] = providers;
  const lines = (scenario: Parameters<typeof introduction>[2]): string =>
    introduction(provider!, 'http://here', scenario).join('\n');
  t.match(lines(new Worlds({ providers }).scenario), /secret understudy-secret\n.*password understudy$/);
  const own = lines({
    providers: {
      [provider!.name]: {
        clients: [{ id: 'mine', secret: 'from-production' }],
        users: [{ id: 'eve', password: 'hunter22' }],
      },
    },
  });
  t.match(own, /client +mine {2}secret \(as in the scenario\)\n.*user +eve {2}password \(as in the scenario\)/);
  t.notMatch(own, /from-production|hunter22/);
  t.end();
});

t.test('a step of the real clock drops no world that is in use', (t) => {
  const worlds = new Worlds({ providers, idleSeconds: 3600 });
  worlds.open({ id: 'used' });
  const real = Date.now;
  for (const hours of [2, -2]) {
    const capture = t.capture(Date, 'now', () => real() + hours * 3_600_000);
    t.equal(worlds.dropIdle(), 0);
    capture.restore();
  }
  t.equal(worlds.size, 2);
  t.end();
});
