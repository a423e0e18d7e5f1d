import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { adminOf } from '../admin/calls.js';
import { launch } from '../programs.js';
import { startServer } from '../support.js';
import { halfOpenMs } from '../../src/http/connection/connection.js';
import type { Server, Socket } from 'node:net';

const root = fileURLToPath(new URL('../..', import.meta.url));
const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

/** An open connection that has sent bytes, and never closes by itself. */
async function open(url: string, bytes: string): Promise<Socket> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined).resume();
  await once(socket, 'connect');
  socket.write(bytes, 'latin1');
  return socket;
}

for (const [name, bytes] of [
  ['CONNECT', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['CONNECT and more', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\nmore'],
  ['what is no HTTP', 'NONSENSE\r\n\r\nmore'],
  ['a URL with bytes outside ASCII', 'GET /\x80 HTTP/1.1\r\nHost: a\r\n\r\n'],
] as const) {
  t.test(`the server closes within a second of ${name}, also behind an answer that is due later`, async (t) => {
    for (const before of ['', get('/mailup/API/v1.1/Rest/a')]) {
      const server = await startServer();
      server.world().faults.add([{ match: { provider: 'mailup' }, fault: { kind: 'delay', for: '1m' } }]);
      const socket = await open(server.url, before);
      await sleep(20);
      socket.write(bytes, 'latin1');
      await sleep(50);
      const begun = performance.now();
      await server.close();
      t.ok(performance.now() - begun < 1000);
      socket.destroy();
    }
  });
}

t.test(
  'limit "time to stop": SIGTERM ends the process within a second, with 1,500 held requests, 100 streams and a large journal',
  async (t) => {
    const { child, output } = launch(process.execPath, ['dist/main.js', '--port', '0', '--log-level', 'error'], root);
    t.teardown(() => child.kill('SIGKILL'));
    const closed = once(child, 'close') as Promise<[number | null]>;
    const ready = /"url":"([^"]+)"/;
    while (!ready.test(output())) await Promise.race([once(child.stdout!, 'data'), closed]);
    const url = String(ready.exec(output())?.[1]);
    const admin = adminOf(url);

    const body = `{"note":"${'x'.repeat(60_000)}"}`;
    for (let sent = 0; sent < 800; sent += 20) {
      const answers = Array.from({ length: 20 }, () =>
        fetch(`${url}/dottedsign/v1/none`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
      );
      await Promise.all(answers.map(async (answer) => (await answer).text()));
    }
    await admin('POST /faults', [
      { id: 'held', match: { provider: 'mailup' }, fault: { kind: 'hold' } },
      { id: 'hangs', match: { provider: 'tinyemail' }, fault: { kind: 'hang' } },
    ]);
    const sockets: Socket[] = [];
    for (let i = 0; i < 750; i += 1) {
      sockets.push(await open(url, get('/mailup/API/v1.1/Rest/x')), await open(url, get('/tinyemail/v1/x')));
    }
    for (let i = 0; i < 100; i += 1) sockets.push(await open(url, get('/__admin/journal/stream?since=0')));
    const hits = async (): Promise<number> => {
      const { faults } = (await admin<{ faults: { hits: number }[] }>('GET /faults')).body;
      return faults.reduce((sum, rule) => sum + rule.hits, 0);
    };
    for (let looks = 0; looks < 100 && (await hits()) < 1500; looks += 1) await sleep(50);
    t.equal(await hits(), 1500, 'all are held');

    const begun = performance.now();
    child.kill('SIGTERM');
    const [code] = await closed;
    const tookMs = performance.now() - begun;
    t.equal(code, 0);
    // half a second for open requests; the rest depends on the machine, which may be busy
    t.ok(tookMs < 5000, `it took ${Math.round(tookMs)} ms`);
    for (const socket of sockets) socket.destroy();
  },
);

t.test('limit "connection after a refused CONNECT or unreadable request": two seconds', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  for (const bytes of ['CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\nmore', 'NONSENSE\r\n\r\n']) {
    const socket = await open(server.url, bytes);
    // it does not close its own side
    await once(socket, 'end');
    await sleep(halfOpenMs + 500);
    t.equal(await connections(server.app.server), 0, bytes);
    socket.destroy();
  }
});

const connections = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.getConnections((_error, count) => {
      resolve(count);
    });
  });
