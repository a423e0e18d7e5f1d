import { readFile } from 'node:fs/promises';
import t from 'tap';
import { adminOf } from '../admin/calls.js';
import { startServer } from '../support.js';
import type { FaultState } from '../../src/client/index.js';
import type { Snapshot } from '../../src/world/snapshot/schema.js';

// Written by version 0.1.0 before fault rules had `for`, `until` and `ended`, and before many policy fields.
const earlier = JSON.parse(
  await readFile(new URL('earlier-snapshot.json', import.meta.url), 'utf8'),
) as Required<Snapshot>;

const server = await startServer();
t.teardown(() => server.close());
const call = adminOf(server.url);

t.test('a snapshot of an earlier version is restored with its faults, tokens and policies', async (t) => {
  t.equal((await call('PUT /snapshot', earlier)).status, 200);

  const { faults } = (await call<{ faults: FaultState[] }>('GET /faults')).body;
  t.match(faults, [
    { id: 'first-is-refused', hits: 1, remaining: 0, ended: true },
    { id: 'later', seen: 1, hits: 0, remaining: null, ended: false },
  ]);
  const refused = await fetch(`${server.url}/tinyemail/api/authorization-server/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token' }),
  });
  t.match(await refused.json(), { error: 'invalid_client' }, 'the fault that has not ended applies');

  const token = earlier.realms.dottedsign?.accessTokens[0]?.token ?? '';
  const answer = await fetch(`${server.url}/dottedsign/v1/members/me`, {
    headers: { authorization: `Bearer ${token}` },
  });
  t.equal(answer.status, 200);
  const { policy } = server.realm('dottedsign');
  t.equal(policy.clientCredentialsTwice, 'accepted-if-same', 'a stored field keeps its value');
  t.equal(policy.loginPage, 'first', 'a field that did not exist has the value of the provider');
});
