import { readFile } from 'node:fs';
import t from 'tap';
import { start } from '../../src/client/index.js';

/** Goes on in one phase of the event loop: what is read before the next turn depends on it. */
const phases: Readonly<Record<string, (next: () => void) => void>> = {
  timers: (next) => setTimeout(next, 1),
  poll: (next) => {
    readFile(new URL(import.meta.url), next);
  },
  check: (next) => setImmediate(next),
};

t.test('a client in the process of the server can call the next server at its port at once', async (t) => {
  const call = async (url: string): Promise<number> => {
    const answer = await fetch(`${url}/mailup/API/v1.1/Rest/x`);
    await answer.arrayBuffer();
    return answer.status;
  };
  let server = await start();
  t.teardown(() => server.close());
  for (const [name, enter] of Object.entries(phases)) {
    t.equal(await call(server.url), 401, 'the connection is kept');
    await new Promise<void>(enter);
    await server.close();
    server = await start({ port: Number(new URL(server.url).port) });
    t.equal(await call(server.url), 401, `closed in the phase ${name}`);
  }
});
