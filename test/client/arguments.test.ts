import { inspect, isDeepStrictEqual } from 'node:util';
import t from 'tap';
import { ArgumentError, UnderstudyError, authorize, connect, start } from '../../src/client/index.js';
import type { World, Understudy } from '../../src/client/index.js';

const server = await start();
t.teardown(() => server.close());
const world = await server.newWorld();
const other = (): Understudy => connect(server.url);

/** What programs in JavaScript can write. */
type Loose = (...args: readonly unknown[]) => Promise<unknown>;
const loosely = (method: unknown): Loose => method as Loose;
const methodOf = (owner: object, name: string): Loose => (Reflect.get(owner, name) as Loose).bind(owner);

/** The error that a call throws, at once or by its promise. */
async function errorOf(call: () => unknown): Promise<Error> {
  try {
    await call();
  } catch (error) {
    return error as Error;
  }
  throw new Error('there was no error');
}

/** Every group of calls of a world. */
const groups = Object.entries(world).filter((each): each is [string, object] => typeof each[1] === 'object');

/** A call about a provider that is right: each text is one that the server does not know. */
const texts = { provider: 'mailup', id: 'none', token: 'none', clientId: 'none', userId: 'none', username: 'x' };

/** The calls that take an object, with the members that they need. */
const withObjects: Readonly<Record<string, object>> = {
  'clock.set': {},
  'clock.expiries': {},
  'clock.advance': { by: '1s' },
  'providers.policy': { provider: 'mailup' },
  'journal.list': {},
  'journal.listBriefly': {},
  'journal.wait': {},
  'faults.add': { match: {}, fault: { kind: 'drop' } },
  'exam.start': { provider: 'mailup', connect: 'http://localhost:1/', call: 'http://localhost:1/' },
  'exam.state': {},
  'snapshot.restore': {},
  ...Object.fromEntries(
    [
      ['clients.list', 'users.list', 'tokens.list', 'tokens.expire', 'tokens.revoke'].map((name) => [
        name,
        ['provider'],
      ]),
      ['codes.list', 'codes.expire', 'authorizations.list'].map((name) => [name, ['provider']]),
      ['get', 'snippets', 'remove', 'add', 'update'].map((name) => [`clients.${name}`, ['provider', 'id']]),
      ['get', 'remove', 'add', 'update'].map((name) => [`users.${name}`, ['provider', 'id']]),
      ['approve', 'deny'].map((name) => [`authorizations.${name}`, ['provider', 'id']]),
      [['tokens.get', ['provider', 'token']]],
      [['tokens.mint', ['provider', 'clientId']]],
      [['codes.mint', ['provider', 'clientId', 'userId']]],
    ]
      .flat()
      .map(([name, members]) => [
        name,
        Object.fromEntries((members as (keyof typeof texts)[]).map((member) => [member, texts[member]])),
      ]),
  ),
};

/** The calls that take no object, with a value that is wrong. */
const withoutObjects: Readonly<Record<string, unknown>> = {
  'clock.get': undefined,
  'clock.freeze': 5,
  'providers.list': undefined,
  'providers.describe': { provider: 'mailup' },
  'journal.get': '1',
  'journal.clear': undefined,
  'faults.addAll': { match: {} },
  'faults.list': undefined,
  'faults.get': 5,
  'faults.remove': null,
  'faults.clear': undefined,
  'faults.release': undefined,
  'exam.check': 7,
  'exam.report': 5,
  'exam.stop': undefined,
  'snapshot.take': undefined,
};

/** Calls without an argument that could be wrong. */
const withoutArguments = ['providers.list', 'clock.get', 'journal.clear', 'faults.list', 'faults.clear', 'exam.stop'];

t.test('every call of a group is one of the two tables', (t) => {
  const all = groups.flatMap(([group, calls]) => Object.keys(calls).map((name) => `${group}.${name}`));
  t.ok(all.length > 40);
  t.same([...Object.keys(withObjects), ...Object.keys(withoutObjects)].toSorted(), all.toSorted());
  t.end();
});

const callOf = (name: string): Loose => {
  const [group = '', member = ''] = name.split('.');
  const calls = Object.fromEntries(groups)[group] as Readonly<Record<string, unknown>>;
  return loosely(calls[member]);
};

for (const [name, given] of Object.entries(withObjects)) {
  t.test(`${name} refuses a misspelt member, and says which is meant or which there are`, async (t) => {
    const misspelt = await errorOf(() => callOf(name)({ ...given, providr: 'mailup' }));
    t.ok(misspelt instanceof UnderstudyError || misspelt instanceof ArgumentError, String(misspelt));
    t.match(misspelt.message, /"providr"; (?:did you mean "provider"|known: )|providr is not a member here/);
  });

  t.test(`${name} refuses a text and null by one line that names the call`, async (t) => {
    for (const [wrong, words] of [
      ['mailup', '"mailup"'],
      [null, 'null'],
      [[], 'a list'],
      [Promise.resolve({}), 'a promise that is not awaited'],
    ] as const) {
      // a text is a duration there
      if (name === 'clock.advance' && wrong === 'mailup') continue;
      const error = await errorOf(() => callOf(name)(wrong));
      t.ok(error instanceof ArgumentError, String(error));
      t.ok(error.message.startsWith(`${name}: `), error.message);
      t.ok(error.message.includes(` is ${words}; expected `), error.message);
      t.notMatch(error.message, '\n');
    }
  });
}

for (const [name, wrong] of Object.entries(withoutObjects).filter(
  ([name]) => !withoutArguments.includes(name) && name !== 'snapshot.take',
)) {
  t.test(`${name} refuses a wrong argument by one line that names the call`, async (t) => {
    const error = await errorOf(() => callOf(name)(wrong));
    t.ok(error instanceof ArgumentError, String(error));
    t.match(error.message, new RegExp(`^${name}: [\\w ]+ is (missing|null|5|7|"1"|an object); expected a`));
  });
}

/** What a call says about wrong arguments. */
const messages: readonly (readonly [string, () => unknown, string])[] = [
  ['start', () => loosely(start)(null), 'start: options is null; expected an object'],
  ['start', () => loosely(start)(5), 'start: options is 5; expected an object'],
  ['connect', () => loosely(connect)(5), 'connect: url is 5; expected a URL such as http://127.0.0.1:8080'],
  ['connect', () => loosely(connect)(null), 'connect: url is null; expected a URL such as http://127.0.0.1:8080'],
  ['connect', () => loosely(connect)({}), 'connect: url is an object; expected a URL such as http://127.0.0.1:8080'],
  [
    'connect',
    () => loosely(connect)(['http://127.0.0.1:8080']),
    'connect: url is a list; expected a URL such as http://127.0.0.1:8080',
  ],
  ['connect', () => connect('nope'), 'connect: url is "nope"; expected a URL such as http://127.0.0.1:8080'],
  [
    'connect',
    () => connect('localhost:8080'),
    'connect: url is "localhost:8080"; expected a URL such as http://127.0.0.1:8080',
  ],
  [
    'connect',
    () => loosely(connect)(server.url, 'a-secret'),
    'connect: options is a text (not shown); expected an object with token',
  ],
  ['connect', () => loosely(connect)(server.url, []), 'connect: options is a list; expected an object with token'],
  [
    'connect',
    () => loosely(connect)(server.url, { tokn: 'x' }),
    'connect: there is no member "tokn"; did you mean "token"?',
  ],
  ['world', () => methodOf(server, 'world')(null), 'world: id is null; expected a text'],
  ['scenario', () => methodOf(server, 'scenario')(), 'scenario: name is missing; expected a text'],
  [
    'newWorld',
    () => methodOf(server, 'newWorld')('x'),
    'newWorld: options is "x"; expected an object with id, scenario, seed, clock',
  ],
  [
    'newWorld',
    () => methodOf(server, 'newWorld')({ scenari: 'x' }),
    'newWorld: there is no member "scenari"; did you mean "scenario"?',
  ],
  ['newWorld', () => methodOf(server, 'newWorld')({ id: 5 }), 'newWorld: id is 5; expected a text'],
  [
    'play',
    () => methodOf(world, 'play')(),
    'play: scenario is missing; expected the name of a scenario, or a scenario',
  ],
  [
    'clock.advance',
    () => loosely(world.clock.advance)(61),
    "clock.advance: by is 61; expected a duration such as '61m', 'next-expiry', or { to: '…' }",
  ],
  [
    'clock.advance',
    () => loosely(world.clock.advance)(['61m']),
    "clock.advance: by is a list; expected a duration such as '61m', 'next-expiry', or { to: '…' }",
  ],
  [
    'clock.advance',
    () => loosely(world.clock.advance)(Promise.resolve('61m')),
    "clock.advance: by is a promise that is not awaited; expected a duration such as '61m', 'next-expiry', or " +
      "{ to: '…' }",
  ],
  [
    'tokens.mint',
    () => loosely(world.tokens.mint)('tinyemail', {}),
    'tokens.mint: options is "tinyemail"; expected an object such as { provider: \'…\' }',
  ],
  [
    'journal.wait',
    () => loosely(world.journal.wait)({ timeout: '1s' }),
    "journal.wait: the timeout is the second argument: wait(filter, '10s')",
  ],
  ['journal.wait', () => loosely(world.journal.wait)({}, 5), 'journal.wait: timeout is 5; expected a text'],
  [
    'clock.expiries',
    () => loosely(world.clock.expiries)({ limit: 'x' }),
    'clock.expiries: limit is "x"; expected a number',
  ],
  ['exam.state', () => loosely(world.exam.state)({ brief: 1 }), 'exam.state: brief is 1; expected true or false'],
  ['lineage', () => methodOf(world, 'lineage')('mailup'), 'lineage: the selection is "mailup"; expected an object'],
  [
    'expect',
    () => methodOf(world, 'expect')(),
    'expect: the expectation is missing; expected an object with match, count or order',
  ],
  [
    'expect',
    () => methodOf(world, 'expect')({ grantType: 'refresh_token' }),
    'expect: put grantType into match: { match: { grantType: … } }',
  ],
  [
    'expect',
    () => methodOf(world, 'expect')({ constructor: 1 }),
    'expect: there is no member "constructor"; known: match, count, order',
  ],
  [
    'expect',
    () => methodOf(world, 'expect')({ match: {} }, { count: 1 }),
    'expect: got 2 arguments; expected one, with match, count or order',
  ],
  [
    'verify',
    () => methodOf(world, 'verify')({ match: {} }, 1),
    'verify: got 2 arguments; expected one, with match, count or order',
  ],
  [
    'tokens.mint',
    () => loosely(world.tokens.mint)({ provder: 'mailup', clientId: 'x' }),
    'tokens.mint: there is no member "provder"; did you mean "provider"?',
  ],
  [
    'clients.get',
    () => loosely(world.clients.get)({ Provider: 'mailup', id: 'x' }),
    'clients.get: there is no member "Provider"; did you mean "provider"?',
  ],
  [
    'clients.get',
    () => loosely(world.clients.get)({ provider: 'mailup', ix: 'x' }),
    'clients.get: id is missing; expected a text',
  ],
  [
    'journal.wait',
    () => loosely(world.journal.wait)({ timeoout: '1s' }),
    "journal.wait: the timeout is the second argument: wait(filter, '10s')",
  ],
  [
    'verify',
    () => methodOf(world, 'verify')({ cuont: 1 }),
    'verify: there is no member "cuont"; did you mean "count"?',
  ],
  [
    'authorize',
    () => loosely(authorize)(),
    'authorize: url is missing; expected a URL such as http://localhost:3000/connect',
  ],
  [
    'authorize',
    () => loosely(authorize)('localhost:3000'),
    'authorize: url is "localhost:3000"; expected a URL such as http://localhost:3000/connect',
  ],
  ...(
    [
      [{ aborted: false }, 'an object'],
      [{ addEventListener() {} }, 'an object'],
      ['x', '"x"'],
      [null, 'null'],
    ] as const
  ).map(([signal, words]): (typeof messages)[number] => [
    'authorize',
    () => loosely(authorize)(server.url, { signal }),
    `authorize: signal is ${words}; expected an AbortSignal`,
  ]),
  [
    'authorize',
    () => loosely(authorize)({ href: 5 }),
    'authorize: url is an object; expected a URL such as http://localhost:3000/connect',
  ],
  [
    'authorize',
    () => loosely(authorize)(() => 'x'),
    'authorize: url is a function; expected a URL such as http://localhost:3000/connect',
  ],
];

for (const [name, call, message] of messages) {
  t.test(`${name} says: ${message}`, async (t) => {
    const error = await errorOf(call);
    t.ok(error instanceof ArgumentError);
    t.equal(error.message, message);
  });
}

/** What the server says about arguments that only it can judge. */
const answers: readonly (readonly [() => unknown, RegExp])[] = [
  [() => loosely(world.clock.advance)('next-expry'), / to expected: .*; did you mean "next-expiry"\?$/],
  [() => loosely(world.clock.advance)('nextExpiry'), / to expected: .*; did you mean "next-expiry"\?$/],
  [
    () => loosely(world.journal.list)({ match: { endpoint: 'token' } }),
    / match is .*; its members are given directly$/,
  ],
  [
    () => loosely(world.expect.bind(world))({ order: [{}, { match: { endpoint: 'token' } }] }),
    / order\.1\.match is not a member here; its members are given directly$/,
  ],
  [
    () => loosely(world.faults.add)({ match: {}, endpoint: 'token', fault: { kind: 'drop' } }),
    / endpoint is not a member here; did you mean "match\.endpoint"\?$/,
  ],
  [() => loosely(world.lineage.bind(world))({ x: {} }), / x is not a member here; known: provider, /],
  [() => loosely(world.users.add)({ provider: 'mailup', id: 'a', x: null }), / x is not a member here; known: id, /],
  [
    () => loosely(world.tokens.mint)({ provider: 'mailpu', colour: 1 }),
    / answered 404: There is no provider "mailpu"; did you mean "mailup"\? Known: mailup, tinyemail, dottedsign, standard\.$/,
  ],
  [
    () => loosely(world.clients.add)({ provider: 'nope', id: 5 }),
    / answered 404: There is no provider "nope"\. Known: mailup, tinyemail, dottedsign, standard\.$/,
  ],
];

for (const [call, message] of answers) {
  t.test(`the server says: ${message.source}`, async (t) => {
    t.match((await errorOf(call)).message, message);
  });
}

for (const [owner, findings, close] of [
  [
    'a world',
    () => methodOf(world, 'findings'),
    async () => {
      const own = await server.newWorld();
      return methodOf(own, 'close');
    },
  ],
  ['a server', () => methodOf(server, 'findings'), () => methodOf(other(), 'close')],
] as const) {
  t.test(`findings and close of ${owner} refuse what they do not know`, async (t) => {
    t.equal(
      (await errorOf(() => findings()({ severty: 'error' }))).message,
      'findings: there is no member "severty"; did you mean "severity"?',
    );
    t.equal(
      (await errorOf(() => findings()(null))).message,
      'findings: options is null; expected an object with severity, suppress',
    );
    t.equal(
      (await errorOf(() => findings()({ suppress: ['state-reused'] }))).message,
      "findings: suppress is a list; expected an object such as { 'state-reused': 'the reason' }",
    );
    for (const [given, message] of [
      [{ reprot: true }, 'close: there is no member "reprot"; did you mean "report"?'],
      ['report', 'close: options is "report"; expected an object with report'],
      [{ report: false }, 'close: report is false; expected true, or options of findings'],
      [{ report: { severty: 'error' } }, 'close: there is no member "severty" in report; did you mean "severity"?'],
      [{ report: { severity: 5 } }, 'close: report.severity is 5; expected a text'],
    ] as const) {
      const call = await close();
      t.equal((await errorOf(() => call(given))).message, message);
    }
  });
}

t.test('a close with a wrong option closes nevertheless, so that a test run does not hang', async (t) => {
  const own: World = await server.newWorld();
  await errorOf(() => methodOf(own, 'close')({ reprot: true }));
  t.notOk((await server.worlds()).some(({ id }) => id === own.id));
});

t.test('authorize refuses options that it does not know, before it sends anything', async (t) => {
  for (const authorizeAny of [loosely(authorize), methodOf(world, 'authorize')]) {
    for (const [options, message] of [
      [{ user: 'x' }, 'authorize: there is no member "user"; known: username, password, decision, scopes, signal'],
      [{ usernam: 'x' }, 'authorize: there is no member "usernam"; did you mean "username"?'],
      [{ scopes: 'read' }, 'authorize: scopes is "read"; expected a list of texts'],
      [{ decision: 'denied' }, 'authorize: decision is "denied"; expected "allow" or "deny"'],
      [null, 'authorize: options is null; expected an object with username, password, decision, scopes, signal'],
    ] as const) {
      const error = await errorOf(() => authorizeAny('http://127.0.0.1:1/', options));
      t.ok(error instanceof ArgumentError);
      t.equal(error.message, message);
    }
  }
});

t.test('the providers of a world refuse a misspelt name, and can be cloned, written and compared', async (t) => {
  const all = [await world.info(), await world.reset(), await world.play('happy-path'), ...(await server.worlds())];
  all.push(await world.snapshot.restore(await world.snapshot.take()));
  for (const { providers } of all) {
    const error = await errorOf(() => providers['tinymail' as 'tinyemail'].tokenUrl);
    t.ok(error instanceof ArgumentError);
    t.equal(error.message, 'there is no provider "tinymail"; did you mean "tinyemail"?');
    t.equal(
      providers['acme' as 'tinyemail'],
      undefined,
      'a name that is near none: a file may have added it elsewhere',
    );
    t.equal(await Promise.resolve(providers), providers, 'it can be awaited');
    const plain = { ...providers };
    t.equal(Object.getPrototypeOf(plain), Object.prototype);
    t.same(providers, plain);
    t.strictSame(JSON.parse(JSON.stringify(providers)), plain);
    t.strictSame(structuredClone(providers), plain, 'a worker can be sent it');
    t.equal(inspect(providers), inspect(plain));
    t.same(Object.keys(providers), Object.keys(plain));
    t.notOk('tinymail' in providers);
    t.match(providers.tinyemail.tokenUrl, /\/tinyemail\//);
  }
  t.ok(isDeepStrictEqual(await world.info(), await world.info()), 'two answers can be compared strictly');
});
