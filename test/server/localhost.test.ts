import dns from 'node:dns/promises';
import { once } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { connect } from 'node:net';
import t from 'tap';
import { start } from '../../src/client/index.js';

t.test('a server on localhost listens on all addresses of that name, and frees them', async (t) => {
  const { lookup } = dns;
  const addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.2', '203.0.113.1'];
  dns.lookup = (() => Promise.resolve(addresses.map((address) => ({ address, family: 4 })))) as never;
  syncBuiltinESMExports();
  t.teardown(() => {
    dns.lookup = lookup;
    syncBuiltinESMExports();
  });
  const server = await start({ host: 'localhost' });
  t.teardown(() => server.close());
  const { port } = new URL(server.url);
  for (const host of ['127.0.0.2', new URL(server.url).hostname]) {
    const answer = await fetch(`http://${host}:${port}/mailup/API/v1.1/Rest/x`);
    t.equal(answer.status, 401, host);
    await answer.arrayBuffer();
  }
  const entries = await server.world().journal.list();
  t.same(
    entries.map(({ request }) => request.headers.host),
    [`127.0.0.2:${port}`, new URL(server.url).host],
  );
  await server.close();
  const [refused] = await once(connect(Number(port), '127.0.0.2'), 'error').catch((error: unknown) => [error]);
  t.match(refused, { code: 'ECONNREFUSED' });
});
