import t from 'tap';
import { start } from '../../src/library.js';
import { entryText, evidenceOf, withText } from '../../src/runners/evidence.js';
import { matchers } from '../../src/runners/matchers.js';
import { providerOfTest } from '../../src/runners/provider-of-test.js';
import { serverOfRun } from '../../src/runners/server-of-run.js';
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

/** `withWorld`, and what its runner calls after the last test. */
function runner(): { readonly withWorld: WithWorld; readonly close: () => Promise<void> } {
  let close = async (): Promise<void> => {};
  return { withWorld: withWorldsOf((given) => (close = given)), close: () => close() };
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
    'expected not one refresh that succeeds, found:\n  #1 POST /mailup/Authorization/OAuth/Token 200',
  );
  t.ok((await matchers.toHaveRefreshedOnce(world, { provider: 'mailup', clientId: client.clientId })).pass);
  t.notOk((await matchers.toHaveRefreshedOnce(world, { provider: 'tinyemail' })).pass, 'of another provider');
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
  t.ok((await matchers.toHaveNoFindings(world)).pass);
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

t.test('an unknown provider is refused with the names of the known ones', async (t) => {
  const { withWorld, close } = runner();
  t.teardown(close);
  await t.rejects(withWorld({ provider: 'mailpu' }, () => {})(), /no provider "mailpu"; expected mailup, tinyemail, /);
});

t.test('a runner without a test starts no server', async () => {
  await runner().close();
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
  const connected = await serverOfRun();
  t.equal(connected.url, server.url);
  await connected.close();
  t.match(await evidenceOf(server.world()), /requests: 0, findings: 0$/);
});
