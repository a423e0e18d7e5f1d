import { once } from 'node:events';
import { connect } from 'node:net';
import t from 'tap';
import { ProviderApps } from '../../src/http/provider-apps.js';
import { start } from '../../src/client/index.js';
import { providers } from '../../src/providers/index.js';
import { Worlds } from '../../src/world/worlds.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Provider } from '../../src/providers/provider.js';

/** Apps that only record what they serve. The test says when an app is made. */
function recorded(): {
  readonly apps: ProviderApps;
  readonly events: string[];
  readonly made: (() => void)[];
  readonly failed: ((error: Error) => void)[];
} {
  const [events, made, failed]: [string[], (() => void)[], ((error: Error) => void)[]] = [[], [], []];
  const makeApp = ({ name }: Provider): Promise<FastifyInstance> => {
    events.push(`making ${name}`);
    return new Promise((resolve, reject) => {
      const app = {
        routing: ({ url }: IncomingMessage) => events.push(`served ${String(url)}`),
        close: () => events.push(`closed ${name}`),
      };
      made.push(() => {
        resolve(app as never);
      });
      failed.push(reject);
    });
  };
  const log = { error: ({ err }: { err: Error }) => events.push(err.message) } as unknown as FastifyBaseLogger;
  return { apps: new ProviderApps(new Worlds({ providers }), log, makeApp), events, made, failed };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const response = { destroy: () => undefined } as unknown as ServerResponse;
const request = (url: string, destroyed = false): IncomingMessage => ({ url, destroyed }) as IncomingMessage;

t.test('an app is made with the first request to its provider, and requests keep their order meanwhile', async (t) => {
  const { apps, events, made } = recorded();
  for (const url of ['/', '/nobody/x', '/__admin', '/__admin/mailup', '/w/x/mailup']) {
    t.equal(apps.serve(request(url), response), false, url);
  }
  t.equal(apps.serve(request('/mailup/a'), response), true);
  t.equal(apps.serve(request('/mailup/b?c=/d'), response), true);
  apps.serve(request('/mailup/gone', true), response);
  apps.serve(request('/tinyemail/c'), response);
  t.same(events, ['making mailup', 'making tinyemail']);
  made[1]?.();
  await turn();
  apps.serve(request('/tinyemail/d'), response);
  t.equal(events.length, 2, 'nothing passes a request that waits');
  made[0]?.();
  await turn();
  apps.serve(request('/mailup/e'), response);
  const served = ['/mailup/a', '/mailup/b?c=/d', '/tinyemail/c', '/tinyemail/d', '/mailup/e'];
  t.same(
    events.slice(2),
    served.map((url) => `served ${url}`),
  );
  await apps.close();
  t.same(events.slice(-2), ['closed mailup', 'closed tinyemail']);
});

t.test('if an app cannot be made, its requests end, and the next one makes it again', async (t) => {
  const { apps, events, made, failed } = recorded();
  let ended = 0;
  const broken = { destroy: () => (ended += 1) } as unknown as ServerResponse;
  // a request behind one that waits for another app, so that nobody awaits the failure at once
  apps.serve(request('/tinyemail/a'), response);
  apps.serve(request('/mailup/b'), broken);
  failed[1]?.(new Error('no such module'));
  await turn();
  made[0]?.();
  await turn();
  t.same([ended, events.slice(2)], [1, ['served /tinyemail/a', 'no such module']]);
  apps.serve(request('/mailup/c'), response);
  t.equal(events.at(-1), 'making mailup');
  failed[2]?.(new Error('no such module again'));
  await apps.close();
  t.ok(events.includes('closed tinyemail'), 'the close is not disturbed');
});

t.test('the close of a server ends requests that a fault holds, also those to a provider of a file', async (t) => {
  const server = await start({ providers: [{ name: 'acme', like: 'mailup', hosts: [] }] });
  const { faults } = server.world();
  for (const provider of ['mailup', 'acme']) await faults.add({ match: { provider }, fault: { kind: 'hold' } });
  const held = ['mailup', 'acme'].map((name) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.on('error', () => undefined).write(`GET /${name}/API/v1.1/Rest/x HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    return once(socket.resume(), 'close');
  });
  for (const { id } of await faults.list()) while ((await faults.get(id)).waiting === 0) await turn();
  const begun = performance.now();
  await server.close();
  await Promise.all(held);
  // without it, the server waits for them: half a second
  t.ok(performance.now() - begun < 400, `${performance.now() - begun} ms`);
});
