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
class Recorded {
  readonly worlds = new Worlds({ providers });
  readonly events: string[] = [];
  readonly made: (() => void)[] = [];
  readonly failed: ((error: Error) => void)[] = [];
  readonly apps: ProviderApps;

  constructor() {
    const log = { error: ({ err }: { err: Error }) => this.events.push(err.message) } as unknown as FastifyBaseLogger;
    this.apps = new ProviderApps(this.worlds, log, ({ name }) => this.#makeApp(name));
  }

  #makeApp(name: string): Promise<FastifyInstance> {
    this.events.push(`making ${name}`);
    return new Promise((resolve, reject) => {
      const app = {
        routing: ({ url }: IncomingMessage) => this.events.push(`served ${String(url)}`),
        close: () => this.events.push(`closed ${name}`),
      };
      this.made.push(() => {
        resolve(app as never);
      });
      this.failed.push(reject);
    });
  }

  serve(url: string, { isGone = false, destroy = (): void => undefined } = {}): void {
    const request = { url, destroyed: isGone } as IncomingMessage;
    this.apps.serve(request, { destroy } as unknown as ServerResponse, () => this.events.push(`other ${url}`));
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

t.test('an app is made with the first request to its provider, and requests keep their order meanwhile', async (t) => {
  const all = new Recorded();
  const { events } = all;
  const others = ['/', '/nobody/x', '/__admin', '/__admin/mailup', '/w/x/mailup', '/mailup2/x'];
  for (const url of others) all.serve(url);
  t.same(
    events.splice(0),
    others.map((url) => `other ${url}`),
  );
  all.serve('/mailup/a');
  all.serve('/mailup/b?c=/d');
  all.serve('/mailup/gone', { isGone: true });
  all.serve('/tinyemail/c');
  t.same(events.splice(0), ['making mailup', 'making tinyemail']);
  all.made[1]?.();
  await turn();
  all.serve('/tinyemail/d');
  all.serve('/__admin/journal');
  t.same(events, [], 'nothing passes a request that waits, no call of the admin API either');
  all.made[0]?.();
  await turn();
  all.serve('/mail%75p/e');
  t.same(events.splice(0), [
    'served /mailup/a',
    'served /mailup/b?c=/d',
    'served /tinyemail/c',
    'served /tinyemail/d',
    'other /__admin/journal',
    'served /mail%75p/e',
  ]);
  await all.apps.close();
  t.same(events.splice(0), ['closed mailup', 'closed tinyemail']);
  all.serve('/mailup/late');
  t.same(events, ['other /mailup/late'], 'the app of the server says that it closes');
});

t.test('if an app cannot be made, its requests end, and the next one makes it again', async (t) => {
  const all = new Recorded();
  let ended = 0;
  // a request behind one that waits for another app, so that nobody awaits the failure at once
  all.serve('/tinyemail/a');
  all.serve('/mailup/b', { destroy: () => (ended += 1) });
  all.failed[1]?.(new Error('no such module'));
  await turn();
  all.made[0]?.();
  await turn();
  t.same([ended, all.events.slice(2)], [1, ['served /tinyemail/a', 'no such module']]);
  all.serve('/mailup/c');
  t.equal(all.events.at(-1), 'making mailup');
  all.failed[2]?.(new Error('no such module again'));
  await all.apps.close();
  t.ok(all.events.includes('closed tinyemail'), 'the close is not disturbed');
});

t.test('a request that waits when the server closes is served, and then the app is closed', async (t) => {
  const all = new Recorded();
  all.serve('/mailup/a');
  const closed = all.apps.close();
  all.made[0]?.();
  await closed;
  await turn();
  t.same(all.events, ['making mailup', 'served /mailup/a', 'closed mailup']);
});

t.test('apps of providers that are gone are closed, before there are many of them', async (t) => {
  const all = new Recorded();
  const [mailup] = providers as [Provider];
  const definitions = Array.from({ length: 49 }, (_, i) => ({ ...mailup, name: `p${i}`, hosts: [] }));
  all.worlds.redefine(definitions);
  for (const { name } of [mailup, ...definitions]) {
    all.serve(`/${name}/a`);
    all.made.at(-1)?.();
  }
  await turn();
  all.worlds.redefine(definitions.slice(0, 10));
  all.serve('/tinyemail/a');
  await turn();
  const closed = all.events.filter((event) => event.startsWith('closed'));
  t.same(
    closed,
    definitions.slice(10).map(({ name }) => `closed ${name}`),
  );
});

t.test(
  'an app whose provider goes while it is made is closed, and made again if the provider comes back',
  async (t) => {
    const all = new Recorded();
    const [mailup] = providers as [Provider];
    const definitions = Array.from({ length: 50 }, (_, i) => ({ ...mailup, name: `p${i}`, hosts: [] }));
    all.worlds.redefine(definitions);
    for (const { name } of definitions) all.serve(`/${name}/a`);
    for (const made of all.made.slice(1)) made();
    await turn();
    all.worlds.redefine(definitions.slice(1));
    all.serve('/tinyemail/a');
    all.made[0]?.();
    await turn();
    t.ok(all.events.includes('closed p0'));
    all.worlds.redefine(definitions);
    all.made.at(-1)?.();
    await turn();
    all.serve('/p0/b');
    t.equal(all.events.at(-1), 'making p0');
  },
);

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
