import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import { request as secureRequest } from 'node:https';
import { Socket, connect, createServer as createSocketServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import t from 'tap';
import { redirectConnections } from '../../src/run/redirect-connections.js';
import type { AddressInfo, Server } from 'node:net';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Test } from 'tap';

const hosts = 'services.mailup.com,api.tinyemail.com';

async function listening(t: Test, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** An HTTP server that answers with the Host header, and a server that answers TLS with the first byte that it gets. */
async function redirected(t: Test, pass?: string): Promise<{ plain: number; secure: number; firstBytes: number[] }> {
  const firstBytes: number[] = [];
  const plain = await listening(
    t,
    createServer((request, response) => response.end(request.headers.host)),
  );
  const secure = await listening(
    t,
    createSocketServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => {
        firstBytes.push(data.readUInt8());
        socket.destroy();
      });
    }),
  );
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back as it was
  const before = Socket.prototype.connect;
  t.teardown(() => {
    Socket.prototype.connect = before;
  });
  const env = {
    UNDERSTUDY_HOSTS: hosts,
    UNDERSTUDY_URL: `http://127.0.0.1:${plain}`,
    UNDERSTUDY_TLS_URL: `https://127.0.0.1:${secure}`,
    UNDERSTUDY_PASS: pass,
  };
  redirectConnections(Socket.prototype, env, (line) => {
    throw new Error(line);
  });
  return { plain, secure, firstBytes };
}

async function bodyOf(request: ClientRequest): Promise<string> {
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return text(response);
}

void t.test(
  'clients of every kind reach the server in place of a provider, and name the provider as host',
  async (t) => {
    const { plain } = await redirected(t);
    const url = 'http://services.mailup.com/x';
    t.equal(await bodyOf(get(url)), 'services.mailup.com', 'the default agent');
    t.equal(await bodyOf(get(url, { agent: new Agent({ keepAlive: true }) })), 'services.mailup.com', 'an own agent');
    t.equal(await bodyOf(get(url, { agent: false })), 'services.mailup.com', 'no agent');
    t.equal(await (await fetch(url)).text(), 'services.mailup.com', 'fetch');

    for (const socket of [
      connect(80, 'SERVICES.mailup.com.'),
      connect(80, 'ｓervices.mailup.com'),
      connect(80, 'services。mailup.com'),
      connect({ port: 80, host: 'services.mailup.com' }),
      new Socket().connect(80, 'services.mailup.com', () => undefined),
      new Socket().connect({ port: 80, host: 'services.mailup.com' }),
    ]) {
      await once(socket, 'connect');
      t.equal(socket.remotePort, plain);
      socket.destroy();
    }
  },
);

void t.test('TLS goes to the port of HTTPS, also to an address that stands for a provider', async (t) => {
  const { firstBytes } = await redirected(t);
  for (const target of [
    { host: 'api.tinyemail.com', port: 443 },
    // TEST-NET-1: nothing answers there
    { host: '192.0.2.1', port: 443, servername: 'api.tinyemail.com' },
  ]) {
    await t.rejects(bodyOf(secureRequest(target).end()), { code: 'ECONNRESET' });
  }
  const handshake = 0x16;
  t.strictSame(firstBytes, [handshake, handshake]);
});

void t.test('another port of a provider is refused, because the real provider must not be asked', async (t) => {
  await redirected(t);
  await t.rejects(bodyOf(get('http://services.mailup.com:8080/')), {
    code: 'ECONNREFUSED',
    message:
      'connect ECONNREFUSED services.mailup.com:8080: a provider serves the ports 80 and 443 only (understudy run)',
  });
});

void t.test('hosts that the proxy refuses are refused here as well', async (t) => {
  const refused = (url: string, message: RegExp): Promise<unknown> =>
    t.rejects(bodyOf(get(url)), { code: 'ECONNREFUSED', message }, url);
  await t.test('a host of a domain of a provider', async (t) => {
    await redirected(t);
    await refused('http://www.mailup.com/', /may be a real service of the provider/);
    await refused('http://www.mailup.com:8080/', /may be a real service of the provider/);
  });
  await t.test('all hosts of an isolated run, except this machine', async (t) => {
    await redirected(t, 'named.test');
    await refused('http://example.test/', /no provider has the host example.test/);
    await refused('http://192.0.2.1/', /no provider has the host 192.0.2.1/);
    const toAddress = secureRequest({ host: '192.0.2.1', port: 443 });
    await t.rejects(bodyOf(toAddress.end()), { code: 'ECONNREFUSED', message: /no provider has the host 192.0.2.1/ });
    await refused('http://[2001:db8::1]/', /no provider has the host 2001:db8::1/);
    await t.rejects(bodyOf(get('http://named.test/')), { code: /ENOTFOUND|EAI_AGAIN/ }, 'a host that is named');
    const socket = new Socket().connect({ port: 80 } as never);
    await Promise.race([once(socket, 'connect'), once(socket, 'error')]).catch((error: unknown) => {
      t.notMatch((error as Error).message, /understudy run/, 'no host is this machine');
    });
    socket.destroy();
  });
  await t.test(
    'addresses are untouched in a run that passes all hosts: programs resolve names themselves',
    async (t) => {
      await redirected(t, '*');
      const socket = connect(80, '192.0.2.1');
      const failed = once(socket, 'error').catch((error: unknown) => error as Error);
      setTimeout(() => socket.destroy(new Error('it waits for the real address')), 200);
      t.notMatch(String(await failed), /understudy run/);
    },
  );
});

void t.test('other connections are untouched', async (t) => {
  await redirected(t);
  await t.rejects(once(connect(80, 'no host'), 'connect'), { code: /ENOTFOUND|EAI_AGAIN/ }, 'what is no host');
  const server = createServer((request, response) => response.end(`other ${request.headers.host}`));
  const port = await listening(t, server);
  const address = `127.0.0.1:${port}`;
  t.equal(await bodyOf(get(`http://${address}/`)), `other ${address}`);
  t.equal(
    await bodyOf(get({ host: '127.0.0.1', port, servername: 'services.mailup.com' } as object)),
    `other ${address}`,
    'a server of the test, which has a certificate of a provider',
  );

  const socketPath = join(t.testdir(), 'socket');
  const local = createServer((_request, response) => response.end('local'));
  local.listen(socketPath);
  await once(local, 'listening');
  t.teardown(() => local.close());
  t.equal(await bodyOf(get({ socketPath, host: 'services.mailup.com' })), 'local');
  const socket = new Socket().connect(socketPath);
  await once(socket, 'connect');
  socket.destroy();
});

void t.test('without the variables nothing is changed, and one line says so', async (t) => {
  const complete = { UNDERSTUDY_HOSTS: hosts, UNDERSTUDY_URL: 'http://[::1]:1', UNDERSTUDY_TLS_URL: 'https://[::1]:2' };
  for (const missing of Object.keys(complete)) {
    const connector = { connect: () => 'own' };
    const before = connector.connect;
    const lines: string[] = [];
    redirectConnections(connector, { ...complete, [missing]: undefined }, (line) => lines.push(line));
    t.match(lines, [/^understudy: connections of this process are not redirected, because UNDERSTUDY_HOSTS, /]);
    t.equal(lines.length, 1);
    t.equal(connector.connect, before);
  }
  const notUrl = { ...complete, UNDERSTUDY_URL: 'nonsense' };
  const lines: string[] = [];
  redirectConnections({} as never, notUrl, (line) => lines.push(line));
  t.equal(lines.length, 1);
});

void t.test('the address of the server can be an IPv6 address', async (t) => {
  const seen: unknown[] = [];
  const connector = { connect: (...args: unknown[]) => seen.push(...args) };
  const env = { UNDERSTUDY_HOSTS: hosts, UNDERSTUDY_URL: 'http://[::1]:1', UNDERSTUDY_TLS_URL: 'https://[::1]:2' };
  redirectConnections(connector, env, () => undefined);
  connector.connect(443, 'api.tinyemail.com');
  t.strictSame(seen, [{ port: 2, host: '::1' }]);
});

void t.test('the preload applies it to the sockets of its process', async (t) => {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- compared and put back
  const before = Socket.prototype.connect;
  Object.assign(process.env, {
    UNDERSTUDY_HOSTS: hosts,
    UNDERSTUDY_URL: 'http://127.0.0.1:1',
    UNDERSTUDY_TLS_URL: 'https://127.0.0.1:2',
  });
  await import('../../src/preload.js');
  // eslint-disable-next-line @typescript-eslint/unbound-method -- compared
  t.not(Socket.prototype.connect, before);
  Socket.prototype.connect = before;
});
