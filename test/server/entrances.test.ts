import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect, createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import t from 'tap';
import { configOf, programDefaults } from '../../src/config.js';
import { start } from '../../src/library.js';
import { openServer } from '../../src/server.js';
import { certificateMaker, makeAuthority } from '../../src/tls/make-certificates.js';
import { request, sendRaw } from '../raw.js';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Server } from '../../src/server.js';
import { freePort } from '../free-port.js';

const caDir = mkdtempSync(join(tmpdir(), 'entrances-'));
const open = (more: object = {}): Promise<Server> =>
  openServer(configOf({ tls: true, proxy: true, caDir, ...more }, programDefaults));

interface Got {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const refresh = 'grant_type=refresh_token&refresh_token=x';
const form = { 'content-type': 'application/x-www-form-urlencoded', connection: 'close' };

/** Sends a request with Node's client. A proxy gets a tunnel, also for http. */
async function send(
  url: string,
  {
    via,
    ca,
    body,
    headers = {},
    servername,
  }: { via?: string; ca?: string; body?: string; headers?: object; servername?: string },
): Promise<Got> {
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  const agent = via === undefined ? undefined : new HttpsProxyAgent(via);
  const sent = send(url, {
    method: body === undefined ? 'GET' : 'POST',
    servername,
    agent,
    ca,
    headers: { ...(body === undefined ? { connection: 'close' } : form), ...headers },
  });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += String(chunk);
  return { status: answer.statusCode!, headers: answer.headers, body: text };
}

const mailupToken = '/Authorization/OAuth/Token';

t.test('entrances', async (t) => {
  const server = await open();
  const { url, worlds } = server;
  const tlsUrl = server.tlsUrl!;
  const via = server.proxyUrl!;
  const ca = server.authority!.certificate;
  t.teardown(async () => {
    await server.close();
    rmSync(caDir, { recursive: true });
  });
  const lastEntry = (id = 'default') => worlds.use(id)!.journal.entries().at(-1)!;

  void t.test('HTTPS is served beside HTTP', async (t) => {
    t.match(await send(`${tlsUrl}/__admin/health`, { ca }), { status: 200 });
    t.match(await send(`${tlsUrl.replace('127.0.0.1', 'localhost')}/__admin/health`, { ca }), { status: 200 });
    t.match(await send(`${tlsUrl}/mailup${mailupToken}`, { ca, body: refresh }), { status: 400 });
    t.match(lastEntry(), { isSecure: true, isProxied: false, host: tlsUrl.slice('https://'.length) });
    await t.rejects(
      send(`${tlsUrl}/`, {}),
      /certificate/,
      'a client that does not know the authority does not trust it',
    );
  });

  void t.test('ca.pem is the certificate, without the key, for everyone', async (t) => {
    const answer = await request(url, 'GET /__admin/ca.pem', ['Host: understudy.example.test']);
    t.match(answer, { status: 200, body: ca, headers: { 'content-type': 'application/x-pem-file' } });
    t.notMatch(answer.body, /PRIVATE/);
    t.equal((await request(url, 'GET /w/default/__admin/ca.pem')).status, 404, 'it belongs to the server');
  });

  void t.test(
    'a tunnel to the host of a provider leads to the provider, in the world of the credentials',
    async (t) => {
      t.match(await send(`https://services.mailup.com${mailupToken}`, { via, ca, body: refresh }), {
        status: 400,
        headers: { 'content-type': 'application/json; charset=utf-8' },
      });
      t.match(lastEntry(), {
        provider: 'mailup',
        host: 'services.mailup.com',
        isSecure: true,
        isProxied: true,
        url: mailupToken,
      });
      worlds.open({ id: 'mine' });
      const inMine = via.replace('//', '//mine@');
      await send('https://api.dottedsign.com/v1/oauth/token', { via: inMine, ca, body: refresh });
      t.match(lastEntry('mine'), { provider: 'dottedsign', host: 'api.dottedsign.com' });
      t.equal(worlds.use('mine')!.journal.entries().length, 1);
      await send('http://api.tinyemail.com/v1/x', { via: inMine });
      t.match(lastEntry('mine'), { provider: 'tinyemail', isSecure: false, isProxied: true });
    },
  );

  void t.test('each world tells the URL of the proxy with its credentials', async (t) => {
    const told = async (id: string): Promise<unknown> =>
      (JSON.parse((await request(url, `GET /__admin/worlds/${id}`)).body) as { proxyUrl: unknown }).proxyUrl;
    worlds.open({ id: 'mine' });
    t.equal(await told('default'), via);
    t.equal(await told('mine'), via.replace('//', '//mine@'));
  });

  void t.test('at the host of a provider there is nothing of Understudy', async (t) => {
    for (const path of ['/__admin/clock', '/w/mine/mailup/x', '/__admin/health']) {
      const { status, body } = await send(`https://services.mailup.com${path}`, { via, ca });
      t.equal(status, 404, path);
      t.notMatch(body, /__admin\/worlds|Unknown call|"ok"/, path);
      t.match(lastEntry(), { provider: 'mailup', status: 404, url: path });
    }
  });

  void t.test('a Host header of nobody stays with the host of the tunnel', async (t) => {
    const headers = { host: 'evil.test' };
    await send(`https://services.mailup.com${mailupToken}`, {
      via,
      ca,
      body: refresh,
      headers,
      servername: 'services.mailup.com',
    });
    t.match(lastEntry(), { provider: 'mailup', host: 'evil.test' });
  });

  void t.test('a request of HTTP/1.0 without Host is for the host of the tunnel', async (t) => {
    await inTunnel(via, 'api.tinyemail.com:80', 'GET /v1/old HTTP/1.0\r\n\r\n');
    t.match(lastEntry(), { provider: 'tinyemail', host: 'api.tinyemail.com', url: '/v1/old' });
  });

  void t.test('an absolute URL at the port of the proxy leads to the provider', async (t) => {
    const credentials = `Proxy-Authorization: Basic ${Buffer.from('mine:').toString('base64')}`;
    const answer = await request(
      via,
      'POST http://services.mailup.com/Authorization/OAuth/Token?a=b',
      [credentials, 'Proxy-Connection: keep-alive', 'Content-Type: application/x-www-form-urlencoded'],
      refresh,
    );
    t.equal(answer.status, 400);
    t.match(lastEntry('mine'), { url: `${mailupToken}?a=b`, host: 'services.mailup.com', isProxied: true });
    t.notOk(Object.keys(lastEntry('mine').headers).some((name) => name.startsWith('proxy-')));
    t.match((await request(via, 'GET https://api.tinyemail.com/v1/x')).status, 401, 'https too: some clients do that');
    t.match(await request(via, 'GET /x'), { status: 400, body: /This is the forward proxy/ });
    t.match(await request(via, 'GET https://localhost/'), { status: 400, body: /use CONNECT for https/ });
    t.match(await sendRaw(via, 'POST \x16\x03 HTTP/1.1\r\n\r\n'), /^HTTP\/1.1 400 /);
    await request(via, 'GET http://services.mailup.com/\xe4');
    t.match(lastEntry(), { url: '/%E4' }, 'bytes outside ASCII are read');
  });

  void t.test('other hosts, ports and words are refused, and nothing is sent there', async (t) => {
    const connectTo = (to: string, ...lines: string[]): Promise<string> =>
      sendRaw(via, [`CONNECT ${to} HTTP/1.1`, `Host: ${to}`, ...lines, '', ''].join('\r\n'));
    const refused = await connectTo('example.test:443');
    t.match(refused, /^HTTP\/1\.1 502 The proxy: no provider has the host example.test; --proxy-pass/);
    t.match(refused, /"served":\["services.mailup.com","api.tinyemail.com","api.dottedsign.com"/);
    t.match(await connectTo('services.mailup.com:22'), /^HTTP\/1\.1 502 The proxy: services.mailup.com is served at/);
    t.match(await connectTo('a:b'), /^HTTP\/1\.1 400 The proxy: expected a host and a port/);
    t.match(await connectTo('ex\xe4mple.test:443'), /^HTTP\/1\.1 (400|502) [ -~]*\r\n/);
    t.match(await request(via, 'GET http://example.test/'), { status: 502, body: /no provider has the host/ });
    for (const header of ['Basic bm9wZTo=', 'Bearer x', 'Basic ']) {
      const answer = await connectTo('services.mailup.com:443', `Proxy-Authorization: ${header}`);
      t.match(answer, /^HTTP\/1\.1 407 /, header);
      t.match(answer, /proxy-authenticate: Basic realm="understudy world"/i, header);
    }
    t.match(
      await connectTo('services.mailup.com:443', 'Proxy-Authorization: Basic bm9wZTo='),
      /PUT \/__admin\/worlds\/nope/,
    );
  });

  void t.test('this machine is passed: absolute URLs and tunnels', async (t) => {
    const seen: IncomingMessage[] = [];
    const app = createServer((received, response) => {
      seen.push(received);
      received.pipe(response.writeHead(201, 'Made', ['X-App', 'a', 'X-App', 'b', 'Connection', 'x-hop', 'X-Hop', '1']));
    }).listen(0, '127.0.0.1');
    await once(app, 'listening');
    t.teardown(() => app.close());
    const { port } = app.address() as AddressInfo;
    const answer = await request(
      via,
      `POST http://127.0.0.1:${port}/a?b=c`,
      ['Proxy-Authorization: Basic bWluZTo=', 'X-Own: 1', 'Connection: X-Own'],
      'hello',
    );
    t.match(answer, { status: 201, body: 'hello', headers: { 'x-app': 'b' } });
    t.match(answer.text, /^HTTP\/1.1 201 Made\r\n(?!.*x-hop)/is);
    t.match(seen[0], { url: '/a?b=c', method: 'POST' });
    t.strictSame(
      Object.keys(seen[0]!.headers).filter((name) => name.startsWith('proxy') || name === 'x-own'),
      [],
    );
    t.match(await request(via, `GET http://localhost:${port}?q=1`), { status: 201 });
    t.equal(seen[1]!.url, '/?q=1');
    t.match(await send(`http://127.0.0.1:${port}/tunnel`, { via, body: 'by tunnel' }), { body: 'by tunnel' });

    const free = port === 65_535 ? 1 : await freePort();
    t.match(await request(via, `GET http://127.0.0.1:${free}/`), { status: 502, body: /does not answer/ });
    t.match(
      await sendRaw(via, `CONNECT 127.0.0.1:${free} HTTP/1.1\r\nHost: x\r\n\r\n`),
      /^HTTP\/1\.1 502 .*ECONNREFUSED/,
    );
  });

  void t.test('a host that ends in the middle of its answer cuts the client off', async (t) => {
    const app = createServer((_received, response) => {
      response.writeHead(200, { 'content-length': 10 }).write('half');
      setTimeout(() => response.destroy(), 50);
    }).listen(0, '127.0.0.1');
    await once(app, 'listening');
    t.teardown(() => app.close());
    const answer = await request(via, `GET http://127.0.0.1:${(app.address() as AddressInfo).port}/`);
    t.equal(answer.body, 'half');
  });

  void t.test('an answer of a host that cannot be passed on is 502', async (t) => {
    const answers = [
      'HTTP/1.1 200 O\x01K\r\n\r\n',
      'HTTP/1.1 099 No\r\n\r\n',
      'HTTP/1.1 101 Switching Protocols\r\n\r\n',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
      'what\r\n\r\n',
    ];
    for (const bytes of answers) {
      const app = createSocketServer((socket) =>
        socket.on('error', () => undefined).once('data', () => socket.end(bytes)),
      );
      app.listen(0, '127.0.0.1');
      await once(app, 'listening');
      const answer = await request(via, `GET http://127.0.0.1:${(app.address() as AddressInfo).port}/`);
      t.match(answer, { status: 502, body: /The host does not answer/ }, JSON.stringify(bytes));
      app.close();
    }
  });

  void t.test('the host of the URL is sent on, and not that of the Host header', async (t) => {
    const app = createServer((received, response) => response.end(received.headers.host)).listen(0, '127.0.0.1');
    await once(app, 'listening');
    t.teardown(() => app.close());
    const host = `127.0.0.1:${(app.address() as AddressInfo).port}`;
    t.equal((await request(via, `GET http://${host}/`, ['Host: evil.test'])).body, host);
  });

  void t.test('a tunnel waits for the answers to earlier requests of its connection', async (t) => {
    worlds
      .use('default')!
      .faults.add([{ match: { endpoint: 'token' }, times: 1, fault: { kind: 'delay', for: '200ms' } }]);
    const text = await sendRaw(
      via,
      `POST http://services.mailup.com${mailupToken} HTTP/1.1\r\nHost: services.mailup.com\r\nContent-Length: 0\r\n\r\n` +
        'CONNECT services.mailup.com:443 HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\n\r\n',
    );
    t.match(text, /^HTTP\/1\.1 400 .*HTTP\/1\.1 200 Connection Established/s);
  });

  void t.test('a client that resets while its connection begins does not end the server', async (t) => {
    const cold = await open({ caDir: join(caDir, 'cold') });
    const port = Number(new URL(cold.tlsUrl!).port);
    const hello = Buffer.from([0x16, 3, 1, 0, 100, 1]);
    const leave = async (bytes: Buffer, afterMs: number): Promise<void> => {
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      setTimeout(() => socket.resetAndDestroy(), afterMs);
      await closed(socket);
    };
    for (const afterMs of [1, 5, 20]) await leave(hello, afterMs);
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => leave(Buffer.from('GET / HTTP/1.1\r\n\r\n'), index % 5)),
    );
    t.equal((await request(cold.url, 'GET /__admin/health')).status, 200);
    await cold.close();
  });

  void t.test('over HTTPS too, a request line that is too long gets an answer', async (t) => {
    for (const length of [33_000, 40_000, 70_000]) {
      const socket = connectTls({ port: Number(new URL(tlsUrl).port), servername: 'localhost', ca }, () => {
        socket.write(`GET /mailup/x?a=${'b'.repeat(length)} HTTP/1.1\r\nHost: h\r\n\r\n`);
      });
      let text = '';
      socket.setEncoding('utf8').on('data', (part: string) => (text += part));
      // the server closes while the client may still write
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.once('close', resolve));
      t.match(text, /^HTTP\/1\.1 431 /, String(length));
    }
  });

  void t.test('a client that leaves at the end of its handshake leaves no connection', async (t) => {
    const before = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    const leave = async (): Promise<void> => {
      const socket = connectTls({ port: Number(new URL(tlsUrl).port), servername: 'localhost' });
      await closed(socket);
    };
    await Promise.all(Array.from({ length: 20 }, leave));
    await new Promise((done) => setTimeout(done, 300));
    const after = process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    t.ok(after - before < 5, `${after - before} of 20 are open`);
  });

  void t.test('the proxy forwards nothing behind an expectation that it refuses', async (t) => {
    let forwarded = 0;
    const app = createServer((_request, response) => {
      forwarded += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(app, 'listening');
    t.teardown(() => app.close());
    const asked = `GET http://127.0.0.1:${(app.address() as AddressInfo).port}/ HTTP/1.1\r\nHost: x\r\n`;
    t.match(await sendRaw(via, `${asked}Expect: banana\r\n\r\n${asked}\r\n`), /^HTTP\/1\.1 417 /);
    t.match(await sendRaw(via, `${asked}Connection: close\r\n\r\n`), /^HTTP\/1\.1 200 /);
    t.equal(forwarded, 1);
  });

  void t.test('a host that resets in its answer, and a client that leaves before the answer', async (t) => {
    const app = createSocketServer((socket) => {
      socket
        .on('error', () => undefined)
        .once('data', (data) => {
          if (data.toString().includes('/wait')) return;
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', () => {
            setTimeout(() => socket.resetAndDestroy(), 50);
          });
        });
    }).listen(0, '127.0.0.1');
    await once(app, 'listening');
    t.teardown(() => app.close());
    const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
    const upload = [`POST ${url}/ HTTP/1.1`, 'Host: x', 'Content-Length: 1000', '', 'some'].join('\r\n');
    t.match(await sendRaw(via, upload), /^HTTP\/1\.1 200 OK\r\n.*half$/s);
    const leaves = connect(Number(new URL(via).port), '127.0.0.1', () => {
      leaves.write(`GET ${url}/wait HTTP/1.1\r\nHost: x\r\n\r\n`);
      setTimeout(() => leaves.resetAndDestroy(), 50);
    });
    await closed(leaves);
    t.equal((await request(url.replace(/:\d+$/, `:${new URL(via).port}`), 'GET /x')).status, 400, 'the proxy goes on');
  });

  void t.test('a reset is a reset for the client inside the tunnel, and by HTTPS', async (t) => {
    const world = worlds.use('default')!;
    for (const [to, more] of [
      [`https://services.mailup.com${mailupToken}`, { via }],
      [`${tlsUrl}/mailup${mailupToken}`, {}],
    ] as const) {
      world.faults.add([{ match: { endpoint: 'token' }, times: 1, fault: { kind: 'cut' } }]);
      await t.rejects(send(to, { ca, body: refresh, ...more }), { code: 'ECONNRESET' }, to);
      t.match(lastEntry(), { fault: { kind: 'cut' }, status: undefined });
    }
    world.faults.add([{ match: { endpoint: 'token' }, times: 1, fault: { kind: 'close' } }]);
    await t.rejects(send(`${tlsUrl}/mailup${mailupToken}`, { ca, body: refresh }), /socket hang up/);
  });

  void t.test('plain HTTP at a port of TLS, and TLS at a port of HTTP, are told in a line', async (t) => {
    t.match(await request(tlsUrl.replace('https', 'http'), 'GET /'), {
      status: 400,
      body: /this port takes TLS, so the URL has to begin with https:/,
    });
    t.match(await inTunnel(via, 'services.mailup.com:443', 'GET / HTTP/1.1\r\n\r\n'), /this port takes TLS/);
    const hello = Buffer.from([0x16, 3, 1, 0, 5, 1, 0, 0, 1, 3]).toString('latin1');
    t.match(await inTunnel(via, 'services.mailup.com:80', hello), /the client speaks TLS; this port takes plain HTTP/);
    const plain = await inTunnel(
      via,
      'services.mailup.com:80',
      'GET /x HTTP/1.1\r\nHost: services.mailup.com\r\nConnection: close\r\n\r\n',
    );
    t.match(plain, /HTTP\/1\.1 404 /);
  });

  void t.test('limit "protocol": HTTP/1.1 is agreed by ALPN; a client of HTTP/2 alone fails', async (t) => {
    const handshake = async (protocols: string[]): Promise<string | false | null> => {
      const socket = connectTls({
        port: Number(new URL(tlsUrl).port),
        ca,
        ALPNProtocols: protocols,
        servername: 'localhost',
      });
      await once(socket, 'secureConnect');
      socket.destroy();
      return socket.alpnProtocol;
    };
    t.equal(await handshake(['h2', 'http/1.1']), 'http/1.1');
    await t.rejects(handshake(['h2']), /no application protocol/);
  });

  void t.test('fifty tests in fifty worlds use one proxy at once', async (t) => {
    const ids = Array.from({ length: 50 }, (_, index) => `w${index}`);
    await Promise.all(
      ids.map(async (id) => {
        worlds.open({ id });
        const body = `${refresh}&mark=${id}`;
        await send(`https://services.mailup.com${mailupToken}`, { via: via.replace('//', `//${id}@`), ca, body });
      }),
    );
    for (const id of ids) {
      const entries = worlds.use(id)!.journal.entries();
      t.equal(entries.length, 1);
      t.match(JSON.stringify(entries[0]!.body), new RegExp(`\\b${id}\\b`));
    }
  });
});

t.test('one of them alone, and neither', async (t) => {
  const own = join(caDir, 'alone');
  const only = await open({
    proxy: false,
    caDir: own,
    host: '0.0.0.0',
    baseUrl: 'https://mock.test',
    tlsName: 'app.test',
  });
  t.teardown(() => only.close());
  t.equal(only.proxyUrl, undefined);
  t.match(only.tlsUrl, /^https:\/\/localhost:\d+$/);
  t.ok(['mock.test', 'app.test'].every((name) => only.authority!.names.includes(name)));
  const leaf = await send(`${only.tlsUrl!}/__admin/health`, { ca: only.authority!.certificate });
  t.equal(leaf.status, 200);

  const guarded = await open({ tls: false, caDir: own, adminToken: 'secret' });
  t.teardown(() => guarded.close());
  t.equal(guarded.tlsUrl, undefined);
  const refused = await request(guarded.proxyUrl!, 'GET http://services.mailup.com/', [
    'Proxy-Authorization: Basic bm9wZTo=',
  ]);
  t.equal(refused.status, 407);
  t.notMatch(refused.body, '"known"', 'a stranger is told of no world');

  const neither = await open({ tls: false, proxy: false });
  t.teardown(() => neither.close());
  t.equal(neither.authority, undefined);
  t.match(await request(neither.url, 'GET /__admin/ca.pem'), {
    status: 404,
    body: /Start the server with --proxy, or with --tls/,
  });
});

t.test('a certificate of your own needs no authority', async (t) => {
  const folder = t.testdir();
  const authority = await makeAuthority(['localhost'], Date.now());
  const { cert, key } = await (await certificateMaker(authority))(['localhost'], Date.now());
  writeFileSync(join(folder, 'cert.pem'), cert);
  writeFileSync(join(folder, 'key.pem'), key);
  const files = { tlsCert: join(folder, 'cert.pem'), tlsKey: join(folder, 'key.pem') };
  const alone = await open({ ...files, proxy: false, caDir: undefined, dataHome: folder });
  t.teardown(() => alone.close());
  t.equal(alone.authority, undefined);
  const url = alone.tlsUrl!.replace('127.0.0.1', 'localhost');
  t.equal((await send(`${url}/__admin/health`, { ca: authority.certificate })).status, 200);

  const both = await open({ ...files, caDir: undefined, dataHome: folder });
  t.teardown(() => both.close());
  t.equal(both.authority!.file, join(folder, 'understudy', 'ca', 'ca.pem'));
});

t.test('a server with them closes within its time, whatever is open', async (t) => {
  const server = await open({ caDir: join(caDir, 'close') });
  t.teardown(() => {
    rmSync(caDir, { recursive: true, force: true });
  });
  const app = createServer().listen(0, '127.0.0.1');
  await once(app, 'listening');
  const { port } = app.address() as AddressInfo;
  const silent = [server.tlsUrl!, server.proxyUrl!].map((each) => connect(Number(new URL(each).port), '127.0.0.1'));
  const tunnel = connect(Number(new URL(server.proxyUrl!).port), '127.0.0.1');
  tunnel.write(`CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: x\r\n\r\n`);
  await once(tunnel, 'data');
  const waiting = connect(Number(new URL(server.proxyUrl!).port), '127.0.0.1');
  waiting.write('CONNECT services.mailup.com:443 HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(waiting, 'data');
  const late = connect(Number(new URL(server.proxyUrl!).port), '127.0.0.1');
  late.write('G');
  setTimeout(
    () =>
      late.write('ET http://localhost:1/ HTTP/1.1\r\nHost: x\r\n\r\nCONNECT localhost:1 HTTP/1.1\r\nHost: x\r\n\r\n'),
    100,
  );
  const ended = [...silent, tunnel, waiting, late].map(closed);
  const before = performance.now();
  await server.close();
  await Promise.all(ended);
  t.ok(performance.now() - before < 3000);
  app.close();
});

t.test('a port that is taken, and settings without effect, are usage errors', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  t.teardown(() => {
    taken.close();
    rmSync(caDir, { recursive: true, force: true });
  });
  const { port } = taken.address() as AddressInfo;
  await t.rejects(open({ tlsPort: port }), {
    message: `port ${port} is in use on 127.0.0.1; choose another, or 0 for a free port`,
  });
  await t.rejects(open({ proxyPort: port }), {
    message: `port ${port} is in use on 127.0.0.1; choose another, or 0 for a free port`,
  });
  await t.rejects(open({ proxyPass: ['services.mailup.com'] }), /a host of a provider, which is never passed/);
  for (const [settings, message] of [
    [{ caDir: '' }, '--ca-dir is empty; expected a folder'],
    [{ tls: false, tlsCert: 'x' }, '--tls-cert needs --tls'],
    [{ tls: false, tlsKey: 'x' }, '--tls-key needs --tls'],
    [{ tls: false, proxy: false, tlsName: ['x'] }, '--tls-name needs --tls or --proxy'],
    [{ proxy: false, proxyPass: ['x'] }, '--proxy-pass needs --proxy'],
    [{ tlsCert: 'x' }, '--tls-cert and --tls-key belong together: one of them is missing'],
    [{ tlsCert: '/none', tlsKey: '/none' }, /^--tls-cert "\/none" cannot be used: ENOENT/],
    [{ tlsName: ['https://x'] }, /^--tls-name is "https:\/\/x"; expected a host name/],
    [
      { tlsName: Array.from({ length: 201 }, (_, i) => `n${i}.internal`) },
      /^the hosts of the providers and --tls-name are \d+ names; /,
    ],
    [{ caDir: '/dev/null' }, /^the folder of the certificate authority cannot be used: .*; --ca-dir chooses another$/],
    [{ proxy: true, proxyPass: ['http://x'] }, /^--proxy-pass is "http:\/\/x"; expected a host/],
    [{ proxy: true, proxyPass: ['mailup.com', '*.mailup.com'] }, /^--proxy-pass \*.mailup.com includes /],
  ] as const) {
    await t.rejects(open(settings), { message });
    // a program knows the option by its member
    const inProgram = (text: string): string =>
      text.replaceAll(/--(\w+)-?(\w?)/g, (_, first: string, next: string) => first + next.toUpperCase());
    const own = typeof message === 'string' ? inProgram(message) : new RegExp(inProgram(message.source));
    await t.rejects(start({ tls: true, caDir, ...settings }), { message: own });
  }
});

const closed = (socket: Socket): Promise<unknown> =>
  new Promise((resolve) => {
    socket
      .on('error', () => undefined)
      .on('close', resolve)
      .resume();
  });

/** Opens a tunnel, sends bytes, and reads what comes until the end. The bytes follow at once, without waiting. */
const inTunnel = (proxy: string, to: string, bytes: string): Promise<string> =>
  sendRaw(proxy, Buffer.from(`CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n\r\n${bytes}`, 'latin1'));
