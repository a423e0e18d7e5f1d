import t from 'tap';
import { start } from '../../src/client/index.js';
import { expectationCode, expectationFrom } from '../../src/panel/views/timeline/entry/expectation-from.js';
import { demo } from '../support.js';
import type { EntryView } from '../../src/client/index.js';

void t.test('an expectation from an entry is met by the journal that has the entry', async (t) => {
  const server = await start();
  t.teardown(() => server.close());
  const world = server.world();
  const { tokenUrl, apiUrl } = await world.providers.describe('dottedsign');
  const { accessToken } = await world.tokens.mint({ provider: 'dottedsign', clientId: demo.id, userId: demo.username });
  const callApi = (token: string): Promise<Response> =>
    fetch(`${apiUrl}/members/me`, { headers: { authorization: `Bearer ${token}` } });
  await callApi(accessToken);
  await callApi('unknown');
  await world.faults.add({ match: { endpoint: 'resource' }, times: 1, fault: { kind: 'rate-limit' } });
  await callApi(accessToken);
  await fetch(tokenUrl, { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token' }) });
  await fetch(`${server.url}/dottedsign/nowhere`);
  const entries = await world.journal.list();
  t.equal(entries.length, 5);
  for (const entry of entries) {
    const { passed } = await world.verify(expectationFrom(entry));
    t.ok(passed, `entry ${entry.id}: ${entry.endpoint}`);
    t.notOk((await world.verify(expectationFrom(entry, 'never'))).passed);
  }
});

const entry: EntryView = {
  id: 1,
  at: '',
  realAt: '',
  provider: 'mailup',
  endpoint: 'token',
  grantType: 'refresh_token',
  clientId: 'fp:0123456789ab',
  request: { method: 'POST', path: '/mailup/Token', query: {}, headers: {} },
  reason: 'refresh.replaced',
  status: 400,
  notes: [],
};

void t.test('an expectation counts as it is told, and leaves out what no request can have', (t) => {
  const match = {
    provider: 'mailup',
    endpoint: 'token',
    grantType: 'refresh_token',
    status: 400,
    reason: 'refresh.replaced',
  };
  t.same(expectationFrom(entry), { match });
  t.same(expectationFrom(entry, 'once'), { match, count: 1 });
  t.same(expectationFrom(entry, 'never'), { match, count: 0 });
  const { status: _, reason: __, ...open } = { ...entry, clientId: '', fault: { id: 'x', kind: 'drop' } };
  t.same(expectationFrom(open).match, {
    provider: 'mailup',
    endpoint: 'token',
    grantType: 'refresh_token',
    fault: 'drop',
  });
  const other = { ...entry, endpoint: 'other', request: { ...entry.request, method: 'OPTIONS', path: '*' } };
  t.match(expectationFrom(other).match, { method: 'OPTIONS', path: undefined });
  t.end();
});

void t.test('an expectation is code of a test', (t) => {
  t.equal(
    expectationCode({ match: { clientId: `it's "x" <script>` }, count: 1 }),
    `await world.expect({ match: { clientId: 'it\\'s "x" <script>' }, count: 1 });`,
  );
  t.end();
});
