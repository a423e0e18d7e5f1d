import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import t from 'tap';
import { timeLimit } from '../../src/input/time-limit.js';
import type { AddressInfo } from 'node:net';

const never = (): AbortSignal => new AbortController().signal;

t.test('a limit aborts after its time with a TimeoutError', async (t) => {
  using limit = timeLimit(20, never());
  await once(limit.signal, 'abort');
  t.match(limit.signal.reason, { name: 'TimeoutError' });
});

t.test('a limit aborts with another signal, for the same reason', async (t) => {
  const other = new AbortController();
  using limit = timeLimit(60_000, never(), other.signal);
  t.notOk(limit.signal.aborted);
  other.abort('enough');
  t.equal(limit.signal.reason, 'enough');
});

t.test('a limit of a signal that has aborted is over at once', async (t) => {
  using limit = timeLimit(60_000, AbortSignal.abort('before'));
  t.equal(limit.signal.reason, 'before');
});

t.test('a limit that is disposed of does not abort', async (t) => {
  const other = new AbortController();
  const limit = timeLimit(10, other.signal);
  limit[Symbol.dispose]();
  other.abort();
  await pause(30);
  t.notOk(limit.signal.aborted);
});

t.test('many limits of one signal are no leak', async (t) => {
  const warnings: Error[] = [];
  const keep = (warning: Error): void => void warnings.push(warning);
  process.on('warning', keep);
  t.teardown(() => process.off('warning', keep));
  const other = never();
  const limits = Array.from({ length: 30 }, () => timeLimit(60_000, other));
  await pause(10);
  t.strictSame(warnings, []);
  for (const limit of limits) limit[Symbol.dispose]();
});

t.test('a limit ends a request that hangs, also after garbage was collected', async (t) => {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const { port } = server.address() as AddressInfo;
  let name: unknown;
  void fetch(`http://127.0.0.1:${port}`, { signal: timeLimit(200, never()).signal }).catch((error: unknown) => {
    name = (error as Error).name;
  });
  for (let waited = 0; waited < 5000 && name === undefined; waited += 50) {
    collectGarbage();
    await pause(50);
  }
  t.equal(name, 'TimeoutError');
});
