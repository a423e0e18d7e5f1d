import t from 'tap';
import { parse } from 'yaml';
import { start } from '../../src/client/index.js';
import { toYaml } from '../../src/panel/writing/yaml.js';
import { savedClient, savedUser } from '../../src/panel/views/scenarios/saved-people.js';
import { scenarioFrom } from '../../src/panel/views/scenarios/saved-scenario.js';
import { isSameJson } from '../../src/panel/views/scenarios/same-value.js';
import { providers } from '../../src/providers/index.js';
import type { ProviderInfo, Scenario, World } from '../../src/client/index.js';
import type { WorldContents } from '../../src/panel/views/scenarios/saved-scenario.js';

const server = await start();
t.teardown(() => server.close());

const base = await server.scenario('default');
const defaults = new Map<string, ProviderInfo>();
for (const { name } of providers) defaults.set(name, await server.world().providers.describe(name));

/** What the panel reads of a world. */
async function contentsOf(world: World, change: Partial<WorldContents> = {}): Promise<WorldContents> {
  const { seed, scenario } = await world.info();
  return {
    description: '',
    seed,
    clock: await world.clock.get(),
    realNow: Date.now(),
    faults: await world.faults.list(),
    base,
    played: scenario === null ? {} : await server.scenario(scenario),
    providers: await Promise.all(
      providers.map(async ({ name }) => ({
        name,
        policy: (await world.providers.describe(name)).policy,
        defaults: defaults.get(name)!.policy,
        clients: await world.clients.list({ provider: name }),
        users: await world.users.list({ provider: name }),
      })),
    ),
    ...change,
  };
}

/** What two worlds have to have in common. */
async function comparable(world: World): Promise<unknown> {
  const { seed, clock, faults, providers: realms } = await contentsOf(world);
  return {
    seed,
    clock: { ...clock, now: clock.frozen ? clock.now : undefined },
    faults: faults.map(({ match, skip, times, probability, for: time, until, fault }) => ({
      ...{ match, skip, times, probability, for: time, until, fault },
    })),
    realms: realms.map(({ name, policy, clients, users }) => ({ name, policy, clients, users })),
  };
}

/** Plays what was saved of a world in a fresh one, by way of YAML. */
async function playedAgain(saved: Scenario): Promise<World> {
  return server.newWorld({ scenario: parse(toYaml(saved)) as Scenario });
}

void t.test('a world that nobody changed is the scenario default', async (t) => {
  const world = await server.newWorld();
  t.same(scenarioFrom(await contentsOf(world)), { extends: 'default' });
});

void t.test(
  'a saved world that is played in a fresh one has the same policies, clients, users, faults and clock',
  async (t) => {
    const world = await server.newWorld({ seed: 'seven', clock: { now: '2030-01-01T00:00:00Z', frozen: true } });
    await world.clock.set({ rate: 2, skewSeconds: 30, dateHeader: 'virtual' });
    await world.providers.policy({
      provider: 'mailup',
      accessToken: '15m',
      interaction: { mode: 'auto', user: 'ada@example.test' },
      errors: { 'resource.too-many-calls': { status: 403 } },
    });
    await world.clients.add({ provider: 'mailup', id: 'public', redirectUris: ['http://localhost/x'] });
    await world.clients.add({ provider: 'mailup', id: 'odd', secret: 's', confidential: false, scopes: [] });
    await world.clients.update({ provider: 'tinyemail', id: 'understudy-client', name: 'Other' });
    await world.users.add({ provider: 'dottedsign', id: 'eve', password: 'p', suspended: true, profile: { a: 1 } });
    await world.faults.addAll([
      { match: { endpoint: 'token' }, fault: [{ kind: 'pass' }, { kind: 'drop' }] },
      { id: 'mine', match: {}, skip: 2, times: 3, for: '1h', fault: { kind: 'status', status: 503 } },
    ]);
    const saved = scenarioFrom(await contentsOf(world, { description: ' Catches nothing. ' }));
    t.same(saved, {
      description: 'Catches nothing.',
      extends: 'default',
      seed: 'seven',
      clock: { now: saved.clock?.now, frozen: true, rate: 2, skewSeconds: 30, dateHeader: 'virtual' },
      providers: {
        mailup: {
          policy: {
            accessToken: '15m',
            interaction: { mode: 'auto', user: 'ada@example.test', decision: 'allow' },
            errors: { 'resource.too-many-calls': { status: 403 } },
          },
          clients: [
            { id: 'public', name: 'public', redirectUris: ['http://localhost/x'] },
            { id: 'odd', secret: 's', name: 'odd', scopes: [], confidential: false },
          ],
        },
        tinyemail: { clients: [{ ...base.providers?.tinyemail?.clients?.[0], name: 'Other' }] },
        dottedsign: {
          users: [{ id: 'eve', username: 'eve', password: 'p', name: 'eve', suspended: true, profile: { a: 1 } }],
        },
      },
      faults: [
        { match: { endpoint: 'token' }, times: 2, fault: [{ kind: 'pass' }, { kind: 'drop' }] },
        { id: 'mine', match: {}, skip: 2, times: 3, for: '1h', fault: { kind: 'status', status: 503 } },
      ],
    });
    t.same(await comparable(await playedAgain(saved)), await comparable(world));
  },
);

void t.test('without a client or user of default, a saved world extends nothing and has all others', async (t) => {
  for (const remove of [
    (world: World) => world.clients.remove({ provider: 'mailup', id: 'understudy-client' }),
    (world: World) => world.users.remove({ provider: 'tinyemail', id: 'grace@example.test' }),
  ]) {
    const world = await server.newWorld();
    await remove(world);
    const saved = scenarioFrom(await contentsOf(world));
    t.equal(saved.extends, undefined);
    t.same(await comparable(await playedAgain(saved)), await comparable(world));
  }
});

/** Scenarios that have something of each kind: stubs, expectations, a clock, a seed, presets, random faults. */
const various = [
  ...['clock-skew', 'empty-account', 'happy-path', 'mailup-bad-day', 'narrower-scope', 'probe-parallel-refresh'],
  ...['second-account', 'strict-oauth', 'suspended-account'],
];

void t.test('a built-in scenario is saved as one that plays the same', async (t) => {
  for (const name of various) {
    const world = await server.newWorld({ scenario: name });
    const saved = scenarioFrom(await contentsOf(world));
    const again = await playedAgain(saved);
    t.same(await comparable(again), await comparable(world), name);
    const { scenario } = await again.snapshot.take();
    const played = await server.scenario(name);
    for (const member of ['expect', 'suppress'] as const) t.same(scenario[member], played[member] ?? [], name);
    for (const provider of ['mailup', 'tinyemail', 'dottedsign']) {
      t.same(scenario.providers?.[provider]?.resources, played.providers?.[provider]?.resources ?? [], name);
    }
    await Promise.all([world.drop(), again.drop()]);
  }
});

void t.test('the limits of the journal and the time of a clock that runs beside real time are kept', async (t) => {
  const contents = await contentsOf(await server.newWorld());
  const { clock } = contents;
  const saved = scenarioFrom({
    ...contents,
    clock: { ...clock, now: '2030-01-01T00:00:00Z' },
    base: {},
    played: { journal: { limit: 5 }, suppress: [{ rule: 'parallel-refresh', reason: 'known' }] },
  });
  t.match(saved, { clock: { now: '2030-01-01T00:00:00Z' }, journal: { limit: 5 } });
  t.equal(saved.clock?.frozen, undefined);
  t.same(saved.suppress, [{ rule: 'parallel-refresh', reason: 'known' }]);
  t.match(saved.providers, { mailup: { clients: [{ id: 'understudy-client' }] } }, 'default has none of them');
});

void t.test('an error that the provider itself changes is not written again', (t) => {
  const at = {
    name: 'p',
    policy: { errors: { a: { status: 400 }, b: { status: 401 } } },
    defaults: { errors: { a: { status: 400 } } },
    clients: [],
    users: [],
  };
  const contents = {
    description: '',
    seed: null,
    clock: { now: '2030-01-01T00:00:00Z', frozen: false, rate: 1, skewSeconds: 0, dateHeader: 'real' as const },
    realNow: Date.parse('2030-01-01T00:00:01Z'),
    faults: [],
    played: {},
  };
  const user = { username: 'u' };
  const saved = (realm: object, defaultPolicy: object = at.defaults): Scenario =>
    scenarioFrom({
      ...contents,
      providers: [{ ...at, defaults: { ...defaultPolicy } }],
      base: { providers: { p: realm } },
    });
  t.same(saved({}), { extends: 'default', providers: { p: { policy: { errors: { b: { status: 401 } } } } } });
  t.same(saved({}, {}).providers?.p?.policy, at.policy);
  t.equal(saved({ users: [user] }).extends, undefined, 'a user who has only a name is looked for by it');
  t.end();
});

void t.test('clients and users are written without what is the default', (t) => {
  t.same(savedClient({ id: 'a', secret: '', name: 'a', redirectUris: [], confidential: false }), {
    id: 'a',
    name: 'a',
  });
  t.same(savedUser({ id: 'a', profile: {} }), { id: 'a' });
  t.end();
});

void t.test('JSON values are compared without the order of their members', (t) => {
  t.ok(isSameJson({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1, d: undefined }));
  for (const [a, b] of [
    [1, '1'],
    [null, {}],
    [{}, null],
    [[], {}],
    [[1], [1, 2]],
    [{ a: 1 }, { b: 1 }],
    [{}, 1],
  ]) {
    t.notOk(isSameJson(a, b), JSON.stringify([a, b]));
  }
  t.end();
});
