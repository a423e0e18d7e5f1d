import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { configOf } from '../../src/config.js';
import { openServer } from '../../src/server.js';
import type { Socket } from 'node:net';
import type { Test } from 'tap';
import type { Rule } from '../../src/faults/rule.js';
import type { World } from '../../src/world/world.js';

async function open(t: Test, config: object, ...faults: Rule[]): Promise<{ url: string; port: number; world: World }> {
  const server = await openServer(configOf({ port: 0, logLevel: 'silent', ...config }));
  t.teardown(() => server.close());
  const world = server.worlds.use('default')!;
  world.faults.add(faults);
  return { url: server.url, port: Number(new URL(server.url).port), world };
}

const health = async (url: string): Promise<number> => (await fetch(`${url}/__admin/health`)).status;

/** Resolves when a socket is closed, from either side. */
const closing = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket
      .on('error', () => undefined)
      .on('close', () => {
        resolve();
      });
  });

/** Everything that a socket receives until it is closed. */
async function hear(socket: Socket): Promise<string> {
  let heard = '';
  socket.setEncoding('latin1').on('data', (text: string) => (heard += text));
  await closing(socket);
  return heard;
}

const call = 'GET /dottedsign/v1/members/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

t.test(
  'with ten times as many clients as the limit, each is answered or closed at once, and then the server works as before',
  async (t) => {
    const connectionLimit = 20;
    // accepted connections stay open, so that the others meet a full server
    const { url, port, world } = await open(
      t,
      { connectionLimit },
      { id: 'kept', match: { endpoint: 'resource' }, fault: { kind: 'hold', until: 1000 } },
    );
    const sockets = Array.from({ length: connectionLimit * 10 }, () => connect(port, '127.0.0.1'));
    let closed = 0;
    const heard = sockets.map(async (socket) => {
      const text = await hear(socket);
      closed += 1;
      return text;
    });
    for (const socket of sockets) socket.write(call);
    while (closed < sockets.length - connectionLimit || world.faults.get('kept')?.waiting !== connectionLimit) {
      await sleep(10);
    }
    world.faults.release('kept');
    const answers = await Promise.all(heard);
    const answered = answers.filter((text) => text.startsWith('HTTP/1.1 401'));
    t.equal(answered.length, connectionLimit);
    t.equal(answers.filter((text) => text === '').length, sockets.length - connectionLimit);
    t.equal(await health(url), 200);
  },
);

t.test(
  'a client that sends its request too slowly is disconnected, and one that is answered slowly is not',
  async (t) => {
    const { url, port } = await open(
      t,
      { requestSeconds: 1 },
      { match: { endpoint: 'resource' }, fault: { kind: 'delay', for: '3s' } },
    );
    const patient = fetch(`${url}/dottedsign/v1/members/me`);
    const headers = connect(port, '127.0.0.1');
    const body = connect(port, '127.0.0.1');
    const heard = [headers, body].map(hear);
    headers.write('GET /dottedsign/v1/members/me HTTP/1.1\r\n');
    body.write(
      'POST /dottedsign/v1/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n',
    );
    const dripping = new AbortController();
    void (async () => {
      for (;;) {
        await sleep(100, undefined, { signal: dripping.signal });
        if (headers.writable) headers.write('X');
        if (body.writable) body.write('x');
      }
    })().catch(() => undefined);
    for (const text of await Promise.all(heard)) t.match(text, /^HTTP\/1.1 408 /);
    dripping.abort();
    t.equal((await patient).status, 401, 'how long an answer takes is no matter of this');
  },
);

t.test('a full server logs refused connections once a second', async (t) => {
  const written: string[] = [];
  const capture = t.capture(process.stderr, 'write', (text: string) => {
    written.push(text);
    return true;
  });
  const { port } = await open(t, { connectionLimit: 1, logLevel: 'warn' });
  const first = connect(port, '127.0.0.1');
  await once(first, 'connect');
  for (let i = 0; i < 3; i += 1) await closing(connect(port, '127.0.0.1'));
  await sleep(1500);
  capture.restore();
  first.destroy();
  const lines = written.filter((line) => line.includes('--connection-limit'));
  t.equal(lines.length, 1);
  t.match(lines[0], /"connections closed at once: 3; the limit of 1 open connections is reached/);
});
