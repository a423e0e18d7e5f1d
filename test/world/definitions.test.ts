import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../src/commands/index.js';
import { start } from '../../src/library.js';
import { standardProvider } from '../../src/providers/standard-provider.js';
import { Definitions, providersOf } from '../../src/world/definitions.js';
import { followAll } from '../../src/world/follow-all.js';
import { readFixture } from '../../src/world/scenario/parse-file.js';
import { knownNames } from '../support.js';
import type { Test } from 'tap';
import type { Provider } from '../../src/providers/provider.js';
import type { FollowedScenarios } from '../../src/world/follow-all.js';
import type { World } from '../../src/world/world.js';
import type { Surroundings } from '../../src/commands/surroundings.js';

function folderWith(t: Test, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-definitions-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** What `understudy check` prints about a folder, without the path of the folder. */
async function checked(folder: string): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await run(['check', folder], {
    env: {},
    out: (line: string) => lines.push(line),
    err: (line: string) => lines.push(line),
  } as unknown as Surroundings);
  return { code, lines: lines.map((line) => line.replace(`${folder}/`, '')) };
}

const shop = `
definitions:
  base: { endpoints: { token: /oauth/token } }
  acme:
    like: base
    title: Acme
    scopes: { read: Read your things }
providers:
  acme:
    policy: { accessToken: 5m }
    clients: [{ id: till, secret: s3cret, scopes: [read], redirectUris: ['http://localhost:1/cb'] }]
    users: [{ id: lin }]
faults: [{ match: { provider: acme }, times: 1, fault: { kind: pass } }]
expect: [{ match: { provider: acme }, count: 0 }]
suppress: [{ rule: state-reused, provider: acme, reason: It is known }]
`;

t.test('a scenario file defines providers, and has content for them', async (t) => {
  const fixtures = folderWith(t, {
    'shop.yaml': shop,
    'heir.yaml':
      'extends: shop\ndefinitions: { acme: { like: base, title: Heir } }\nproviders: { base: { users: [{ id: max }] } }',
  });
  t.match(await checked(fixtures), { code: 0, lines: ['heir.yaml: good', 'shop.yaml: good'] });
  const server = await start({ fixtures, scenario: 'shop' });
  t.teardown(() => server.close());
  const world = server.world();
  t.match(await world.providers.describe('acme'), {
    title: 'Acme',
    tokenUrl: `${server.url}/acme/oauth/token`,
    policy: { accessToken: '5m' },
  });
  t.match(await world.clients.list({ provider: 'acme' }), [{ id: 'till' }]);
  const heir = await server.newWorld({ scenario: 'heir' });
  t.match(await heir.providers.describe('acme'), { title: 'Heir', policy: { accessToken: '5m' } });
  t.match(await heir.users.list({ provider: 'base' }), [
    { id: 'ada@example.test' },
    { id: 'grace@example.test' },
    { id: 'max' },
  ]);
  const plain = await server.newWorld({ scenario: 'default' });
  await t.rejects(plain.providers.describe('acme'), { status: 404, message: /no provider "acme"/ });
  t.match(await server.scenario('heir'), { definitions: { base: {}, acme: { title: 'Heir' } } });

  // defined beside it by a call, and gone with the next one
  await heir.defineProvider('acme', { like: 'acme', title: 'Of the world' });
  t.match(await heir.providers.describe('acme'), { title: 'Of the world', tokenUrl: /oauth\/token$/ });
  await heir.removeProvider('acme');
  t.equal((await heir.providers.describe('acme')).title, 'Heir');
});

t.test('understudy check tells every mistake of definitions with its line and column', async (t) => {
  const folder = folderWith(t, {
    'one.yaml': `seed: 1
definitions:
  acme:
    titel: Acme
    policy: { pkce: perhaps }
  mailup: {}
  loop: { like: loop }
  fine: { scopes: { read: Read } }
providers:
  acme: { clients: [{ id: a, scopes: [none] }] }
  fine: { clients: [{ id: a, scopes: [none] }] }
  fien: {}
faults: [{ match: { provider: acme }, fault: { kind: pass } }]
`,
    // the same beside a mistake of the schema
    'two.yaml': `seed: []
definitions:
  acme: { like: malup }
  good: {}
  flat: 5
providers:
  acme: {}
  good: {}
  flat: {}
  none: {}
`,
    'three.yaml':
      'extends: parent\nseed: []\nproviders: { inherited: {} }\nfaults: [{ match: { provider: inherited }, fault: { kind: pass } }]\n',
    'parent.yaml': 'definitions: { inherited: {} }\n',
    'four.yaml': 'extends: happy-path\nseed: []\nproviders: { inherited: {} }\n',
  });
  const { code, lines } = await checked(folder);
  t.equal(code, 1);
  t.match(lines, [
    /^four\.yaml:2:1: seed: /,
    /^four\.yaml:3:14: providers\.inherited: is not a provider/,
    /^one\.yaml:4:5: definitions\.acme\.titel: is not a member here; did you mean "title"/,
    /^one\.yaml:5:15: definitions\.acme\.policy\.pkce: /,
    /^one\.yaml:6:3: definitions\.mailup: "mailup" is a built-in provider: choose another name, and say like: mailup/,
    /^one\.yaml:7:11: definitions\.loop\.like: is like itself: there is no provider "loop" here; name its file too, or /,
    /^one\.yaml:11:39: providers\.fine\.clients\.0\.scopes\.0: "none" is not a scope of this provider/,
    /^one\.yaml:12:3: providers\.fien: is not a provider; did you mean "fine"\?/,
    'parent.yaml: good',
    /^three\.yaml:2:1: seed: /,
    /^two\.yaml:1:1: seed: /,
    /^two\.yaml:5:3: definitions\.flat: /,
    /^two\.yaml:3:11: definitions\.acme\.like: there is no provider "malup"; did you mean "mailup"/,
    /^two\.yaml:10:3: providers\.none: is not a provider/,
  ]);
  t.same(lines.slice(14), []);
  await t.rejects(start({ fixtures: folder }), { message: /^invalid scenarios:\n.*four\.yaml[^]*two\.yaml:3:11/ });
});

t.test('a scenario has at most fifty definitions, with those that it inherits', async (t) => {
  const many = (from: number, count: number): string =>
    `definitions: { ${Array.from({ length: count }, (_, i) => `p${from + i}: {}`).join(', ')} }\n`;
  const folder = folderWith(t, {
    'heir.yaml': `extends: parent\n${many(30, 30)}`,
    'parent.yaml': many(0, 30),
    'thousand.yaml': many(0, 1000),
  });
  const { lines } = await checked(folder);
  t.match(lines, [
    'heir.yaml:2:1: definitions: are 60, including inherited definitions; the limit is 50',
    'parent.yaml: good',
    /^thousand\.yaml:1:1: definitions: .*50/,
  ]);
  t.equal(lines.length, 3);
});

t.test('an inline scenario defines providers', async (t) => {
  const server = await start();
  t.teardown(() => server.close());
  const world = await server.newWorld({
    scenario: { definitions: { acme: { like: 'mailup', title: 'Inline' } }, providers: { acme: { users: [] } } },
  });
  t.equal((await world.providers.describe('acme')).title, 'Inline');
  await world.reset();
  t.equal((await world.providers.describe('acme')).title, 'Inline');
  await t.rejects(world.play({ definitions: { acme: { like: 'none' }, b: { titel: 1 } as object } }), {
    status: 400,
    errors: [{ path: 'definitions.acme.like' }, { path: 'definitions.b.titel' }],
  });
  t.equal((await world.providers.describe('acme')).title, 'Inline');
});

t.test('the library of templates is loaded by a file that says definitions', async (t) => {
  t.throws(() => providersOf({}), { message: 'the providers of these documents were not made' });
  // as a text alone, a file cannot be judged by its definitions
  const { mistakes } = readFixture(
    'seed: []\ndefinitions: { acme: {} }\nproviders: { acme: {} }',
    'x.yaml',
    knownNames,
  );
  t.match(mistakes, [{ path: 'seed' }]);
  t.equal(mistakes.length, 1);
});

t.test(
  'after a change of the server, a mistake of documents that a scenario and its worlds share is told once',
  async (t) => {
    let served: readonly Provider[] = [{ ...standardProvider, name: 'nova' }];
    const make = await new Definitions(() => served).load();
    const shared = { acme: { like: 'nova' } };
    const own = { mine: { like: 'nova' } };
    t.same([make(shared).mistakes, make(own).mistakes], [[], []]);
    served = [];
    const worlds = ['a', 'b'].map((id) => ({ id, scenario: { definitions: shared }, own: {} }));
    const all = [...worlds, { id: 'c', scenario: {}, own: { definitions: own } }] as unknown as World[];
    const first = { definitions: shared };
    const missing = 'like: there is no provider "nova"';
    const inWorld = `the provider of the world "c" stays as it is: "mine": ${missing}`;
    const told = (defined: FollowedScenarios['defined'] = []): string[] =>
      [...followAll({ first, defined }, all, make)].map((line) => line.replace(/"nova".*/, '"nova"'));
    t.same(told([['s', shared]]), [`the provider of the scenario "s" stays as it is: "acme": ${missing}`, inWorld]);
    t.same(told(), [`the provider of the first scenario stays as it is: "acme": ${missing}`, inWorld]);
    t.same([...followAll({ first: {} }, all, make)].length, 2);
    t.match(
      [...followAll({ first: {} }, all, make)][0],
      'the provider of the scenario of the world "a" stays as it is',
    );
  },
);
