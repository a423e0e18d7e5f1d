import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { connect as connectTls } from 'node:tls';
import t from 'tap';
import { tlsAcceptor } from '../../src/server/tls-acceptor.js';
import { flagOf } from '../../src/config/option.js';
import { makeAuthority } from '../../src/tls/make-certificates.js';
import type { FastifyBaseLogger } from 'fastify';
import type { AddressInfo, Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { Test } from 'tap';
import type { Authority } from '../../src/tls/authority.js';

const authority = await makeAuthority(['localhost', '127.0.0.1'], Date.now());

interface Accepting {
  readonly port: number;
  readonly said: string[];
  /** Makes a handshake, and returns what the server says: `hello`, or the error. */
  readonly handshake: (options: ConnectionOptions) => Promise<string>;
}

/** A port whose connections are answered `hello` after their handshake. */
async function accepting(t: Test, own: Authority = authority, waitMs = 5000): Promise<Accepting> {
  const said: string[] = [];
  const log = {
    warn: (...args: unknown[]) =>
      said.push(args.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(' ')),
  } as unknown as FastifyBaseLogger;
  const accept = tlsAcceptor({
    certificates: { authority: own, now: () => Date.now() },
    log,
    waitMs,
    nameOption: flagOf,
    serve: (socket) => socket.on('error', () => undefined).end('hello'),
  });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    accept(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    said,
    async handshake(options) {
      const socket = connectTls({ port, host: '127.0.0.1', ca: own.certificate, ...options });
      try {
        const [data] = (await once(socket, 'data')) as [Buffer];
        return data.toString();
      } catch (error) {
        return (error as Error).message;
      } finally {
        socket.destroy();
      }
    },
  };
}

const told = async (said: readonly string[], count: number): Promise<void> => {
  for (let tries = 0; tries < 200 && said.length < count; tries += 1) await new Promise((done) => setTimeout(done, 10));
};

t.test('a handshake succeeds with a name, and without one', async (t) => {
  const { handshake, said } = await accepting(t);
  t.equal(await handshake({ servername: 'localhost' }), 'hello');
  t.equal(await handshake({ servername: 'LOCALHOST' }), 'hello');
  t.equal(await handshake({}), 'hello');
  t.strictSame(said, []);
});

t.test('a failed handshake is told in a line with the likely reason', async (t) => {
  const { handshake, said, port } = await accepting(t);
  t.match(await handshake({ servername: 'localhost', ca: undefined }), /certificate/);
  await told(said, 1);
  t.match(said[0], /^a TLS handshake failed: .*do(?:es)? not trust the certificate/);
  await handshake({
    servername: 'localhost',
    maxVersion: 'TLSv1.1',
    minVersion: 'TLSv1.1',
    ciphers: 'ALL:@SECLEVEL=0',
  });
  await told(said, 2);
  t.match(said[1], /a TLS handshake failed: .*(?:TLS|version|protocol)/);
  const garbage = connect(port, '127.0.0.1', () => garbage.end(Buffer.from([0x16, 9, 9, 0, 1, 0])));
  garbage.on('error', () => undefined).resume();
  await once(garbage, 'close');
  await told(said, 3);
  t.match(said[2], /a TLS handshake failed: /);
});

t.test('limit "unknown names in the log": the first 100', async (t) => {
  const { handshake, said } = await accepting(t);
  t.match(
    await handshake({ servername: 'n0.test' }),
    /is not in the cert's altnames/,
    'the client says what it misses',
  );
  t.match(said[0], /"name":"n0.test"\} a client asked for a name that no certificate covers; --tls-name/);
  for (let index = 0; index < 110; index += 1) {
    await handshake({ servername: `n${index}.test`, rejectUnauthorized: false });
  }
  t.equal(said.filter((line) => line.includes('"name"')).length, 100);
});

t.test('limit "time of a handshake": a client that is silent or stops is disconnected', async (t) => {
  const { port, said } = await accepting(t, authority, 200);
  const silent = connect(port, '127.0.0.1');
  const stops = connect(port, '127.0.0.1', () => stops.write(Buffer.from([0x16, 3, 1, 0, 100, 1])));
  await Promise.all([silent, stops].map((socket) => once(socket.on('error', () => undefined).resume(), 'close')));
  t.strictSame(said, ['a TLS handshake failed: the client did not finish the handshake in time']);
});

t.test('a client that leaves before it sends anything is told of nowhere', async (t) => {
  const { port, said, handshake } = await accepting(t);
  const ends = connect(port, '127.0.0.1', () => ends.end());
  const resets = connect(port, '127.0.0.1', () => resets.resetAndDestroy());
  await Promise.all([ends, resets].map((socket) => once(socket.resume(), 'close')));
  t.equal(await handshake({ servername: 'localhost' }), 'hello');
  t.strictSame(said, []);
});

t.test('an authority that cannot sign fails the handshake, and not the process', async (t) => {
  const { handshake, said } = await accepting(t, { ...authority, key: 'no key' });
  t.match(await handshake({ servername: 'localhost' }), /./);
  await told(said, 1);
  t.match(said[0], /^a TLS handshake failed: /);
});

t.test('a client that leaves while its certificate is made', async (t) => {
  const { port, said } = await accepting(t);
  const socket = connect(port, '127.0.0.1', () => {
    socket.write(Buffer.from([0x16, 3, 1, 0, 100, 1]), () => socket.resetAndDestroy());
  });
  await once(
    socket.on('error', () => undefined),
    'close',
  );
  await new Promise((done) => setTimeout(done, 300));
  t.ok(said.length <= 1);
});
