import t from 'tap';
import { configOf } from '../../src/config.js';
import { openServer } from '../../src/server.js';
import { believeForwarded } from '../../src/http/forwarded.js';
import { request } from '../raw.js';
import { demo } from '../support.js';
import type { IncomingMessage } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import type { Test } from 'tap';
import type { WorldAnswer } from '../../src/admin/schemas/worlds.js';
import type { StartOptions } from '../../src/client/index.js';

async function serve(t: Test, options: StartOptions): Promise<string> {
  const server = await openServer(configOf({ port: 0, logLevel: 'silent', ...options }));
  t.teardown(() => server.close());
  return server.url;
}

/** Reads headers as a server with the setting does. */
function read(headers: Readonly<Record<string, string>>): { host?: string; protocol?: string; warned?: string } {
  let warned: string | undefined;
  const log = { warn: (line: string) => (warned = line) } as unknown as FastifyBaseLogger;
  const reader = believeForwarded(log);
  const message = { headers } as unknown as IncomingMessage;
  const { host, protocol } = reader(message);
  t.equal(reader(message).host, host, 'read again');
  return {
    ...(host === undefined ? {} : { host }),
    ...(protocol === undefined ? {} : { protocol }),
    ...(warned === undefined ? {} : { warned }),
  };
}

/** What the server takes from the request: the URLs of an answer, the cookie, and the provider of the host. */
async function seen(
  url: string,
  headers: readonly string[],
): Promise<{ baseUrl: string; secure: boolean; routed: number }> {
  const world = await request(url, 'GET /__admin/worlds/default', headers);
  const query = new URLSearchParams({ response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri });
  const login = await request(url, `GET /dottedsign/oauth/authorize?${query.toString()}`, headers);
  const page = await request(url, `GET ${String(login.headers.location)}`, headers);
  const cookie = login.headers['set-cookie'] ?? page.headers['set-cookie'] ?? '';
  return {
    baseUrl: (JSON.parse(world.body) as Partial<WorldAnswer>).baseUrl ?? String(world.status),
    secure: /; secure/i.test(cookie),
    routed: (await request(url, 'POST /Authorization/OAuth/Token', headers)).status,
  };
}

const spellings = [
  ['Forwarded: for=192.0.2.60;proto=https;host="mock:444"'],
  ['X-Forwarded-Proto: https', 'X-Forwarded-Host: mock:444'],
];

void t.test('without the setting, no header of a proxy changes anything', async (t) => {
  const url = await serve(t, {});
  const plain = await seen(url, []);
  t.strictSame(plain, { baseUrl: url, secure: false, routed: 404 });
  for (const headers of [
    ...spellings,
    ['X-Forwarded-Host: services.mailup.com'],
    ['Forwarded: host="'],
    ['X-Forwarded-Host: evil.test'],
  ]) {
    t.strictSame(await seen(url, headers), plain, headers.join(', '));
  }
});

void t.test('with the setting', async (t) => {
  const url = await serve(t, { trustProxy: true });

  void t.test('host and protocol are those that the client asked for', async (t) => {
    t.strictSame(await seen(url, []), { baseUrl: url, secure: false, routed: 404 });
    for (const headers of spellings) {
      t.strictSame(
        await seen(url, headers),
        { baseUrl: 'https://mock:444', secure: true, routed: 404 },
        headers.join(),
      );
    }
    t.equal((await seen(url, ['X-Forwarded-Proto: https'])).baseUrl, url.replace('http:', 'https:'));
  });

  void t.test('the host of a provider routes to it', async (t) => {
    for (const header of ['X-Forwarded-Host: services.mailup.com', 'Forwarded: host=services.mailup.com']) {
      const { status, body } = await request(url, 'POST /Authorization/OAuth/Token', [header]);
      t.equal(status, 400);
      t.match(JSON.parse(body), { error: String });
    }
    const query = new URLSearchParams({ response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri });
    const { headers } = await request(url, `GET /oauth/authorize?${query.toString()}`, [
      'X-Forwarded-Host: api.dottedsign.com',
    ]);
    const { body } = await request(url, 'GET /__admin/journal?provider=dottedsign');
    const { entries } = JSON.parse(body) as { entries: { request: { host: string } }[] };
    t.equal(entries.at(-1)?.request.host, 'api.dottedsign.com', 'the journal shows it');
    t.match(headers.location, /^\/[^/]/, 'a path without the prefix of the provider');
    t.notMatch(headers.location, '/dottedsign/');
  });

  void t.test('Forwarded replaces the others, and an absolute URL precedes both', async (t) => {
    const others = ['X-Forwarded-Proto: https', 'X-Forwarded-Host: other'];
    t.equal((await seen(url, ['Forwarded: host=mock', ...others])).baseUrl, 'http://mock');
    t.equal((await seen(url, ['Forwarded: for=_hidden', ...others])).baseUrl, url);
    const { body } = await request(url, 'GET http://absolute/__admin/worlds/default', others);
    t.match(JSON.parse(body), { baseUrl: 'https://absolute' });
  });

  void t.test('the admin API checks the host that the client asked for, and the Host as well', async (t) => {
    const status = async (...headers: string[]): Promise<number> =>
      (await request(url, 'GET /__admin/clock', headers)).status;
    t.equal(await status('X-Forwarded-Host: localhost:81'), 200);
    t.equal(await status('X-Forwarded-Host: evil.test'), 403);
    t.equal(await status('Forwarded: host=evil.test'), 403);
    t.equal(await status('Host: evil.test', 'X-Forwarded-Host: localhost'), 403, 'a page can send this header');
    t.equal(await status('X-Forwarded-Host: mock', 'Origin: http://mock'), 200);
    t.equal(await status('X-Forwarded-Host: mock', 'X-Forwarded-Proto: https', `Origin: ${url}`), 403);
    const named = await serve(t, { trustProxy: true, baseUrl: 'https://mock.example.test' });
    t.equal(
      (await request(named, 'GET /__admin/clock', ['X-Forwarded-Host: mock.example.test'])).status,
      200,
      'the host of the base URL',
    );
  });

  void t.test('the base URL precedes them, and its cookies are still Secure behind HTTPS', async (t) => {
    const based = await serve(t, { trustProxy: true, baseUrl: 'http://base' });
    t.match(await seen(based, spellings[0]!), { baseUrl: 'http://base', secure: true });
  });

  void t.test('hostile values change nothing, and reach no header of an answer', async (t) => {
    for (const value of [
      '"><script>',
      'a\tb',
      'evil test',
      'a@b',
      'a/b',
      'a;b',
      'http://a',
      '[::1',
      'a:70000',
      '\xe9',
      '%0d%0aset-cookie:x',
      '',
    ]) {
      for (const header of [
        `X-Forwarded-Host: ${value}`,
        `Forwarded: host="${value}"`,
        `X-Forwarded-Proto: ${value}`,
      ]) {
        t.strictSame(await seen(url, [header]), { baseUrl: url, secure: false, routed: 404 }, header);
      }
    }
  });
});

void t.test('the header Forwarded is read by RFC 7239', (t) => {
  for (const [header, expected] of [
    ['host=a', { host: 'a' }],
    [
      'For="[2001:db8::1]:4711" ; Proto=HTTPS; by=203.0.113.43;Host="[::1]:8080"',
      { host: '[::1]:8080', protocol: 'https' },
    ],
    ['host=a;proto=http, host=b, for=c', {}],
    ['host=a, proto=https;host=b', { host: 'b', protocol: 'https' }],
    [', host=a,, ', { host: 'a' }],
    [String.raw`host="\a\.test"`, { host: 'a.test' }],
    ['ext="a, b; host=c\\"";host=d', { host: 'd' }],
    ['', {}],
  ] as const) {
    t.strictSame(read({ forwarded: header }), expected, header);
  }
  for (const header of [
    'host=',
    'host="a',
    'host',
    'host=a b=c',
    'host=a"b"',
    'host=a;host=b',
    '=a',
    'host="\u0100"',
    'host=a"',
  ]) {
    t.match(read({ forwarded: header }), { warned: 'RFC 7239 §4', host: undefined }, header);
  }
  t.end();
});

void t.test('of several values the last counts; one that is malformed is ignored with a line in the log', (t) => {
  t.strictSame(read({ 'x-forwarded-host': 'evil.test, mock:1', 'x-forwarded-proto': 'http , https' }), {
    host: 'mock:1',
    protocol: 'https',
  });
  t.strictSame(read({ 'x-forwarded-host': 'mock', 'x-forwarded-proto': 'gopher' }), {
    warned: 'what a proxy says about a request is ignored: "gopher" is no protocol; expected http or https',
  });
  t.strictSame(read({ 'x-forwarded-host': 'a\\b"' }), {
    warned: String.raw`what a proxy says about a request is ignored: "a\\b\"" is no host`,
  });
  t.match(read({ 'x-forwarded-host': `${'a'.repeat(16_000)}!` }).warned, /^.{50,200}$/);
  t.end();
});
