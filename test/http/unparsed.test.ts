import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { findProvider } from '../../src/providers/index.js';
import { sendRaw } from '../raw.js';
import { adminOf } from '../admin/calls.js';
import { startServer } from '../support.js';

const server = await startServer();
t.teardown(() => server.close());

const lines: string[] = [];
server.app.log.warn = ((_facts: object, text: string) => void lines.push(text)) as typeof server.app.log.warn;

const rest = 'Host: h\r\nConnection: close\r\n\r\n';
const refused: Readonly<Record<string, readonly [string | Buffer, RegExp]>> = {
  'a space in the URL': [`GET /mailup/x?scope=a b HTTP/1.1\r\n${rest}`, /has a space/],
  'a TLS handshake': [Buffer.from('16030102000100', 'hex'), /speaks TLS.*http:\/\//],
  'HTTP/2 at once': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /HTTP\/2/],
  'a header name with a space': [`GET / HTTP/1.1\r\nX y: 1\r\n${rest}`, /a header has a character/],
  'raw UTF-8 in a URL whose line is not complete': ['GET /mailup/café', /characters outside ASCII/],
  'raw UTF-8 in the URL of a method that no API has': [
    `M-SEARCH /café HTTP/1.1\r\n${rest}`,
    /characters outside ASCII/,
  ],
  'a control character in the URL': [`GET /mailup/\x01 HTTP/1.1\r\n${rest}`, /a character that has to be/],
  CONNECT: [`CONNECT api.example:443 HTTP/1.1\r\n${rest}`, /takes this server for a proxy/],
};

for (const [name, [bytes, reason]] of Object.entries(refused)) {
  t.test(`${name} is answered 400 and logged once, with the likely reason`, async (t) => {
    lines.length = 0;
    const answer = await sendRaw(server.url, bytes);
    t.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
    t.match(answer, reason);
    t.equal(lines.length, 1);
    t.match(lines[0], reason);
    t.notMatch(lines[0], /café|scope=/, 'without the bytes of the request');
  });
}

t.test('a request that ends before it is complete is refused with words', async (t) => {
  const { hostname, port } = new URL(server.url);
  // the first request makes the app of the provider
  await fetch(`${server.url}/mailup/x`);
  const head = 'POST /mailup/Authorization/OAuth/Token HTTP/1.1\r\nHost: h\r\n';
  for (const bytes of ['GET /mai', head, `${head}Content-Length: 10\r\n\r\nsecret=`]) {
    lines.length = 0;
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.end(bytes);
    await once(socket, 'close');
    t.match(answer, /^HTTP\/1\.1 400 [^]*The request is not complete.*Content-Length larger than the body/);
    t.match(lines, [/could not be parsed: the client ended its side/]);
    t.notMatch(lines.join(), 'secret');
  }
  t.match(server.lastEntry().notes, [/the server answered 400, .*before the request was complete/]);
});

const callback = 'http://localhost:3000/callback';
const authorize = (provider: 'mailup' | 'tinyemail' | 'dottedsign', state: string): string => {
  const { name, endpoints } = findProvider(provider)!;
  const query = `response_type=code&client_id=understudy-client&redirect_uri=${encodeURIComponent(callback)}`;
  return `/${name}${endpoints.authorize[0]}?${query}&state=${state}`;
};

t.test(
  'raw UTF-8 in a URL is read as if it were encoded, where the policy accepts it [dottedsign.paths.raw-bytes] [mailup.path.raw-bytes]',
  async (t) => {
    for (const provider of ['dottedsign', 'mailup'] as const) {
      lines.length = 0;
      const answer = await sendRaw(server.url, `GET ${authorize(provider, 'café')} HTTP/1.1\r\n${rest}`);
      t.match(answer, /^HTTP\/1\.1 302 Found\r\n/, provider);
      const entry = server.lastEntry();
      t.match(entry.url, /state=caf%C3%A9$/);
      t.match(entry.notes, [/bytes outside ASCII.*percent-encoded/]);
      t.same(lines, [], 'nothing is logged');
    }
  },
);

t.test('the connection serves further requests, raw and encoded', async (t) => {
  const get = (path: string, last = false): string =>
    `GET ${path} HTTP/1.1\r\nHost: h\r\n${last ? 'Connection: close\r\n' : ''}\r\n`;
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  // before the last answer: the connection may close together with it
  const closed = once(socket, 'close');
  let received = '';
  socket.setEncoding('utf8').on('data', (text: string) => (received += text));
  const paths = ['/dottedsign/café', '/dottedsign/nothing', '/dottedsign/über?x=ß'];
  for (const [i, path] of paths.entries()) {
    socket.write(get(path, i === paths.length - 1));
    for (let waits = 0; waits < 1000 && received.split('HTTP/1.1 404').length < i + 2; waits += 1) await setTimeout(5);
  }
  await closed;
  t.equal(received.split('HTTP/1.1 404').length, 4);
  t.match(server.lastEntry().url, '/dottedsign/%C3%BCber?x=%C3%9F');
});

t.test('raw UTF-8 in a URL is refused by policy, and the journal says so [tinyemail.path.raw-bytes]', async (t) => {
  const answer = await sendRaw(server.url, `GET ${authorize('tinyemail', 'café')} HTTP/1.1\r\n${rest}`);
  t.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
  const entry = server.lastEntry();
  t.match(entry, { reason: 'request.path-malformed', explanation: /bytes outside ASCII.*percent-encoded/ });
});

t.test('a body with bytes outside ASCII before a broken request is not taken for a request line', async (t) => {
  const body = 'é GET /é';
  const answer = await sendRaw(
    server.url,
    `POST /dottedsign/x HTTP/1.1\r\nHost: h\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}GET /mailup/é HTTP/1.1\r\n${rest}`,
  );
  t.match(answer, /HTTP\/1\.1 400 Bad Request/);
});

t.test('of two requests that cannot be parsed, the first is answered, after the answers before it', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  await adminOf(server.url)('POST /faults', { match: {}, fault: { kind: 'delay', for: '200ms' } });
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port) });
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  socket.write('GET /tinyemail/v1/x HTTP/1.1\r\nHost: x\r\n\r\nNONSENSE\r\n\r\n');
  await setTimeout(50);
  socket.write('MORE NONSENSE\r\n\r\n');
  await once(socket, 'close');
  t.same(text.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 401', 'HTTP/1.1 405']);
});

t.test('a request to upgrade is answered without an upgrade, and the connection is closed', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  for (const path of ['/tinyemail/v1/contacts', '/__admin/health', '/nothing']) {
    const first = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    const text = await sendRaw(server.url, first + `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    t.equal(text.match(/^HTTP\/1\.1 \d+/gm)?.length, 1, path);
    t.match(text, /^connection: close\r$/im, path);
  }
});

t.test('a request without Host and an unknown expectation are refused with words', async (t) => {
  lines.length = 0;
  for (const path of ['/tinyemail/v1/contacts', '/__admin/health', '/nothing']) {
    t.match(
      await sendRaw(server.url, `GET ${path} HTTP/1.1\r\nConnection: close\r\n\r\n`),
      /^HTTP\/1\.1 400 [^]*no header line Host/,
      path,
    );
    t.notMatch(await sendRaw(server.url, `GET ${path} HTTP/1.0\r\n\r\n`), /header line Host/, path);
    t.match(
      await sendRaw(server.url, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nExpect: banana\r\n\r\n`),
      /^HTTP\/1\.1 417 [^]*expects \\"banana\\"/,
      path,
    );
    t.match(lines.pop(), 'an Expect other than 100-continue', path);
  }
});
