import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { pipelineLimit } from '../../src/http/connection/connection.js';
import { startServer } from '../support.js';
import type { Socket } from 'node:net';
import type { TestServer } from '../support.js';

const get = 'GET /tinyemail/v1/contacts HTTP/1.1\r\nHost: x\r\n\r\n';

/** A connection that has sent requests, with what it has received so far. */
async function say(server: TestServer, text: string): Promise<{ socket: Socket; heard: () => string }> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  let heard = '';
  socket.setEncoding('latin1').on('data', (part: string) => (heard += part));
  await once(socket, 'connect');
  socket.write(text);
  return { socket, heard: () => heard };
}

/** Waits for a condition, for a limited time. The test fails by the result. */
async function soon(holds: () => boolean): Promise<boolean> {
  for (let looks = 0; looks < 200 && !holds(); looks += 1) await sleep(10);
  return holds();
}

t.test('pipelined requests are answered in their order', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const { socket, heard } = await say(server, get.repeat(pipelineLimit));
  t.ok(await soon(() => heard().split('HTTP/1.1 401').length - 1 === pipelineLimit), 'all are answered');
  // the requests that waited were answered: there is room again
  socket.write(get.repeat(pipelineLimit));
  t.ok(await soon(() => heard().split('HTTP/1.1 401').length - 1 === pipelineLimit * 2), 'and again');
  socket.destroy();
});

t.test('a connection with too many pipelined requests is closed', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  server.world().faults.add([{ match: { endpoint: 'resource' }, fault: { kind: 'hang' } }]);
  for (const request of [get, 'GET /__admin/journal/wait?timeout=60s HTTP/1.1\r\nHost: localhost\r\n\r\n']) {
    const before = server.world().journal.size;
    const { socket } = await say(server, request.repeat(pipelineLimit * 3));
    t.ok(await soon(() => socket.closed), request);
    if (request === get) {
      t.equal(server.world().journal.size - before, pipelineLimit + 1, 'what came after was not taken');
    }
  }
  t.ok(
    await soon(() =>
      server
        .world()
        .journal.entries()
        .every(({ durationMs, status }) => durationMs !== undefined && status === undefined),
    ),
    'each entry is completed, without an answer',
  );
});

t.test('closing a connection cancels its waiting requests, and none has an effect', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const world = server.world();
  world.faults.add([{ id: 'held', match: { endpoint: 'token' }, fault: { kind: 'hold' } }]);
  const form = 'grant_type=client_credentials&client_id=understudy-client&client_secret=understudy-secret';
  const { socket } = await say(
    server,
    `POST /dottedsign/v1/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n${form}`.repeat(
      3,
    ),
  );
  const waiting = (): number => world.faults.list()[0]!.waiting;
  t.ok(await soon(() => waiting() === 3));
  socket.destroy();
  t.ok(await soon(() => waiting() === 0), 'nobody stands in the line any more');
  world.faults.clear();
  await sleep(20);
  t.equal(server.realm('dottedsign').accessTokens.size, 0);
  t.same(
    world.journal.entries().map(({ status, durationMs }) => [status, typeof durationMs]),
    Array.from({ length: 3 }, () => [undefined, 'number']),
  );
});

t.test('the journal shows no answer where none was sent', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const half =
    'POST /tinyemail/api/authorization-server/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n';
  for (const [text, leaves] of [
    [`${half}Content-Length: 100\r\n\r\ngrant`, true],
    [`${half}Transfer-Encoding: chunked\r\n\r\n5\r\ngrant\r\nnonsense\r\n`, false],
  ] as const) {
    const before = server.world().journal.size;
    const { socket } = await say(server, text);
    t.ok(await soon(() => server.world().journal.size > before));
    if (leaves) socket.destroy();
    t.ok(await soon(() => server.lastEntry().durationMs !== undefined));
    await sleep(20);
    t.equal(server.lastEntry().status, undefined, text);
    socket.destroy();
  }
});

t.test('an answer that drips begins at once, and HEAD has nothing to drip', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  server.world().faults.add([{ match: { endpoint: 'resource' }, fault: { kind: 'drip', every: '1m' } }]);
  const { socket, heard } = await say(server, get);
  t.ok(await soon(() => heard().endsWith('\r\n\r\n')), 'the headers are there');
  socket.destroy();
  t.equal((await fetch(`${server.url}/tinyemail/v1/contacts`, { method: 'HEAD' })).status, 401);
});
