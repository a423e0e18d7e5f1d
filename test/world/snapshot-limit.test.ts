import t from 'tap';
import { openGrant } from '../../src/core/realm.js';
import { snapshotLimitBytes } from '../../src/world/snapshot/schema.js';
import { providers } from '../../src/providers/index.js';
import { adminOf } from '../admin/calls.js';
import { startServer } from '../support.js';
import type { Problem } from '../admin/calls.js';
import type { TestServer } from '../support.js';

/** Fills a realm of the default world with access tokens. */
function fill(server: TestServer, count: number, length: number): void {
  const realm = server.world().realm(providers[0]!);
  const [client] = realm.clients.values();
  const at = realm.now();
  const grant = openGrant(realm, { type: 'client_credentials', client: client!, user: undefined, scopes: [], at });
  for (let i = 0; i < count; i += 1) {
    const token = String(i).padStart(length, 't');
    realm.accessTokens.set(token, {
      token,
      grant,
      scopes: [],
      issuedAt: at,
      expiresAt: Infinity,
      refreshToken: undefined,
      retires: undefined,
    });
  }
}

t.test('limit "size of a snapshot": a world that PUT would take is written and comes back', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const call = adminOf(server.url);
  await call('PATCH /clock', { frozen: true });
  fill(server, 40_000, 1000);
  const first = await fetch(`${server.url}/__admin/snapshot`).then((answer) => answer.text());
  t.ok(first.length > snapshotLimitBytes / 2);
  t.equal((await call('PUT /snapshot', first)).status, 200);
  const second = await fetch(`${server.url}/__admin/snapshot`).then((answer) => answer.text());
  t.ok(second === first, 'equal');
});

for (const [title, count, length, most] of [
  ['long tokens', 40_000, 1900, 5000],
  ['a million tokens, told without writing them', 1_000_000, 40, 500],
] as const) {
  t.test(`limit "size of a snapshot": ${title}`, async (t) => {
    const server = await startServer();
    t.teardown(() => server.close());
    fill(server, count, length);
    const started = performance.now();
    const answer = await adminOf(server.url)<Problem>('GET /snapshot');
    t.ok(performance.now() - started < most, 'time');
    t.equal(answer.status, 409);
    t.match(answer.body, { title: 'World too large for a snapshot', detail: /larger than 67108864 bytes/ });
  });
}
