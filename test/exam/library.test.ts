import { randomBytes } from 'node:crypto';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { exam } from '../../src/library.js';
import { CarefulApplication } from './careful/application.js';
import { settingsFor } from './careful/settings.js';
import { sampleClient } from './sample-client.js';
import type { ConnectTools, ExamOptions } from '../../src/library.js';

t.test('functions of a test are examined without an application', async (t) => {
  let token: string | undefined;
  const result = await exam({
    provider: 'mailup',
    only: ['state-fresh', 'refresh-after-401'],
    connect: async (tools) => {
      token = await connect(tools);
    },
    call: async ({ urls }) => {
      const answer = await fetch(`${urls.apiUrl}/ConsoleService.svc/Console/Authentication/Info`, {
        headers: { authorization: `Bearer ${String(token)}` },
      });
      if (!answer.ok) throw new Error(`the API answered ${answer.status}`);
    },
  });
  const verdicts = result.checks.map(({ id, verdict }) => [id, verdict]);
  t.match(verdicts, [
    ['state-fresh', 'not-seen'],
    ['refresh-after-401', 'failed'],
  ]);
  t.match(result.checks[1]?.explanation, /it threw Error: the API answered 401/);
  t.equal(result.grade, 'F');
});

t.test('an application is examined in a world that is given, which has its state again afterwards', async (t) => {
  await using server = await start();
  const world = server.world();
  const provider = 'tinyemail';
  const application = new CarefulApplication(settingsFor({ info: await world.providers.describe(provider) }));
  await application.start();
  t.teardown(() => {
    application.close();
  });
  const { accessToken } = await world.tokens.mint({
    provider,
    clientId: 'understudy-client',
    userId: 'ada@example.test',
  });
  const result = await exam({
    provider,
    world,
    only: ['state-fresh'],
    connect: `${application.url}/connect`,
    call: `GET ${application.url}/call`,
    client: { redirectUri: application.redirectUri },
  });
  t.equal(result.grade, 'A');
  t.equal((await world.tokens.get({ provider, token: accessToken })).userId, 'ada@example.test');
});

t.test('a client that is not the first of its provider can be examined', async (t) => {
  await using server = await start();
  const world = server.world();
  const provider = 'dottedsign';
  const second = { id: 'second', secret: 'its-secret', redirectUris: ['http://localhost:4000/back'] };
  await world.clients.add({ provider, ...second });
  const seen: unknown[] = [];
  const { connect: connectPlain, call } = sampleClient();
  const connect: ExamOptions['connect'] = async (tools) => {
    seen.push(tools.client);
    await connectPlain(tools);
  };
  const options = { provider, world, only: ['state-sent'], connect, call };
  await exam({ ...options, client: { id: 'second' } });
  t.strictSame(seen[0], { id: 'second', secret: 'its-secret', redirectUri: 'http://localhost:4000/back' });
  seen.splice(0);
  await exam({ ...options, client: { id: 'second', secret: 'another' } });
  t.match(seen[0], { id: 'second', secret: 'another' });
  t.match(await world.clients.list({ provider }), [{ id: 'understudy-client' }, second], 'it is as before');
});

t.test('an option that makes no sense is refused before anything is started', async (t) => {
  const both = { provider: 'mailup', connect: 'http://localhost:3000/connect', call: () => undefined };
  await t.rejects(exam(both), { message: 'connect, call and disconnect are either URLs or functions, not both' });
  const urls = { provider: 'mailup', connect: 'http://localhost:3000/connect', call: 'http://localhost:3000/call' };
  const wrong = { ...urls, connect: 'localhost/connect' };
  await t.rejects(exam(wrong), { message: /^"localhost\/connect" is no URL of an application/ });
  await t.rejects(exam({ ...urls, only: ['state-fesh'] }), {
    message: /no check "state-fesh"; did you mean "state-fresh"/,
  });
  const { provider: _, ...withoutProvider } = urls;
  await using server = await start();
  for (const [given, message] of [
    [{ ...urls, onyl: ['state-sent'] }, 'exam() has no option "onyl"; did you mean "only"?'],
    [{ ...urls, only: 'state-sent' }, 'only: expected a list of names, got "state-sent"'],
    [
      { ...urls, world: { url: 'http://localhost' } },
      'world: expected a World, such as server.world() of an Understudy',
    ],
    [{ ...urls, world: server }, 'world: expected a World, such as server.world() of an Understudy'],
    [{ ...urls, world: server.world(), provider: 'mialup' }, 'there is no provider "mialup"; did you mean "mailup"?'],
    [{ ...urls, connect: 'FETCH http://localhost/' }, /^"FETCH http:\/\/localhost\/" is no URL of an application/],
    [withoutProvider, 'provider: expected the name of a provider, got nothing'],
    [{ ...urls, provider: () => 'mailup' }, 'provider: expected the name of a provider, got a function'],
    [{ ...urls, call: undefined }, 'call: expected a URL of the application, or a function, got nothing'],
  ] as const) {
    await t.rejects(exam(given as unknown as Parameters<typeof exam>[0]), { message });
  }
  for (const [name, value, expected] of [
    ['timeout', 'soon', 'a duration from 1ms to 10m, such as 10s'],
    ['timeout', '0s', 'a duration from 1ms to 10m, such as 10s'],
    ['repeat', 0, 'a whole number from 1 to 20'],
    ['port', 65_536, 'a whole number up to 65535'],
    ['seed', 7, 'a text'],
    ['disconnect', 1, 'a URL of the application, or a function'],
    ['succeeds', 200, 'a function'],
    ['login', 'ada', 'a function'],
    ['onProgress', true, 'a function'],
    ['signal', 'stop', 'an AbortSignal'],
    ['knownAs', 'http://localhost', 'a list of base URLs'],
    ['client', 'app', 'an object with id, secret and redirectUri'],
    ['scenario', 5, 'the name of a scenario, or a scenario'],
    ...(['world', 'timeout', 'repeat', 'client', 'signal', 'login', 'provider', 'call'] as const).map(
      (name) => [name, null, ''] as const,
    ),
  ] as const) {
    const { message } = (await exam({ ...urls, [name]: value }).catch((error: unknown) => error)) as Error;
    t.ok(message.startsWith(`${name}: expected ${expected}`), message);
    t.ok(message.endsWith(`, got ${JSON.stringify(value)}`), message);
  }
});

t.test('what is no options of an exam is refused in one line', async (t) => {
  const functions = { provider: 'mailup', connect: () => undefined, call: () => undefined };
  for (const [given, message] of [
    [undefined, 'exam: expected an object with provider, connect and call, got nothing'],
    [null, 'exam: expected an object with provider, connect and call, got null'],
    [[], 'exam: expected an object with provider, connect and call, got a list'],
    [() => undefined, 'exam: expected an object with provider, connect and call, got a function'],
    [{ ...functions, constructor: 1 }, 'exam() has no option "constructor"; known: provider, '],
    [{ ...functions, knownAs: ['localhost'] }, 'knownAs: expected a list of base URLs, got a list'],
    [{ ...functions, signal: {} }, 'signal: expected an AbortSignal, got an object'],
    [
      { ...functions, client: { redirectUris: [] } },
      'client has no member "redirectUris"; did you mean "redirectUri"?',
    ],
    [{ ...functions, client: { colour: 1 } }, 'client has no member "colour"; known: id, secret, redirectUri'],
    [{ ...functions, client: { id: 5 } }, 'client.id: expected a text, got 5'],
    [{ ...functions, only: [1] }, 'only: expected a list of names, got a list'],
  ] as const) {
    const { message: said } = (await exam(given as never).catch((error: unknown) => error)) as Error;
    t.ok(said.startsWith(message), said);
  }
  const unchanged = { ...functions, world: undefined, client: { secret: undefined }, signal: AbortSignal.abort() };
  await t.rejects(exam(unchanged as never), { message: /first flow|ended|abort/i }, 'undefined is as good as absent');
});

t.test('repetitions of which none failed are unsteady, and the worst of them counts', async (t) => {
  let flows = 0;
  // two flows for each repetition, after the first flow
  const extra = (): Record<string, string> => ((flows += 1) > 3 ? {} : { state: randomBytes(16).toString('hex') });
  const options = { provider: 'dottedsign', only: ['state-fresh'], repeat: 2, ...sampleClient({ extra }) };
  const { checks, grade } = await exam(options);
  t.match(checks, [{ verdict: 'unsteady', worst: 'not-seen', explanation: /passed 1×, not-seen 1×/ }]);
  t.equal(grade, null, 'nothing was judged');
});

t.test('a function that never ends is a failure after the timeout', async (t) => {
  const never = (): Promise<void> => new Promise(() => undefined);
  const exams = exam({ provider: 'mailup', connect: never, call: () => undefined, timeout: '300ms' });
  await t.rejects(exams, { message: /the first flow did not work: .* it did not end within 0\.3 s/ });
});

/** A client without state and PKCE, in a few lines. */
async function connect({ visit, urls, client }: ConnectTools): Promise<string> {
  const url = new URL(urls.authorizeUrl);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: client.id,
    redirect_uri: client.redirectUri,
  }).toString();
  const callback = await visit(url);
  const answer = await fetch(urls.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: String(callback.searchParams.get('code')),
      redirect_uri: client.redirectUri,
      client_id: client.id,
      client_secret: client.secret,
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
