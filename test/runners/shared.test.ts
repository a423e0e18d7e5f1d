import t from 'tap';
import { start } from '../../src/library.js';
import { assertionOf } from '../../src/runners/assertion.js';
import { entryText, evidenceOf, withFramesOf, withText } from '../../src/runners/evidence.js';
import { matchers } from '../../src/runners/matchers.js';
import { providerOfTest } from '../../src/runners/provider-of-test.js';
import { startOrConnect } from '../../src/runners/start-or-connect.js';
import { withWorldsOf } from '../../src/runners/with-world.js';
import type { World } from '../../src/library.js';
import type { WithWorld } from '../../src/runners/with-world.js';

const server = await start();
t.teardown(() => server.close());

const client = { clientId: 'understudy-client', userId: 'ada@example.test' };

/** Sends a grant to the token endpoint of MailUp. */
async function send(world: World, parameters: Record<string, string>, query = ''): Promise<number> {
  const { tokenUrl } = await providerOfTest(world, {});
  const { status } = await fetch(tokenUrl + query, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('understudy-client:understudy-secret')}` },
    body: new URLSearchParams(parameters),
  });
  return status;
}

async function refresh(world: World): Promise<() => Promise<number>> {
  const { refreshToken } = await world.tokens.mint({ provider: 'mailup', ...client });
  return () => send(world, { grant_type: 'refresh_token', refresh_token: String(refreshToken) });
}

interface Runner {
  readonly withWorld: WithWorld;
  /** What a runner calls before the first test. */
  readonly begin: () => Promise<void>;
  /** What it calls after the last one. */
  readonly close: () => Promise<void>;
}

/** `withWorld`, and its hooks. */
function runner(): Runner {
  let [begin, close] = [async (): Promise<void> => {}, async (): Promise<void> => {}];
  const withWorld = withWorldsOf({ beforeAll: (given) => (begin = given), afterAll: (given) => (close = given) });
  return { withWorld, begin: () => begin(), close: () => close() };
}

t.test('one refresh that succeeds is one refresh; a second or a refused one is not', async (t) => {
  await using world = await server.newWorld();
  t.match(await matchers.toHaveRefreshedOnce(world), { pass: false });
  t.equal(
    (await matchers.toHaveRefreshedOnce(world)).message(),
    'expected one refresh that succeeds, found:\n  nothing',
  );
  const again = await refresh(world);
  t.equal(await again(), 200);
  const once = await matchers.toHaveRefreshedOnce(world);
  t.ok(once.pass);
  t.equal(
    once.message(),
    'expected anything but one refresh that succeeds, found:\n  #1 POST /mailup/Authorization/OAuth/Token 200',
  );
  t.ok((await matchers.toHaveRefreshedOnce(world, { provider: 'mailup', clientId: client.clientId })).pass);
  t.notOk((await matchers.toHaveRefreshedOnce(world, { provider: 'tinyemail' })).pass, 'of another provider');
  t.notOk((await matchers.toHaveRefreshedOnce(world, { clientId: 'another' })).pass, 'of another client');
  await again();
  t.match((await matchers.toHaveRefreshedOnce(world)).message(), /#1 POST .* 200\n {2}#2 POST /);

  await using refused = await server.newWorld();
  t.equal(await send(refused, { grant_type: 'refresh_token', refresh_token: 'unknown' }), 400);
  t.notOk((await matchers.toHaveRefreshedOnce(refused)).pass);
  t.match((await matchers.toHaveRefreshedOnce(refused)).message(), /#1 POST \S+ 400 \S+$/);
});

t.test('one exchange of a code that succeeds is one exchange; a replay is not, and is a finding', async (t) => {
  await using world = await server.newWorld();
  const { code } = await world.codes.mint({ provider: 'mailup', ...client });
  const exchange = (): Promise<number> =>
    send(world, { grant_type: 'authorization_code', code, redirect_uri: 'http://localhost:3000/callback' });
  await exchange();
  t.ok((await matchers.toHaveExchangedOnce(world)).pass);
  const none = await matchers.toHaveNoFindings(world);
  t.ok(none.pass);
  t.equal(none.message(), 'expected a finding, found:\n  nothing', 'below .not');
  await exchange();
  t.notOk((await matchers.toHaveExchangedOnce(world)).pass);
  const findings = await matchers.toHaveNoFindings(world);
  t.notOk(findings.pass);
  t.match(
    findings.message(),
    /^expected no findings, found:\n {2}error code-replayed: [\s\S]*#2 POST .* 400 code\.replayed/,
  );
  t.ok((await matchers.toHaveNoFindings(world, { suppress: { 'code-replayed': 'a test' } })).pass);
  t.ok((await matchers.toHaveSentNoSecretInUrl(world)).pass, 'another finding is not about URLs');
});

t.test('a secret in a URL is found', async (t) => {
  await using world = await server.newWorld();
  await send(world, { grant_type: 'refresh_token', refresh_token: 'x' }, '?client_secret=understudy-secret');
  const { pass, message } = await matchers.toHaveSentNoSecretInUrl(world);
  t.notOk(pass);
  t.match(message(), /secret-in-url/);
});

t.test('a request that is not answered is shown without a status', async (t) => {
  await using world = await server.newWorld();
  await world.faults.add({ match: { endpoint: 'token' }, fault: { kind: 'close' } });
  await t.rejects(send(world, { grant_type: 'refresh_token', refresh_token: 'x' }));
  const [entry] = await world.journal.listBriefly();
  t.match(entryText(entry!), /^#1 POST \/mailup\/Authorization\/OAuth\/Token no answer/);
});

t.test('withWorld gives each test a world, drops it, and passes on the arguments of the runner', async (t) => {
  const { withWorld, close } = runner();
  const worlds: World[] = [];
  const test = withWorld(async ({ world, provider, understudy }, more: string) => {
    worlds.push(world);
    t.equal(provider.tokenUrl, (await world.info()).providers.mailup.tokenUrl);
    t.equal(provider.name, 'mailup');
    t.equal(understudy.world(world.id).baseUrl, world.baseUrl);
    t.equal(more, 'given');
  });
  t.equal(test.length, 0, 'a runner takes a second argument for a callback');
  await test('given');
  await test('given');
  t.not(worlds[0]?.id, worlds[1]?.id);
  await t.rejects(worlds[0]!.info(), /answered 404/);
  await close();
  await t.rejects(worlds[0]!.info(), /did not answer/, 'the server is closed');
});

t.test('a failed test has the findings and the reasons of refusals in the message of its error', async (t) => {
  const { withWorld, close } = runner();
  t.teardown(close);
  const error = new Error('expected 200');
  const test = withWorld({ seed: 1, provider: 'mailup' }, async ({ world }) => {
    await send(world, { grant_type: 'refresh_token', refresh_token: 'unknown' });
    throw error;
  });
  await t.rejects(test(), error);
  t.match(error.message, /^expected 200\n\nUnderstudy, world \S+: requests: 1, findings: 0\n {2}refused 1 ×: #1 POST /);
  t.ok(String(error.stack).startsWith(`Error: ${error.message}\n    at `), 'also in its stack');
});

t.test('a test that drops its world itself fails by its own error', async (t) => {
  const { withWorld, close } = runner();
  t.teardown(close);
  const test = withWorld(async ({ world }) => {
    await world.drop();
    throw new Error('mine');
  });
  await t.rejects(test(), /^mine\n\nUnderstudy, world \S+: no findings: UnderstudyError/);
});

t.test('what withWorld cannot use is told, at the line of the test', async (t) => {
  const { withWorld, close } = runner();
  t.teardown(close);
  const anything = withWorld as (...given: unknown[]) => () => Promise<void>;
  const wrong: readonly (readonly [readonly unknown[], string])[] = [
    [[{ provider: 'mailpu' }, () => {}], 'there is no provider "mailpu"; did you mean "mailup"?'],
    [
      [{ provider: 'somebody' }, () => {}],
      'there is no provider "somebody"; known: mailup, tinyemail, dottedsign, standard',
    ],
    [[{ provder: 'mailup' }, () => {}], 'withWorld: there is no member "provder"; did you mean "provider"?'],
    [
      [{ colour: 'red' }, () => {}],
      'withWorld: there is no member "colour"; known: id, scenario, seed, clock, provider',
    ],
    [
      ['mailup', () => {}],
      'withWorld: options is "mailup"; expected an object with id, scenario, seed, clock, provider',
    ],
    [[null, () => {}], 'withWorld: options is null; expected an object with id, scenario, seed, clock, provider'],
    [[() => {}, 5], 'withWorld: expected a function, or options and a function, got a function, 5'],
    [[{}, {}, () => {}], 'got a plain object, a plain object, a function'],
    [[], 'withWorld: expected a function, or options and a function, got nothing'],
    [[{ scenario: 'hapy-path' }, () => {}], 'there is no scenario "hapy-path"; did you mean "happy-path"?'],
  ];
  for (const [given, message] of wrong) {
    const error = (await anything(...given)().catch((thrown: unknown) => thrown)) as Error;
    t.ok(error.message.includes(message), error.message);
    t.notMatch(error.message, 'requests: 0', 'the journal cannot say anything about it');
    t.match(error.stack, /shared\.test\.ts/, 'the file of the test is in the stack');
    t.notOk('errors' in error, 'Jest would print each of them again');
  }
  const left = (await server.worlds()).length;
  t.equal(left, 1, 'no world is left');
});

t.test('a refused call of a failed test has no list of errors, which Jest would print again', async (t) => {
  const { withWorld, close } = runner();
  t.teardown(close);
  const test = withWorld(async ({ world }) => {
    await world.clock.advance('a day');
  });
  const error = await test().catch((thrown: unknown) => thrown);
  t.match(error, { name: 'UnderstudyError', status: 400, message: /answered 400: by /, stack: /shared\.test\.ts/ });
  t.notOk('errors' in (error as object));
});

t.test('a server that does not answer is told, at the line of the test', async (t) => {
  process.env.UNDERSTUDY_URL = 'http://127.0.0.1:1';
  t.teardown(() => delete process.env.UNDERSTUDY_URL);
  const { withWorld } = runner();
  const error = (await withWorld(() => {})().catch((thrown: unknown) => thrown)) as Error;
  t.match(error, { message: /^POST http:\/\/127\.0\.0\.1:1\S+ did not answer: /, stack: /shared\.test\.ts/ });
  t.match(withFramesOf({ name: '', message: '' }, 'thrown'), { message: 'thrown', stack: 'Error: thrown' });
});

t.test('the server starts before the first test', async (t) => {
  const { withWorld, begin, close } = runner();
  const before: number[] = [];
  const test = withWorld(async ({ understudy }) => {
    before.push(Date.parse((await understudy.health()).startedAt));
  });
  await begin();
  const begun = Date.now();
  await test();
  t.ok(before[0]! <= begun);
  await close();
});

t.test('a runner without a test that has a world starts no server', async () => {
  const { begin, close } = runner();
  // with a server that cannot be reached, the first hook would fail
  process.env.UNDERSTUDY_URL = 'http://127.0.0.1:1';
  await begin();
  delete process.env.UNDERSTUDY_URL;
  await close();
});

t.test('a matcher refuses what it would ignore', async (t) => {
  await using world = await server.newWorld();
  const of = matchers as unknown as Readonly<Record<string, (...given: unknown[]) => Promise<unknown>>>;
  for (const name of ['toHaveNoFindings', 'toHaveSentNoSecretInUrl']) {
    await t.rejects(of[name]!(world, { severty: 'error' }), {
      name: 'ArgumentError',
      message: `${name}: there is no member "severty"; did you mean "severity"?`,
    });
  }
  for (const name of ['toHaveRefreshedOnce', 'toHaveExchangedOnce']) {
    await t.rejects(of[name]!(world, { provder: 'mailup' }), {
      message: `${name}: there is no member "provder"; did you mean "provider"?`,
    });
    await t.rejects(of[name]!(world, { provider: 'tinymail' }), {
      message: /there is no provider "tinymail"; did you mean "tinyemail"\?/,
    });
  }
  await t.rejects(of.toHaveNoFindings!(world, { severity: 'loud' }), /expected one of error, warning, note/);
});

t.test('an assertion names itself in a mistake of its call, and fails as its matcher does', async (t) => {
  await using world = await server.newWorld();
  const [noFindings, refreshed] = [
    assertionOf('assertNoFindings', 'toHaveNoFindings'),
    assertionOf('assertRefreshedOnce', 'toHaveRefreshedOnce'),
  ];
  await noFindings(world);
  await t.rejects(refreshed(world), { name: 'AssertionError', message: /^expected one refresh that succeeds, found:/ });
  await t.rejects(noFindings(5 as never), { name: 'TypeError', message: /^assertNoFindings: .* 5$/ });
  await t.rejects(refreshed(world, { provder: 'mailup' } as never), { message: /^assertRefreshedOnce: .*"provder"/ });
  await t.rejects(refreshed(world, { provider: 'tinymail' }), { message: /tinymail/ });
});

t.test('a provider that is no name is refused', async (t) => {
  for (const [provider, words] of [
    [null, 'null'],
    [5, '5'],
    [{}, 'a plain object'],
  ] as const) {
    const { withWorld, close } = runner();
    await t.rejects(withWorld({ provider } as never, () => undefined)(), {
      message: `provider is ${words}; expected the name of a provider, such as mailup`,
    });
    await close();
  }
});

t.test('a matcher makes one call, and asks for no provider that it is not about', async (t) => {
  await using world = await server.newWorld();
  const withoutInfo = Object.create(world, {
    info: {
      value: () => {
        throw new Error('info was called');
      },
    },
  }) as World;
  t.equal((await matchers.toHaveRefreshedOnce(withoutInfo)).pass, false);
  t.equal((await matchers.toHaveExchangedOnce(withoutInfo, { provider: 'tinyemail' })).pass, false);
});

t.test('a matcher says what it got instead of a world', async (t) => {
  const got: readonly (readonly [unknown, string])[] = [
    [{}, 'a plain object'],
    [Object.create(null), 'a plain object'],
    [null, 'null'],
    [undefined, 'undefined'],
    ['default', '"default"'],
    [5, '5'],
    [() => {}, 'a function'],
    [server, 'an object of the class Understudy'],
    [Promise.resolve(), 'a promise; write await before the call that returns it'],
  ];
  for (const [value, what] of got) {
    for (const [name, matcher] of Object.entries(matchers)) {
      await t.rejects(matcher(value as World), {
        name: 'ArgumentError',
        message: `${name}: expected a world, such as that of newWorld(), got ${what}`,
      });
    }
  }
});

t.test('a world that cannot be dropped fails a test that passed, and hides no other error', async (t) => {
  const own = await start();
  process.env.UNDERSTUDY_URL = own.url;
  t.teardown(() => delete process.env.UNDERSTUDY_URL);
  const { withWorld } = runner();
  await t.rejects(withWorld(() => own.close())(), /^DELETE .* did not answer: /);

  const other = await start();
  process.env.UNDERSTUDY_URL = other.url;
  const test = runner().withWorld(async () => {
    await other.close();
    throw new Error('mine');
  });
  await t.rejects(test(), /^mine\n\nUnderstudy, world \S+: no findings: Error: GET /);
});

t.test('a text is added to whatever a test throws', async (t) => {
  t.match(withText('thrown', 'more'), { message: 'thrown\n\nmore' });
  t.match(withText(null, 'more'), { message: 'null\n\nmore' });
  t.same(withText({}, 'more'), { message: '\n\nmore', stack: '\n\nmore' });
  const thrown = { message: 'a', stack: 'Name: a\n    at a' };
  t.same(withText(thrown, '$& more'), { message: 'a\n\n$& more', stack: 'Name: a\n\n$& more\n    at a' });
  const changed = { message: 'now', stack: 'Name: earlier\n    at a' };
  t.same(withText(changed, 'more'), { message: 'now\n\nmore', stack: 'now\n\nmore\n    at a' });
  const frozen = Object.freeze(new Error('frozen'));
  t.equal(withText(frozen, 'more'), frozen);
});

t.test('the server of a run is that of UNDERSTUDY_URL, which stays open', async (t) => {
  process.env.UNDERSTUDY_URL = server.url;
  t.teardown(() => delete process.env.UNDERSTUDY_URL);
  const connected = await startOrConnect();
  t.equal(connected.url, server.url);
  await connected.close();
  t.match(await evidenceOf(server.world()), /requests: 0, findings: 0$/);
});
