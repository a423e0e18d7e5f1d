import { EventEmitter } from 'node:events';
import t from 'tap';
import { guarded } from '../../src/http/connection/guarded.js';
import { startServer } from '../support.js';
import type { FastifyBaseLogger } from 'fastify';

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
    t.equal((await fetch(`${server.url}/__admin/health`)).status, 200, fault.kind);
    t.equal(world.journal.listeners, 0, 'it is removed');
  }
});
