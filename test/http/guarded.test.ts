import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import t from 'tap';
import { closeAtFin } from '../../src/http/connection/connection.js';
import { guarded, survive } from '../../src/http/connection/guarded.js';
import { startServer } from '../support.js';
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';

interface Line {
  readonly entry?: number;
  readonly err: Error;
}

/** A log that keeps its errors. */
function keeping(lines: Line[]): FastifyBaseLogger {
  return { error: (line: Line) => lines.push(line) } as unknown as FastifyBaseLogger;
}

t.test('a listener that throws is logged with the id of the entry, and survived', (t) => {
  const lines: Line[] = [];
  const emitter = new EventEmitter();
  const fail = (): void => {
    throw new Error('broken');
  };
  emitter.on(
    'close',
    guarded(keeping(lines), fail, () => 7),
  );
  emitter.on('close', guarded(keeping(lines), fail));
  emitter.emit('close');
  t.match(lines, [
    { entry: 7, err: { message: 'broken' } },
    { entry: undefined, err: { message: 'broken' } },
  ]);
  t.end();
});

t.test('a journal listener that throws in the close of a connection does not end the process', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  for (const fault of [{ kind: 'cut' }, { kind: 'hang' }, { kind: 'truncate' }] as const) {
    const world = server.world();
    world.faults.clear();
    world.faults.add([{ match: {}, fault }]);
    world.journal.listen(() => {
      throw new Error('broken');
    });
    const sent = fetch(`${server.url}/mailup/API/v1.1/Rest/x`, { signal: AbortSignal.timeout(200) });
    await t.rejects(sent.then((answer) => answer.text()));
    // the server sees the end of the connection after the client does
    for (let asked = 0; asked === 0 || (asked < 200 && world.journal.listeners > 0); asked += 1) {
      t.equal((await fetch(`${server.url}/__admin/health`)).status, 200, fault.kind);
    }
    t.equal(world.journal.listeners, 0, 'it is removed');
  }
});

t.test('work that fails after its handler ended is logged with the id of the entry', async (t) => {
  const lines: Line[] = [];
  const request = { log: keeping(lines), entry: { id: 7 } } as unknown as FastifyRequest;
  survive(request, undefined);
  survive(request, Promise.reject(new Error('broken')));
  await new Promise(setImmediate);
  t.match(lines, [{ entry: 7, err: { message: 'broken' } }]);
});

t.test('an answer that fails when its turn comes ends the connection, and not the process', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const world = server.world();
  world.faults.add([{ match: { provider: 'mailup' }, fault: { kind: 'delay', for: '50ms' } }]);
  const close = world.journal.close.bind(world.journal);
  world.journal.close = (entry) => {
    if (entry.provider === 'tinyemail') throw new Error('broken');
    return close(entry);
  };
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port) });
  let text = '';
  socket.on('error', () => undefined).on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  socket.write(
    ['/mailup/API/v1.1/Rest/x', '/tinyemail/v1/x'].map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''),
  );
  await once(socket, 'close');
  t.equal(text.split('HTTP/1.1 401').length, 2, 'the first answer arrived');
  world.journal.close = close;
  t.equal((await fetch(`${server.url}/tinyemail/v1/x`)).status, 401);
});

t.test('a client that has ended its side already is closed at once', (t) => {
  let ended = 0;
  const socket = Object.assign(new EventEmitter(), { readableEnded: true, end: () => (ended += 1) });
  closeAtFin({ raw: { socket } } as unknown as FastifyRequest);
  t.equal(ended, 1);
  t.end();
});
