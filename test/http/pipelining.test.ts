import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { halfOpenMs, pipelineBytes, pipelineLimit } from '../../src/http/connection/connection.js';
import { startServer } from '../support.js';
import type { Socket } from 'node:net';
import type { TestServer } from '../support.js';
import type { Fault } from '../../src/faults/kinds/index.js';

const get = (path: string, ...headers: string[]): string =>
  [`GET ${path} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n');
const first = get('/mailup/API/v1.1/Rest/first');
const second = get('/tinyemail/v1/second');
const form = 'grant_type=client_credentials&client_id=understudy-client&client_secret=understudy-secret';
const token = `POST /dottedsign/v1/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n${form}`;

interface Heard {
  readonly socket: Socket;
  readonly text: () => string;
  readonly statuses: () => string;
  readonly closed: () => boolean;
}

/** Sends bytes. The socket stays open for the answers if it ends its own side. */
async function say(server: TestServer, bytes: string, end = false): Promise<Heard> {
  const socket = connect({ port: Number(new URL(server.url).port), host: '127.0.0.1', allowHalfOpen: true });
  let text = '';
  let closed = false;
  socket.setEncoding('latin1').on('data', (part: string) => (text += part));
  socket.on('error', () => (closed = true));
  for (const event of ['end', 'close']) socket.on(event, () => (closed = true));
  await once(socket, 'connect');
  if (end) socket.end(bytes);
  else socket.write(bytes);
  t.teardown(() => {
    socket.destroy();
  });
  return {
    socket,
    text: () => text,
    statuses: () => (text.match(/(?<=HTTP\/1\.1 )\d{3}/g) ?? []).join(' '),
    closed: () => closed,
  };
}

async function soon(holds: () => boolean): Promise<boolean> {
  for (let looks = 0; looks < 500 && !holds(); looks += 1) await sleep(10);
  return holds();
}

async function serve(delayFirst: string, onSecond?: Fault): Promise<TestServer> {
  const server = await startServer();
  t.teardown(() => server.close());
  server
    .world()
    .faults.add([
      { match: { provider: 'mailup' }, fault: { kind: 'delay', for: delayFirst } },
      ...(onSecond === undefined ? [] : [{ match: { provider: 'tinyemail' }, fault: onSecond }]),
    ]);
  return server;
}

const statuses = (server: TestServer): unknown[] =>
  server
    .world()
    .journal.entries()
    .map(({ status }) => status);

for (const [fault, heard, recorded] of [
  [{ kind: 'cut' }, '401', [401, undefined, undefined]],
  [{ kind: 'drop' }, '401', [401, undefined, undefined]],
  [{ kind: 'close' }, '401', [401, undefined, undefined]],
  [{ kind: 'random-bytes' }, '401', [401, undefined, undefined]],
  [{ kind: 'truncate' }, '401 401', [401, 401, undefined]],
  [{ kind: 'bad-chunk' }, '401 401', [401, 401, undefined]],
] as const) {
  t.test(`${fault.kind} behind a delayed answer: the earlier answer arrives first`, async (t) => {
    const server = await serve('150ms', fault);
    const { statuses: arrived, closed } = await say(server, first + second + token);
    await sleep(50);
    t.equal(closed(), false, 'nothing happens before the earlier answer');
    t.ok(await soon(closed));
    t.equal(arrived(), heard);
    t.ok(
      await soon(() =>
        server
          .world()
          .journal.entries()
          .every((entry) => entry.durationMs !== undefined),
      ),
    );
    t.same(statuses(server), recorded, 'the journal tells the answers that were sent');
  });
}

t.test('gzip and drip behind a delayed answer keep their place', async (t) => {
  for (const fault of [{ kind: 'gzip' }, { kind: 'drip', every: '1ms' }] as const) {
    const server = await serve('100ms', fault);
    const { statuses: arrived } = await say(server, first + second + token);
    t.ok(await soon(() => arrived() === '401 401 200'), fault.kind);
    t.ok(await soon(() => String(statuses(server)) === '401,401,200'));
  }
});

t.test('an answer behind one that hangs is not told as sent', async (t) => {
  const server = await serve('0s', { kind: 'hang' });
  const { socket, statuses: arrived } = await say(server, first + second + token);
  t.ok(await soon(() => arrived() === '401' && server.realm('dottedsign').accessTokens.size === 1));
  await sleep(20);
  t.same(statuses(server), [401, undefined, undefined]);
  socket.destroy();
  t.ok(await soon(() => server.lastEntry().durationMs !== undefined));
  t.same(statuses(server), [401, undefined, undefined]);
});

t.test('what is no HTTP behind a delayed answer is refused after it', async (t) => {
  for (const garbage of ['NONSENSE\r\n\r\n', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', 'GET /\x80 HTTP/1.1\r\n\r\n']) {
    const server = await serve('100ms');
    const { socket, statuses: arrived, closed } = await say(server, first);
    await sleep(20);
    socket.write(garbage, 'latin1');
    await sleep(20);
    if (!socket.destroyed) socket.write('more\r\n\r\n');
    t.ok(await soon(closed), garbage);
    t.match(arrived(), /^401 40[05]$/, garbage);
  }
});

t.test('a client that ends its side with its request gets the delayed answer', async (t) => {
  const server = await serve('300ms');
  const { statuses: arrived, closed } = await say(server, first, true);
  t.ok(await soon(closed));
  t.equal(arrived(), '401');
  t.same(statuses(server), [401]);
  for (const path of ['/__admin/clock', '/__admin/journal', '/__admin/openapi.json', '/tinyemail/v1/x']) {
    const other = await say(server, get(path), true);
    t.ok(await soon(other.closed));
    t.match(other.statuses(), /^(200|401)$/, path);
  }
});

t.test('a client that ends its side later has left', async (t) => {
  const server = await serve('1m');
  const { socket, statuses: arrived, closed } = await say(server, first);
  await sleep(120);
  socket.end();
  t.ok(await soon(closed));
  t.equal(arrived(), '');
  t.ok(await soon(() => server.lastEntry().durationMs !== undefined));
  t.same(statuses(server), [undefined]);
});

t.test('limit "answer after the client ended its side": two seconds', async (t) => {
  const server = await serve('1m');
  const begun = performance.now();
  const { closed } = await say(server, first, true);
  t.ok(await soon(closed));
  t.ok(performance.now() - begun >= halfOpenMs - 100);
});

t.test('limit "pipelined answers": bytes that wait on one connection', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const body = 'x'.repeat(pipelineBytes / 4);
  server.world().faults.add([
    { match: { provider: 'mailup' }, fault: { kind: 'hang' } },
    { match: { provider: 'tinyemail' }, fault: { kind: 'status', status: 503, body } },
  ]);
  const few = await say(server, first + second.repeat(4));
  t.ok(await soon(() => server.world().journal.size === 5));
  await sleep(50);
  t.equal(few.closed(), false, 'within the limit');
  few.socket.write(second);
  t.ok(await soon(few.closed), 'above it, the connection is closed');
});

t.test('one large pipelined answer may be larger than the limit', async (t) => {
  const server = await serve('50ms', { kind: 'status', status: 503, body: 'x'.repeat(60_000) });
  const { statuses: arrived } = await say(server, first + second);
  t.ok(await soon(() => arrived() === '401 503'));
});

t.test('pipelined calls of the admin API are served one after the other', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const { text, statuses: arrived } = await say(
    server,
    get('/__admin/journal/wait?timeout=200ms') +
      'PUT /__admin/worlds/made HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}' +
      get('/__admin/worlds/made'),
  );
  await sleep(50);
  t.equal(server.worlds.use('made'), undefined, 'the second waits');
  t.ok(await soon(() => arrived() === '408 201 200'), text());
});

const put = (path: string, body: unknown, method = 'PUT'): string => {
  const text = JSON.stringify(body);
  const length = `Content-Length: ${text.length}`;
  return `${get(path, 'Content-Type: application/json', length).replace('GET', method)}${text}`;
};
const api = '/standard/api/me';

for (const [name, requests, heard] of [
  [
    'a fault',
    [put('/__admin/faults', { match: {}, fault: { kind: 'status', status: 503 } }, 'POST'), get(api)],
    '201 503',
  ],
  ['a world', [put('/__admin/worlds/made', {}), get(`/w/made${api}`)], '201 401'],
  [
    'a provider',
    [
      put('/__admin/providers/acme', { like: 'standard' }),
      get('/acme/api/me'),
      get('/__admin/providers/acme').replace('GET', 'DELETE'),
      get('/acme/api/me'),
      get('/mailup/x'),
    ],
    '200 401 204 404 404',
  ],
  ['a world at an encoded path', [put('/__%61dmin/worlds/made', {}), get(`/w/made${api}`)], '201 401'],
] as const) {
  t.test(`${name} of the admin API is there for the requests that are pipelined behind the call`, async (t) => {
    const server = await startServer();
    t.teardown(() => server.close());
    const { statuses: arrived } = await say(server, requests.join(''));
    await soon(() => arrived() === heard);
    t.equal(arrived(), heard);
  });
}

t.test('calls of the journal that are pipelined among other requests see those before them', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const journal = get('/__admin/journal');
  const { text } = await say(server, [journal, get(api), journal, get(api), get('/mailup/x'), journal].join(''));
  const counts = (): unknown[] =>
    (text().match(/"entries":\[.*?\]|"total":\d+/g) ?? []).filter((part) => part.includes('total'));
  await soon(() => counts().length === 3);
  t.same(counts(), ['"total":0', '"total":1', '"total":3']);
});

t.test('requests that wait for a call of the admin API count among the pipelined ones', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const slow = (timeout: string): string => get(`/__admin/journal/wait?timeout=${timeout}`);
  const enough = await say(server, slow('300ms') + get(api).repeat(pipelineLimit));
  await soon(() => enough.statuses().split(' ').length === pipelineLimit + 1);
  t.equal(enough.statuses(), `408${' 401'.repeat(pipelineLimit)}`);
  const tooMany = await say(server, slow('1m') + get(api).repeat(pipelineLimit + 1));
  t.ok(await soon(tooMany.closed));
  t.equal(tooMany.statuses(), '');
});

t.test('a request behind a call whose client has left has no effect', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const { socket } = await say(server, get('/__admin/journal/wait?timeout=1m') + get(api));
  // a request on another connection shows that those before it arrived
  await fetch(`${server.url}/__admin/health`);
  socket.destroy();
  await sleep(200);
  t.same(statuses(server), []);
});

t.test('requests behind an expectation that is refused have no effect', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const { statuses: arrived, closed } = await say(server, get(api, 'Expect: banana') + token);
  await soon(closed);
  t.equal(arrived(), '417');
  t.same(statuses(server), []);
});
