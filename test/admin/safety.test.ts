import t from 'tap';
import { adminAccess } from '../../src/admin/guard.js';
import { configOf } from '../../src/config.js';
import { openServer } from '../../src/server.js';
import { request, sendRaw } from '../raw.js';
import { adminOf } from './calls.js';
import type { Test } from 'tap';
import type { Config } from '../../src/config.js';
import type { Server } from '../../src/server.js';
import type { RawAnswer } from '../raw.js';

const token = 'open-sesame-0123456789';

async function serve(t: Test, config: Partial<Config> = {}): Promise<Server & { readonly port: string }> {
  const server = await openServer({ ...configOf({ port: 0, logLevel: 'silent' }), ...config });
  t.teardown(() => server.close());
  return Object.assign(server, { port: new URL(server.url).port });
}

/** Asserts that no refused request has created a world. */
const isUntouched = (t: Test, { worlds }: Server): void => {
  t.strictSame(
    worlds.list().map(({ id }) => id),
    ['default'],
  );
};

const problem = ({
  status,
  headers,
  body,
}: RawAnswer): { status: number; type: string | undefined; title: string } => ({
  status,
  type: headers['content-type'],
  title: (JSON.parse(body) as { title: string }).title,
});

const json = ['Content-Type: application/json'];
const make = 'POST /__admin/worlds';

void t.test('the access mode of the admin API follows from --host, --admin and --admin-token', (t) => {
  const at = (host: string, more: Partial<Parameters<typeof adminAccess>[0]> = {}): unknown =>
    adminAccess({ host, adminToken: undefined, admin: 'guarded', ...more });
  for (const host of ['127.0.0.1', '::1', 'localhost']) t.strictSame(at(host), { mode: 'open' }, host);
  for (const host of ['0.0.0.0', '::', '192.0.2.1', 'example.test']) t.strictSame(at(host), { mode: 'off' }, host);
  t.strictSame(at('0.0.0.0', { admin: 'open' }), { mode: 'open' });
  t.strictSame(at('127.0.0.1', { adminToken: token }), { mode: 'token', token });
  t.strictSame(
    at('0.0.0.0', { adminToken: token, admin: 'open' }),
    { mode: 'token', token },
    'a token is required if one is set',
  );
  t.end();
});

void t.test('beyond the loopback interface, the admin API is off by default, and health is served', async (t) => {
  const server = await serve(t, { host: '0.0.0.0' });
  t.equal(new URL(server.url).hostname, 'localhost');
  const url = `http://127.0.0.1:${server.port}`;
  for (const line of [
    make,
    'GET /__admin/worlds',
    'GET /__admin/openapi.json',
    'GET /__admin/docs',
    'GET /__admin',
    'GET /__admin/nothing',
    'GET /w/default/__admin/clock',
    'OPTIONS /__admin/clock',
  ]) {
    t.strictSame(
      problem(await request(url, line, json, line === make ? '{}' : '')),
      { status: 403, type: 'application/problem+json; charset=utf-8', title: 'The admin API is off' },
      line,
    );
  }
  t.equal((await request(url, 'GET /__admin/health')).status, 200);
  t.equal((await request(url, 'GET /mailup/nothing')).status, 404, 'the providers are served');
  isUntouched(t, server);
});

void t.test('with --admin open, the admin API is open beyond the loopback interface', async (t) => {
  const server = await serve(t, { host: '0.0.0.0', admin: 'open' });
  t.equal((await request(`http://127.0.0.1:${server.port}`, make, json, '{"id":"mine"}')).status, 201);
});

void t.test('with a token set', async (t) => {
  const server = await serve(t, { adminToken: token });
  const { url } = server;

  void t.test('a request with the token is served, from any Host and Origin', async (t) => {
    for (const header of [`Authorization: Bearer ${token}`, `authorization: bearer   ${token}  `]) {
      t.equal((await request(url, 'GET /__admin/clock', [header])).status, 200, header);
    }
    t.equal(
      (
        await request(url, 'GET /__admin/clock', [
          `Authorization: Bearer ${token}`,
          'Host: steer.example.test',
          'Origin: https://elsewhere.example.test',
        ])
      ).status,
      200,
    );
    t.equal((await request(url, 'GET /w/default/__admin/clock', [`Authorization: Bearer ${token}`])).status, 200);
  });

  void t.test('a wrong token, or a token in another place, is refused', async (t) => {
    const basic = Buffer.from(`admin:${token}`).toString('base64');
    const tries: [string, string[]][] = [
      ['GET /__admin/clock', []],
      ...[
        'Bearer',
        'Bearer ',
        `Bearer ${token}x`,
        `Bearer ${token.slice(1)}`,
        `Bearer ${token.toUpperCase()}`,
        `Basic ${basic}`,
        token,
        `Token ${token}`,
        `Bearer ${token} ${token}`,
      ].map((value): [string, string[]] => ['GET /__admin/clock', [`Authorization: ${value}`]]),
      [`GET /__admin/clock?token=${token}`, []],
      [`GET /__admin/clock?access_token=${token}`, []],
      ['GET /__admin/clock', [`Cookie: token=${token}`]],
      ['GET /__admin/clock', [`X-Admin-Token: ${token}`]],
      ['GET /__admin/openapi.json', []],
      ['GET /__admin/docs/static/index.html', []],
      ['GET /w/default/__admin/clock', []],
      ['GET /%5f%5fadmin/clock', []],
      ['HEAD /__admin/clock', []],
      ['OPTIONS /__admin/clock', []],
    ];
    for (const [line, headers] of tries) {
      const answer = await request(url, line, headers);
      t.equal(answer.status, 401, `${line} ${headers.join()}`);
      t.equal(answer.headers['www-authenticate'], 'Bearer realm="understudy admin"');
      t.notMatch(answer.body, token);
    }
    t.equal((await request(url, make, json, `{"token":"${token}"}`)).status, 401);
    isUntouched(t, server);
  });

  void t.test('health needs no token', async (t) => {
    t.equal((await request(url, 'GET /__admin/health')).status, 200);
    t.equal(
      (await request(url, 'GET /w/default/__admin/health')).status,
      404,
      'only the health of the server is exempt',
    );
  });
});

void t.test('on the loopback interface', async (t) => {
  const server = await serve(t);
  const { url, port } = server;

  void t.test('requests by IP address, localhost or a single-label Host are served', async (t) => {
    for (const host of [
      '127.0.0.1',
      `127.0.0.1:${port}`,
      'localhost',
      `localhost:${port}`,
      '[::1]',
      '[::1]:8080',
      'understudy',
      'understudy:8080',
      'app.localhost',
      '192.0.2.7',
    ]) {
      t.equal((await request(url, 'GET /__admin/clock', [`Host: ${host}`])).status, 200, host);
    }
  });

  void t.test('a Host with a public name is refused (DNS rebinding)', async (t) => {
    for (const host of [
      'evil.example.test',
      `evil.example.test:${port}`,
      'EVIL.EXAMPLE.TEST',
      'localhost.evil.test',
      '127.0.0.1.evil.test',
      '127.0.0.1.',
      'services.mailup.com',
      'api.dottedsign.com:443',
    ]) {
      for (const path of [
        '/__admin/worlds',
        '/w/default/__admin/reset',
        '/__admin/openapi.json',
        '/__admin/docs',
        '/__admin/nothing',
      ]) {
        const answer = await request(url, `${path.includes('reset') ? 'POST' : 'GET'} ${path}`, [`Host: ${host}`]);
        t.strictSame(
          problem(answer),
          { status: 403, type: 'application/problem+json; charset=utf-8', title: 'Host not allowed' },
          `${host} ${path}`,
        );
      }
      t.equal((await request(url, make, [...json, `Host: ${host}`], '{}')).status, 403);
      t.equal((await request(url, 'GET /__admin/health', [`Host: ${host}`])).status, 200, 'health is served');
    }
    isUntouched(t, server);
  });

  void t.test('the host of an absolute request target counts, not the Host header', async (t) => {
    t.equal((await request(url, 'GET http://evil.example.test/__admin/clock', ['Host: localhost'])).status, 403);
    t.equal((await request(url, 'GET http://services.mailup.com/__admin/clock', ['Host: localhost'])).status, 403);
    t.equal((await request(url, `GET http://localhost:${port}/__admin/clock`, ['Host: localhost'])).status, 200);
    t.match(
      await sendRaw(url, 'GET /__admin/clock HTTP/1.0\r\n\r\n'),
      /^HTTP\/1\.1 200 /,
      'a request without Host is served: no browser sends one',
    );
  });

  void t.test('a request from another origin is refused, with or without a preflight', async (t) => {
    const foreign = [
      ['Origin: https://evil.example.test'],
      ['Origin: null'],
      ['Origin: nonsense'],
      [`Origin: http://localhost:${Number(port) + 1}`],
      ['Origin: http://127.0.0.1'],
      ['Sec-Fetch-Site: cross-site'],
      ['Sec-Fetch-Site: same-site'],
    ];
    for (const headers of foreign) {
      t.strictSame(
        problem(await request(url, make, [...json, ...headers], '{}')),
        { status: 403, type: 'application/problem+json; charset=utf-8', title: 'Origin not allowed' },
        headers.join(),
      );
      const preflight = await request(url, 'OPTIONS /__admin/worlds', [
        ...headers,
        'Access-Control-Request-Method: POST',
      ]);
      t.equal(preflight.status, 403);
      t.notMatch(preflight.text, /access-control-allow/i);
      for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain']) {
        t.equal(
          (await request(url, 'POST /__admin/reset', [...headers, `Content-Type: ${type}`], '{"id":"x"}=')).status,
          403,
          'a cross-site form',
        );
      }
    }
    isUntouched(t, server);
  });

  void t.test('a form without Origin and Sec-Fetch-Site is refused by its Content-Type', async (t) => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
      'text/plain; charset=application/json',
    ]) {
      for (const line of [make, 'PUT /__admin/scenario', 'POST /__admin/reset', 'POST /__admin/verify']) {
        t.equal((await request(url, line, [`Content-Type: ${type}`], '{"id":"x"}')).status, 415, `${line} ${type}`);
      }
    }
    isUntouched(t, server);
  });

  void t.test('requests from the documentation page are served', async (t) => {
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`]) {
      t.not(
        (
          await request(
            url,
            make,
            [...json, `Host: ${host}`, `Origin: http://${host}`, 'Sec-Fetch-Site: same-origin'],
            '{"id":"mine"}',
          )
        ).status,
        403,
      );
      t.equal((await request(url, 'GET /__admin/docs', [`Host: ${host}`, 'Sec-Fetch-Site: none'])).status, 200);
    }
    await adminOf(url)('DELETE /worlds/mine');
    isUntouched(t, server);
  });

  void t.test('no spelling of a path avoids the check or reaches another world', async (t) => {
    const paths = [
      '/w/../__admin/worlds',
      '/w/%2e%2e/__admin/worlds',
      '/w/./__admin/worlds',
      '/w//__admin/worlds',
      '/w/default/../../__admin/worlds',
      '/mailup/../__admin/worlds',
      '/mailup/%2e%2e/__admin/worlds',
      '/mailup/..%2f__admin/worlds',
      '//__admin/worlds',
      '/__admin//worlds',
      '/__admin/./worlds',
      '/__admin/worlds/',
      '/__admin%2fworlds',
      '/__admin%2Fworlds',
      '/w/default%2f__admin/worlds',
      '/w%2fdefault/__admin/worlds',
      '/%2f__admin/worlds',
      '/__admin;/worlds',
      '/__admin/worlds;x=1',
      '/__ADMIN/worlds',
      '/\\__admin/worlds',
      '/__admin\\worlds',
      '/__admin/worlds%00',
      '/__admin/worlds%',
      '/w/default/w/default/__admin/worlds',
      '/w/default/__admin/worlds',
    ];
    for (const path of paths) {
      for (const method of ['GET', 'POST']) {
        const plain = await request(url, `${method} ${path}`, json, method === 'POST' ? '{"id":"intruder"}' : '');
        t.ok([400, 404, 405].includes(plain.status), `${method} ${path} answered ${plain.status}`);
        const named = await request(
          url,
          `${method} ${path}`,
          [...json, 'Host: evil.example.test'],
          method === 'POST' ? '{"id":"intruder"}' : '',
        );
        t.ok(
          [400, 403, 404, 405].includes(named.status),
          `${method} ${path} with a foreign Host answered ${named.status}`,
        );
      }
    }
    isUntouched(t, server);
    t.equal((await request(url, 'GET /%5f%5fadmin/clock')).status, 200, 'a percent-encoded path is the same call');
    t.equal(
      (await request(url, 'GET /%5f%5fadmin/clock', ['Host: evil.example.test'])).status,
      403,
      'with the same check',
    );
    t.equal(
      (await request(url, 'GET /%5f%5fadmin/clock', ['Host: services.mailup.com'])).status,
      404,
      'at the Host of a provider, the path belongs to the provider',
    );
  });
});

void t.test('the host of --base-url is allowed too', async (t) => {
  const { url } = await serve(t, { baseUrl: 'http://understudy.ci.example.test:8080' });
  t.equal((await request(url, 'GET /__admin/clock', ['Host: understudy.ci.example.test:8080'])).status, 200);
  t.equal((await request(url, 'GET /__admin/clock', ['Host: ci.example.test'])).status, 403);
  t.match((await adminOf(url)('GET /worlds/default')).body, { baseUrl: 'http://understudy.ci.example.test:8080' });
});
