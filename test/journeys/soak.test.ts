import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { configOf } from '../../src/config.js';
import { openServer } from '../../src/server.js';
import { liveMiB, traffic } from './traffic.js';

/** Active handles of the process, by kind. */
const held = (): string[] =>
  process
    .getActiveResourcesInfo()
    .filter((kind) => /TCP|Timeout|FSEvent/.test(kind))
    .sort();

// `npm run bench:soak` runs this test for longer.
t.test('mixed traffic leaks nothing: no world, no memory, no timer, no socket, no listener', async (t) => {
  const before = held();
  const listeners = (): number => process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  const listening = listeners();
  const server = await openServer(configOf({ port: 0, logLevel: 'silent' }));
  const live: number[] = [];
  const { statuses, cut } = await traffic({
    url: server.url,
    requests: 4000,
    clients: 8,
    hostileBytes: 10_000,
    tenth: async () => {
      // ended worlds keep their journals, up to a limit, until a report asks for their findings
      await (await fetch(`${server.url}/__admin/findings?worlds=all`)).text();
      live.push(liveMiB());
    },
  });

  t.equal(server.worlds.size, 1, 'only the default world is left');
  t.equal(
    [...statuses.keys()].filter((status) => status >= 500 && status !== 503).length,
    0,
    'only requests with a fault failed',
  );
  t.ok((statuses.get(200) ?? 0) > 1500, 'most requests succeeded');
  t.ok(cut > 10, 'faults closed some connections');
  // The first tenths are warm-up: code is compiled and caches are filled.
  const [middle, end] = [live.slice(3, 6), live.slice(-3)].map((values) => Math.min(...values)) as [number, number];
  t.ok(end < middle * 1.1, `${middle.toFixed(1)} MiB in the middle, ${end.toFixed(1)} at the end`);

  await server.close();
  // A destroyed socket disappears after one or two turns of the event loop.
  for (let looks = 0; looks < 50 && held().length > before.length; looks += 1) await sleep(20);
  t.same(held(), before);
  t.ok(listeners() <= listening);
});
