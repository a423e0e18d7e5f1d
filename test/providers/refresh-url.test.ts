import t from 'tap';
import { snippets } from '../../src/admin/snippets/snippets.js';
import { start } from '../../src/client/index.js';
import { introduction } from '../../src/commands/announce.js';
import { examine } from '../../src/exam/exam.js';
import { defineProvider } from '../../src/providers/files/define-provider.js';
import { standardProvider } from '../../src/providers/standard-provider.js';
import { providerPart } from '../../src/run/environment/understudy.js';
import { Worlds } from '../../src/world/worlds.js';

const document = {
  endpoints: { authorize: '/authorize', token: '/token', refresh: '/{tenant}/refresh' },
  variables: { tenant: { example: 'mine' } },
};
const server = await start({ providers: [{ name: 'acme', ...document }] });
t.teardown(() => server.close());
const world = server.world();

t.test('a provider with refresh paths of its own tells its refresh URL', async (t) => {
  const { providers } = await world.info();
  const refreshUrl = `${String(providers.acme?.baseUrl)}/mine/refresh`;
  t.equal(providers.acme?.refreshUrl, refreshUrl);
  t.equal((await world.providers.describe('acme')).refreshUrl, refreshUrl);
  t.notOk('refreshUrl' in providers.mailup, 'where refresh tokens are exchanged at the token endpoint');
});

t.test('every snippet refreshes there', async (t) => {
  await world.clients.add({
    provider: 'acme',
    id: 'mine',
    secret: 'a-secret',
    redirectUris: ['http://127.0.0.1:1/cb'],
  });
  const written = await world.clients.snippets({ provider: 'acme', id: 'mine' });
  t.same(
    written.map(({ name }) => name),
    snippets.map(({ name }) => name),
  );
  const { tokenUrl, refreshUrl } = (await world.info()).providers.acme!;
  for (const { name, text } of written) {
    t.ok(text.includes(String(refreshUrl)), name);
    t.ok(text.indexOf(tokenUrl) < text.lastIndexOf(String(refreshUrl)), `${name}: the code first`);
  }
  const client = { provider: 'mailup', id: 'other', secret: 'a-secret', redirectUris: ['http://127.0.0.1:1/cb'] };
  await world.clients.add(client);
  t.notMatch(
    (await world.clients.snippets({ provider: 'mailup', id: 'other' })).find(({ name }) => name === 'env')?.text,
    'REFRESH_URL',
  );
});

t.test('the first lines of a server and the environment of a run have it', (t) => {
  const { provider } = defineProvider(document, { name: 'acme', like: standardProvider, find: () => undefined });
  const worlds = new Worlds({ providers: [provider!] });
  const own = worlds.use('default')!;
  const lines = introduction(provider!, 'http://h', own.scenario, { internalUrl: 'http://inside' });
  t.ok(lines.includes('  refresh    http://h/acme/mine/refresh'));
  t.ok(lines.includes('  refresh    http://inside/acme/mine/refresh  (internal)'));
  const { variables } = providerPart(provider!, 'http://h', own, []);
  t.match(variables, { UNDERSTUDY_ACME_REFRESH_URL: 'http://h/acme/mine/refresh' });
  t.end();
});

t.test('functions under exam get it', async (t) => {
  const told = new Set<string | undefined>();
  const connect = ({ urls }: { urls: { refreshUrl?: string } }): Promise<void> => {
    told.add(urls.refreshUrl);
    return Promise.resolve();
  };
  const call = (): Promise<void> => Promise.resolve();
  await t.rejects(examine({ world, provider: 'acme', connect, call, only: ['new-refresh-token-kept'] }));
  t.same([...told], [(await world.info()).providers.acme?.refreshUrl]);
});
