// A rule sees grant type, client and user as the endpoint reads them, so a fault and the journal agree about each request.
import t from 'tap';
import { start } from '../../src/client/index.js';
import { demo } from '../support.js';
import { basic } from '../providers/visit.js';
import type { FaultRule, World } from '../../src/client/index.js';

const server = await start();
t.teardown(() => server.close());

type ProviderName = 'mailup' | 'tinyemail' | 'dottedsign';
const down = { kind: 'status', status: 503 } as const;

interface Sent {
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const refresh = `grant_type=refresh_token&refresh_token=x`;
const client = `client_id=${demo.id}&client_secret=${demo.secret}`;
const field = (name: string, value: string): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

/** A token request, and which providers find the grant type refresh_token and the client of the test in it. */
const requests: readonly (readonly [name: string, sent: Sent, readBy: readonly ProviderName[]])[] = [
  ['a plain form', { headers: form, body: `${refresh}&${client}` }, ['mailup', 'tinyemail', 'dottedsign']],
  ['a form without Content-Type', { body: `${refresh}&${client}` }, ['dottedsign']],
  [
    'multipart',
    {
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: `${field('grant_type', 'refresh_token')}${field('refresh_token', 'x')}${field('client_id', demo.id)}--b--\r\n`,
    },
    ['dottedsign', 'tinyemail'],
  ],
  [
    'multipart without a boundary',
    { headers: { 'content-type': 'multipart/form-data' }, body: `${refresh}&${client}` },
    ['dottedsign'],
  ],
  [
    'JSON',
    {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'refresh_token', client_id: demo.id, client_secret: demo.secret }),
    },
    ['dottedsign'],
  ],
  ['a type that nobody reads', { headers: { 'content-type': 'text/plain' }, body: `${refresh}&${client}` }, []],
  ['the query', { query: `?${refresh}&${client}` }, ['mailup', 'tinyemail', 'dottedsign']],
  [
    'another value in the body than in the query',
    { query: `?${refresh}`, headers: form, body: `grant_type=password&${client}` },
    ['tinyemail', 'dottedsign'],
  ],
  [
    'a repeated grant type, the last one right',
    { headers: form, body: `grant_type=password&${refresh}&${client}` },
    ['dottedsign'],
  ],
  [
    'a repeated grant type, the first one right',
    { headers: form, body: `${refresh}&grant_type=password&${client}` },
    ['tinyemail'],
  ],
  [
    'a client id with a broken percent-encoding beside Basic',
    { headers: { ...form, authorization: basic(demo.id, demo.secret) }, body: `${refresh}&client_id=%ZZ` },
    ['mailup', 'tinyemail'],
  ],
  [
    'another client by Basic than in the body',
    { headers: { ...form, authorization: basic('another', 'x') }, body: `${refresh}&${client}` },
    ['tinyemail'],
  ],
  [
    'another client in the body than by Basic',
    {
      headers: { ...form, authorization: basic(demo.id, demo.secret) },
      body: `${refresh}&client_id=another&client_secret=x`,
    },
    ['mailup', 'dottedsign'],
  ],
  ['a blank grant type', { headers: form, body: `grant_type=%20&${client}` }, []],
];

async function send(world: World, provider: ProviderName, { query = '', headers = {}, body }: Sent): Promise<number> {
  const { tokenUrl } = (await world.info()).providers[provider];
  // a Buffer has no type of its own
  const init = body === undefined ? {} : { body: Buffer.from(body) };
  return (await fetch(tokenUrl + query, { method: 'POST', headers, ...init })).status;
}

for (const provider of ['mailup', 'tinyemail', 'dottedsign'] as const) {
  t.test(`${provider}: a rule matches the grant type and the client that the token endpoint reads`, async (t) => {
    const world = await server.newWorld({ seed: 1 });
    for (const [name, sent, readBy] of requests) {
      await world.faults.clear();
      await send(world, provider, sent);
      const entry = (await world.journal.list()).at(-1);
      const isRead = readBy.includes(provider);
      t.equal(
        entry?.grantType === 'refresh_token' && entry.clientId === demo.id,
        isRead,
        `${name}: the journal has ${entry?.grantType} of ${entry?.clientId}`,
      );

      const match: FaultRule['match'] = { endpoint: 'token', grantType: 'refresh_token', clientId: demo.id };
      await world.faults.add({ match, fault: down });
      t.equal((await send(world, provider, sent)) === 503, isRead, `${name}: the rule`);
    }
  });
}

t.test('a form without Content-Type that the provider reads is a form for match and journal', async (t) => {
  const world = await server.newWorld({ seed: 1 });
  const match = { form: { refresh_token: 'x' } };
  const { id } = await world.faults.add({ match, fault: down });
  t.equal(await send(world, 'dottedsign', { body: `${refresh}&${client}` }), 503);
  t.not(await send(world, 'tinyemail', { body: `${refresh}&${client}` }), 503);
  t.match(await world.faults.get(id), { hits: 1 });
  t.equal((await world.verify({ match, count: 1 })).passed, true);
});

t.test('a rule matches the user of the access token that the API reads', async (t) => {
  const world = await server.newWorld({ seed: 1 });
  const { apiUrl } = (await world.info()).providers.dottedsign;
  const mint = async (userId: string): Promise<string> =>
    (await world.tokens.mint({ provider: 'dottedsign', clientId: demo.id, userId })).accessToken;
  const [user, other] = (await world.users.list({ provider: 'dottedsign' })).map(({ id }) => id) as [string, string];
  const own = await mint(user);
  await world.faults.add({ match: { endpoint: 'resource', userId: user }, fault: down });
  const call = async (query: string, headers: Record<string, string> = {}): Promise<number> =>
    (await fetch(`${apiUrl}/members/me${query}`, { headers })).status;
  t.equal(await call(`?access_token=${own}`), 503);
  t.equal(await call(`?bearer_token=${own}`), 503);
  t.equal(await call('', { authorization: `bearer ${own}` }), 503);
  t.equal(
    await call(`?access_token=${own}`, { authorization: `Bearer ${await mint(other)}` }),
    200,
    'the header counts',
  );
});

t.test('a rule matches the user who is typed into the login page', async (t) => {
  const world = await server.newWorld({ seed: 1 });
  const [user] = await world.users.list({ provider: 'dottedsign' });
  await world.faults.add({ match: { endpoint: 'login', userId: user?.id ?? '' }, fault: down });
  const { authorizeUrl } = (await world.info()).providers.dottedsign;
  const login = new URL(
    (await fetch(authorizeUrl, { redirect: 'manual' })).headers.get('location') ?? '',
    authorizeUrl,
  );
  const typed = async (username: string): Promise<number> =>
    (await fetch(login, { method: 'POST', body: new URLSearchParams({ username, password: 'x' }) })).status;
  t.equal(await typed(user?.username ?? ''), 503);
  t.not(await typed('nobody'), 503);
});
