// Users of provider files, and which users a world has of them.
import t from 'tap';
import { Shop, mistakesOf } from './files/shop.js';
import { mergeUsers } from '../../src/world/scenario/merge-users.js';
import { start } from '../../src/client/index.js';
import type { Scenario } from '../../src/client/index.js';

const document = {
  users: [
    { id: 'ada@example.test', name: 'Ada L.', profile: { team: 'T1' } },
    { id: 'lin', username: 'lin@shop.example', password: 'pass', profile: { team: 'T2' } },
  ],
  answers: { token: { body: { access_token: '{{ access_token }}', team: '{{ user.profile.team }}' } } },
  resources: [{ path: '/me', body: { id: '{{ user.id }}', name: '{{ user.name }}', team: '{{ user.profile.team }}' } }],
};

const authorizeUrl = ({ url, authorizePath }: Shop): string => {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: Shop.client.id,
    redirect_uri: Shop.redirectUri,
  }).toString();
  return `${url}${authorizePath}?${query}`;
};

t.test('users of a file can log in, and templates show what the brand knows of them', async (t) => {
  const shop = await Shop.open(t, document);
  const { access_token: access, team } = await shop.tokens();
  t.equal(team, 'T1');
  t.same((await shop.get('/api/me', access)).json, { id: 'ada@example.test', name: 'Ada L.', team: 'T1' });

  await shop.world.providers.policy({ provider: 'shop', interaction: { mode: 'manual' } });
  const url = authorizeUrl(shop);
  const { code } = await shop.world.authorize(url, { username: 'lin@shop.example', password: 'pass' });
  const form = { grant_type: 'authorization_code', redirect_uri: Shop.redirectUri, code: String(code) };
  t.match((await shop.post('/token', form)).json, { team: 'T2' });

  const users = await shop.world.users.list({ provider: 'shop' });
  t.strictSame(
    users.map(({ id }) => id),
    ['ada@example.test', 'grace@example.test', 'lin'],
    'beside those of the scenario default',
  );
});

t.test('users of a scenario replace those of the file with the same id', async (t) => {
  const server = await start();
  t.teardown(() => server.close());
  const usersIn = async (scenario: Scenario, provider = 'shop'): Promise<unknown[]> => {
    const world = await server.newWorld({ scenario });
    return (await world.users.list({ provider })).map(({ id, name, profile }) => [id, name, profile]);
  };
  const policy = { interaction: { mode: 'auto', user: 'lin' } } as const;
  const own = { users: [{ id: 'lin', name: 'Lin', profile: { team: 'T9' } }], policy };
  const ada = ['ada@example.test', 'Ada L.', { team: 'T1' }];
  const grace = ['grace@example.test', 'Grace Hopper', {}];
  t.strictSame(await usersIn({ extends: 'default', definitions: { shop: document }, providers: { shop: own } }), [
    ada,
    grace,
    ['lin', 'Lin', { team: 'T9' }],
  ]);
  t.strictSame(
    await usersIn({ definitions: { shop: document }, providers: { shop: { policy } } }),
    [ada, ['lin', 'lin@shop.example', { team: 'T2' }]],
    'it extends no other',
  );
  t.strictSame(
    await usersIn({ definitions: { shop: document, store: { like: 'shop', policy } } }, 'store'),
    [ada, grace, ['lin', 'lin@shop.example', { team: 'T2' }]],
    'a provider that is like one with users has them',
  );
});

t.test('a later user replaces an earlier one with the same username: of the file, of the scenario', async (t) => {
  const own = { id: 'U1', username: 'ada@example.test', password: 'of-file', name: 'Ada of the file' };
  const shop = await Shop.open(t, { users: [own] });
  const names = async (world = shop.world): Promise<unknown[]> =>
    (await world.users.list({ provider: 'shop' })).map(({ id, username, name }) => [id, username, name]);
  const grace = ['grace@example.test', 'grace@example.test', 'Grace Hopper'];
  t.strictSame(await names(), [['U1', 'ada@example.test', 'Ada of the file'], grace]);

  await shop.world.providers.policy({ provider: 'shop', interaction: { mode: 'manual' } });
  const url = authorizeUrl(shop);
  t.match(await shop.world.authorize(url, { username: 'ada@example.test', password: 'of-file' }), { code: /./ });

  await shop.world.play({
    extends: 'default',
    definitions: { shop: { users: [own] } },
    providers: { shop: { users: [{ id: 'U2', username: 'ada@example.test' }, { username: 'U3' }] } },
  });
  const u2 = ['U2', 'ada@example.test', 'ada@example.test'];
  t.strictSame(await names(), [grace, u2, ['U3', 'U3', 'U3']], 'of the scenario');
});

t.test('users are merged by every name that a person can log in with', (t) => {
  const a = { id: 'a', username: 'x' };
  const b = { id: 'b', username: 'y' };
  const c = { id: 'c', username: 'z' };
  t.strictSame(mergeUsers([a, b], [c]), [a, b, c]);
  t.strictSame(mergeUsers([a, b], [{ id: 'a' }]), [{ id: 'a' }, b], 'the same id');
  t.strictSame(mergeUsers([a, b], [{ username: 'y' }]), [a, { username: 'y' }], 'the same username');
  t.strictSame(mergeUsers([a, b], [{ id: 'c', username: 'a' }]), [{ id: 'c', username: 'a' }, b], 'an id as username');
  t.strictSame(mergeUsers([a, b, c], [{ id: 'c', username: 'x' }]), [{ id: 'c', username: 'x' }, b], 'two at once');
  t.strictSame(mergeUsers([a], [{ id: 'b', username: 'x' }], [a]), [a], 'one after the other');
  t.strictSame(mergeUsers([a], [{ id: 'b', username: 'x' }], [{ id: 'a', username: 'q' }]), [
    { id: 'b', username: 'x' },
    { id: 'a', username: 'q' },
  ]);
  const named = { id: 'd', username: 'a' };
  t.strictSame(mergeUsers([a, named], [b]), [a, named, b], 'users of one list stay');
  t.strictSame(mergeUsers([b], [a, named]), [b, a, named], 'of a later list');
  t.strictSame(mergeUsers([{ id: 'a', username: 'w' }, b], [a, named]), [a, b, named], 'and one place is not for two');
  t.end();
});

t.test('a username that is the id of another user of the file drops none of them', async (t) => {
  const ada = { id: 'ada', username: 'ada@x.test' };
  const second = { id: 'u2', username: 'ada' };
  for (const users of [
    [ada, second],
    [second, ada],
  ]) {
    const shop = await Shop.open(t, { users });
    const ids = (await shop.world.users.list({ provider: 'shop' })).map(({ id }) => id);
    t.strictSame(ids, ['ada@example.test', 'grace@example.test', ...users.map(({ id }) => id)]);
  }
});

t.test('users without a name, and two with the same, are mistakes of the file', (t) => {
  const text = 'users:\n  - name: A\n  - id: a\n  - username: a\n  - { id: b, username: a }\n  - { user: x }';
  t.match(mistakesOf(t, { 'a.yaml': text.replace('\n  - { user: x }', '') }), [
    /^2:5 users\.0: needs an id or a username$/,
    /users\.2\.id: "a" is already the id of another user$/,
    /users\.2\.username: "a" is already the username of another user$/,
    /users\.3\.username: "a" is already the username of another user$/,
  ]);
  t.match(mistakesOf(t, { 'a.yaml': text }).join('\n'), /^6:\d+ users\.4\.user: is not a member here/m);
  t.end();
});
