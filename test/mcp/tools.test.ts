import { once } from 'node:events';
import { createServer } from 'node:http';
import t from 'tap';
import { start } from '../../src/library.js';
import { beginCommand } from '../begin-command.js';
import { answerOf, call, insideAssistant } from './assistant.js';
import { oneConnection } from './one-connection.js';
import { wholeStory } from './story.js';
import type { AddressInfo } from 'node:net';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { Advanced, ClientInfo, ExamState, MintedTokens, ScenarioInfo, WorldInfo } from '../../src/client/index.js';
import type { OneConnection } from './one-connection.js';

const provider = 'mailup';

t.test('the whole story, in this process', async (t) => {
  const { client, out } = await insideAssistant(t);
  await wholeStory(t, client);
  t.same(out, [], 'nothing but messages is written to standard output');
});

t.test('wrong arguments are named, all of them, and the tool is not called', async (t) => {
  const { client } = await insideAssistant(t);
  const unknown = await call(client, 'read_journal', { endpiont: 'token', limit: 0 });
  t.equal(unknown.isError, true);
  t.match(unknown.text, /^read_journal was not called: /);
  t.match(unknown.text, /did you mean "endpoint"/);
  t.match(unknown.text, /\n {2}limit /);
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`argument-${i}`, i]));
  t.match(await call(client, 'read_journal', many), { isError: true, text: /\n {2}the call has more mistakes/ });
  t.match(await call(client, 'authorize', { url: 'http://[' }), {
    isError: true,
    text: /url "http:\/\/\[" is not a URL/,
  });
  t.match(await call(client, 'drop_world'), { isError: true, text: /world is required/ });
  const fault = await call(client, 'add_fault', { match: {}, fault: { kind: 'rate-limits' } });
  t.match(fault, { isError: true, text: /fault\.kind.*rate-limit/ });
});

t.test('a refusal of the admin API is an error of the tool, with each mistake', async (t) => {
  const { client } = await insideAssistant(t);
  const wrong = { scenario: { extends: 'default', providers: { mailup: { policy: { acessToken: '1m' } } } } };
  t.match(await call(client, 'play_scenario', wrong), {
    isError: true,
    text: /acessToken.*did you mean "accessToken"/,
  });
  const misspelt =
    /There is no provider "malup"; did you mean "mailup"\? Known: mailup, tinyemail, dottedsign, standard\./;
  t.match(await call(client, 'describe_provider', { provider: 'malup' }), { isError: true, text: misspelt });
  t.match(await call(client, 'advance_clock', { by: 'next-expry' }), { isError: true, text: /did you mean "next-exp/ });
  t.match(await call(client, 'list_faults', { world: 'nowhere' }), { isError: true, text: /nowhere/ });
  const stranger = { world: 'nowhere', provider, id: 'another' };
  t.match(await call(client, 'register_client', stranger), { isError: true, text: /nowhere/ });
});

t.test('a refusal names tools, and neither methods of the library nor calls of the admin API', async (t) => {
  const { client } = await insideAssistant(t);
  await answerOf(client, 'create_world', { id: 'there' });
  for (const [tool, args, words] of [
    [
      'list_faults',
      { world: 'nowhere' },
      /^refused with status 404: There is no world "nowhere"\. .*: create_world with \{"id":"nowhere"\} makes it, or use/,
    ],
    [
      'create_world',
      { id: 'there' },
      /^refused with status 409: A world "there" .*; reset_world starts it again, drop_w/,
    ],
    ['drop_world', { world: 'default' }, /^refused with status \d+: .* cannot be dropped; reset_world resets it\.$/],
    ['describe_provider', { provider: 'nope' }, /^refused with status 404: There is no provider "nope"\. Known: /],
  ] as const) {
    const { text, isError } = await call(client, tool, args);
    t.equal(isError, true);
    t.match(text, words);
    t.notMatch(text, /__admin|newWorld/);
  }
});

t.test('a tool that does not exist is a mistake of the program', async (t) => {
  const { client } = await insideAssistant(t);
  await t.rejects(client.callTool({ name: 'read_journals' }), { message: /did you mean "read_journal"/, code: -32602 });
});

t.test('worlds are listed and reset, and scenarios are played', async (t) => {
  const { client } = await insideAssistant(t);
  const scenarios = await answerOf<ScenarioInfo[]>(client, 'list_scenarios');
  t.ok(scenarios.some(({ name }) => name === 'strict-oauth'));
  const made = await answerOf<WorldInfo>(client, 'create_world', { id: 'a', scenario: 'strict-oauth' });
  t.equal(made.scenario, 'strict-oauth');
  const inline = { extends: 'default', providers: { mailup: { policy: { accessToken: '1m' } } } };
  t.match(await answerOf(client, 'play_scenario', { world: 'a', scenario: inline }), { scenario: null });
  t.match(await answerOf(client, 'describe_provider', { world: 'a', provider }), { policy: { accessToken: '1m' } });
  t.match(await answerOf(client, 'list_worlds'), [{ id: 'default' }, { id: 'a', baseUrl: made.baseUrl }]);
  await answerOf(client, 'mint_tokens', { world: 'a', provider, clientId: 'understudy-client' });
  t.match(await answerOf(client, 'reset_world', { world: 'a' }), { id: 'a' });
  t.match(await answerOf(client, 'expire_tokens', { world: 'a', provider }), { expired: 0 });
});

t.test('credentials of a scenario are told, and secrets of the user are not', async (t) => {
  const args = [
    '--client-id',
    'mine',
    '--client-secret',
    'a-secret-of-mine',
    '--redirect-uri',
    'http://localhost:1/cb',
  ];
  const { client } = await insideAssistant(t, args);
  const described = await answerOf<{ clients: ClientInfo[]; quirks: string[] }>(client, 'describe_provider', {
    provider,
  });
  t.match(described, { users: [{ username: 'ada@example.test', password: 'understudy' }] });
  t.ok(described.quirks.every((quirk) => typeof quirk === 'string'));
  t.ok(described.quirks.length > 10);
  t.notOk(JSON.stringify(described).includes('a-secret-of-mine'));
  t.match(
    described.clients.find(({ id }) => id === 'mine'),
    { secret: /^\(hidden/ },
  );
  const own = await answerOf<ClientInfo>(client, 'register_client', { provider, id: 'new', secret: 'chosen' });
  t.match(own, { id: 'new', secret: /^\(hidden/ });
  const standard = await answerOf<{ clients: ClientInfo[] }>(client, 'describe_provider', { provider: 'tinyemail' });
  t.notOk(
    standard.clients.some(({ id }) => id === 'new'),
    'it is registered with one provider',
  );
});

t.test('the clock is advanced, and tokens are minted and revoked', async (t) => {
  const { client } = await insideAssistant(t, ['--scenario', 'default']);
  const ada = { provider, clientId: 'understudy-client', userId: 'ada@example.test' };
  const minted = await answerOf<MintedTokens>(client, 'mint_tokens', ada);
  t.ok(minted.refreshToken);
  const advanced = await answerOf<Advanced>(client, 'advance_clock', { by: 'next-expiry' });
  t.match(advanced, { expired: [{ kind: 'access' }], total: 1 });
  t.notOk(JSON.stringify(advanced).includes(minted.accessToken));
  t.match(await answerOf(client, 'advance_clock', { by: '1s' }), { expired: [] });
  t.same(await answerOf(client, 'revoke_tokens', { provider, kind: 'refresh' }), { revoked: 1 });
});

t.test('faults are removed together', async (t) => {
  const { client } = await insideAssistant(t);
  for (const id of ['one', 'two']) {
    await answerOf(client, 'add_fault', { id, match: { endpoint: 'token' }, fault: { kind: 'hang' } });
  }
  t.same(await answerOf(client, 'remove_fault'), { faults: [] });
});

t.test('a provider that refuses the person says why', async (t) => {
  const { client } = await insideAssistant(t);
  const { providers } = await answerOf<WorldInfo>(client, 'reset_world');
  const url = `${providers.mailup.authorizeUrl}?response_type=code&client_id=nobody`;
  t.match(await call(client, 'authorize', { url }), {
    isError: true,
    text: /authorize\.client-unknown: client "nobody"/,
  });
});

t.test('a scope that the consent page does not ask for is a mistake in the arguments', async (t) => {
  const { client, err } = await insideAssistant(t);
  const { providers } = await answerOf<WorldInfo>(client, 'reset_world');
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'understudy-client',
    redirect_uri: 'http://localhost:3000/callback',
    scope: 'import_customers',
  });
  const url = `${providers.tinyemail.authorizeUrl}?${query.toString()}`;
  const { text, isError } = await call(client, 'authorize', { url, scopes: ['import_customer'] });
  t.ok(isError);
  t.equal(
    text,
    'authorize: the consent page asks for the scopes import_customers, and not for "import_customer"; ' +
      'did you mean "import_customers"?',
  );
  t.notMatch(err.join('\n'), /mistake of Understudy/);
});

t.test('pages of the documentation can be read', async (t) => {
  const { client } = await insideAssistant(t);
  const { resources } = await client.listResources();
  t.ok(resources.length > 4);
  for (const { uri, mimeType } of resources) {
    const { contents } = await client.readResource({ uri });
    const [{ text }] = contents as unknown as [{ text: string }];
    t.ok(text.length > 500, uri);
    if (mimeType?.includes('json')) t.equal(typeof JSON.parse(text), 'object');
  }
  await t.rejects(client.readResource({ uri: 'understudy://docs/../package.json' }), {
    message: /there is no resource/,
  });
});

async function examinable(client: Client, application: OneConnection): Promise<Record<string, unknown>> {
  const { providers } = await answerOf<WorldInfo>(client, 'reset_world');
  application.configure(providers.mailup);
  const { redirectUri, url } = application;
  await answerOf(client, 'register_client', { provider, id: 'understudy-client', redirectUris: [redirectUri] });
  return { provider, connect: `${url}/connect`, call: `${url}/lists`, client: { redirectUri } };
}

t.test('an exam that takes longer than the call waits is read and stopped later', async (t) => {
  const { client } = await insideAssistant(t);
  t.match(await answerOf(client, 'read_exam'), { status: 'none', checks: [] });
  const order = await examinable(client, await oneConnection(t));
  const begun = await answerOf<ExamState & { next: string }>(client, 'run_exam', { ...order, waitSeconds: 0 });
  t.equal(begun.status, 'running');
  t.match(begun.next, /read_exam/);
  t.match(await answerOf(client, 'read_exam', { waitSeconds: 1 }), { status: 'running' });
  t.match(await answerOf(client, 'stop_exam'), { status: 'stopped' });
  t.match(await answerOf(client, 'read_exam'), { status: 'stopped' });
  t.match(await call(client, 'read_exam', { check: 'no-check' }), { isError: true, text: /no-check/ });
});

t.test('cancelling the call of an exam stops the exam', async (t) => {
  const { client } = await insideAssistant(t);
  const order = await examinable(client, await oneConnection(t));
  const cancel = new AbortController();
  const running = client.callTool({ name: 'run_exam', arguments: order }, undefined, {
    signal: cancel.signal,
    onprogress: () => {
      cancel.abort();
    },
  });
  await t.rejects(running);
  t.match(await answerOf(client, 'read_exam'), { status: 'stopped' });
});

t.test('a stop signal ends the command while an assistant is connected', async (t) => {
  let stop: (signal: string) => void = () => {};
  const stopped = new Promise<string>((resolve) => (stop = resolve));
  const { exit, err } = await insideAssistant(t, [], { stopped });
  stop('SIGTERM');
  t.equal(await exit, 0);
  t.match(err, [/^understudy: tools for http/]);
});

t.test('cancelling the call of authorize ends the visit', async (t) => {
  const { client } = await insideAssistant(t);
  const { url, asked, abandoned } = await oneConnection(t);
  const cancel = new AbortController();
  const visit = client.callTool({ name: 'authorize', arguments: { url: `${url}/slow` } }, undefined, {
    signal: cancel.signal,
  });
  const refused = t.rejects(visit);
  await asked('/slow');
  cancel.abort();
  await refused;
  await abandoned;
});

t.test('a call that takes long is cancelled when the assistant leaves', async (t) => {
  const { client, transport, exit } = await insideAssistant(t, [], { abandon: () => t.fail('nothing is abandoned') });
  const { url, asked, abandoned } = await oneConnection(t);
  const visit = call(client, 'authorize', { url: `${url}/slow` });
  await asked('/slow');
  transport.input.end();
  t.same(await visit, { isError: true, text: 'the call was cancelled' });
  await abandoned;
  t.equal(await exit, 0);
});

t.test('a call that does not end is abandoned when the assistant leaves', async (t) => {
  const silent = createServer();
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const running = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  let abandoned = 0;
  const { client, transport, exit } = await insideAssistant(t, ['--url', running], {
    abandon: () => (abandoned += 1),
  });
  const hanging = client.callTool({ name: 'list_worlds' });
  hanging.catch(() => {});
  await once(silent, 'request');
  transport.input.end();
  t.equal(await exit, 0);
  t.equal(abandoned, 1);
});

t.test('a running server is used by its URL, with no other option of a server', async (t) => {
  const running = await start();
  t.teardown(() => running.close());
  const { client, err } = await insideAssistant(t, [], { env: { UNDERSTUDY_URL: running.url } });
  t.match(err, [new RegExp(running.url)]);
  await answerOf(client, 'create_world', { id: 'seen' });
  t.ok((await running.worlds()).some(({ id }) => id === 'seen'));

  for (const [args, message] of [
    [
      ['--url', running.url, '--scenario', 'default'],
      /--scenario is for a server of its own, and --url or UNDERSTUDY_URL/,
    ],
    [['--url', running.url, '--admin-token', 'a b'], /the admin token must/],
    [['--port', '99999'], /--port is "99999"/],
  ] as const) {
    const wrong = beginCommand(['mcp', ...args], { streams: () => client.transport as never });
    t.equal(await wrong.exit, 2);
    t.match(wrong.err, [message]);
  }
});

t.test('a program without streams cannot run the command', async (t) => {
  const { exit, err } = beginCommand(['mcp'], {});
  t.equal(await exit, 2);
  t.same(err, ['understudy: mcp needs standard input and output']);
});
