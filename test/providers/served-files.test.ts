import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { run } from '../../src/commands/index.js';
import { kindOfFile } from '../../src/commands/kind-of-file.js';
import type { Test } from 'tap';
import { openProviderFiles } from '../../src/server/provider-files.js';
import type { FastifyBaseLogger } from 'fastify';
import type { Understudy } from '../../src/client/index.js';
import type { Worlds } from '../../src/world/worlds.js';

/** A folder with provider files. */
function folderWith(t: Test, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-served-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** The title that a server has for a provider. Undefined: it serves none of this name. */
const titleOf = async (server: Understudy, name: string): Promise<string | undefined> =>
  (
    await server
      .world()
      .providers.describe(name)
      .catch(() => undefined)
  )?.title;

/** Waits until a provider has a title. */
async function untilTitle(server: Understudy, name: string, title: string | undefined): Promise<void> {
  while ((await titleOf(server, name)) !== title) await new Promise((resolve) => setTimeout(resolve, 20));
}

t.test('a running server reads a changed folder again; other providers keep their tokens', async (t) => {
  const folder = folderWith(t, { 'one.yaml': 'title: One', 'two.yaml': 'title: Two' });
  const server = await start({ providers: folder });
  t.teardown(() => server.close());
  const world = server.world();
  const mint = { clientId: 'understudy-client', userId: 'ada@example.test' };
  await world.tokens.mint({ provider: 'two', ...mint });
  await world.tokens.mint({ provider: 'one', ...mint });
  writeFileSync(join(folder, 'one.yaml'), 'title: New');
  await untilTitle(server, 'one', 'New');
  t.equal((await world.tokens.list({ provider: 'two' })).length, 2, 'a pair');
  t.equal((await world.tokens.list({ provider: 'one' })).length, 0, 'they were made by other rules');

  writeFileSync(join(folder, 'one.yaml'), 'titel: Newer');
  writeFileSync(join(folder, 'three.yaml'), 'title: Three');
  await untilTitle(server, 'three', 'Three');
  t.equal(await titleOf(server, 'one'), 'New', 'a mistake leaves the last good version in force');

  rmSync(join(folder, 'two.yaml'));
  await untilTitle(server, 'two', undefined);
  const gone = await fetch(`${server.url}/two/token`, { method: 'POST', body: 'x' });
  t.same([gone.status, ((await gone.json()) as { known: string[] }).known.includes('/three')], [404, true]);
});

t.test('a provider of a world or a scenario that is like a file follows it; others keep their tokens', async (t) => {
  const folder = folderWith(t, { 'base.yaml': 'policy: { accessToken: 5m }', 'mark.yaml': 'title: Mark' });
  const fixtures = folderWith(t, { 'played.yaml': 'definitions: { of-file: { like: base } }' });
  const server = await start({ providers: folder, fixtures });
  t.teardown(() => server.close());
  const world = await server.newWorld({ scenario: { definitions: { inline: { like: 'base' } } } });
  await world.defineProvider('own', { like: 'base' });
  await world.defineProvider('above', { like: 'inline' });
  await world.defineProvider('apart', { like: 'mailup' });
  const mint = { clientId: 'understudy-client', userId: 'ada@example.test' };
  for (const provider of ['own', 'apart']) await world.tokens.mint({ provider, ...mint });
  const lives = async (at: typeof world, names: readonly string[]): Promise<unknown[]> =>
    Promise.all(names.map(async (name) => (await at.providers.describe(name)).policy.accessToken));
  const names = ['inline', 'own', 'above'];
  t.same(await lives(world, names), ['5m', '5m', '5m']);
  writeFileSync(join(folder, 'base.yaml'), 'policy: { accessToken: 7m }');
  while ((await lives(world, ['base']))[0] !== '7m') await new Promise((resolve) => setTimeout(resolve, 20));
  t.same(await lives(world, names), ['7m', '7m', '7m']);
  t.equal((await world.tokens.list({ provider: 'own' })).length, 0, 'they were made by other rules');
  t.equal((await world.tokens.list({ provider: 'apart' })).length, 2, 'nothing changed for it');
  const later = await server.newWorld({ scenario: 'played' });
  t.same(await lives(later, ['of-file']), ['7m'], 'a scenario that nobody played before');
  rmSync(join(folder, 'base.yaml'));
  await untilTitle(server, 'base', undefined);
  t.same(await lives(world, names), ['7m', '7m', '7m'], 'without the file they stay as they were');
  t.same(await lives(later, ['of-file']), ['7m']);
});

t.test('a start with a mistake in a file, or without the folder, is refused', async (t) => {
  const folder = folderWith(t, { 'one.yaml': 'titel: One' });
  await t.rejects(start({ providers: folder }), { message: /^invalid providers:\n.*one\.yaml:1:1: titel: / });
  await t.rejects(start({ providers: join(folder, 'none') }), {
    message: /^the folder of providers .* cannot be read/,
  });
});

t.test('a host with a variable leads to its provider', async (t) => {
  const file =
    'hosts: ["{shop}.acme.example"]\nvariables: { shop: { example: mine } }\nendpoints: { revoke: [], introspect: [] }';
  const server = await start({ providers: folderWith(t, { 'acme.yaml': file }) });
  t.teardown(() => server.close());
  const asked = await new Promise<number | undefined>((resolve, reject) => {
    const options = { method: 'POST', headers: { host: 'some-shop.acme.example', 'content-length': 0 } };
    request(`${server.url}/token`, options, ({ statusCode }) => {
      resolve(statusCode);
    })
      .on('error', reject)
      .end();
  });
  t.equal(asked, 401);
  t.match(await server.world().journal.list(), [{ provider: 'acme', endpoint: 'token', reason: 'client.missing' }]);
});

t.test('revocation and introspection answer in the words of the file', async (t) => {
  const file = `
scopes: { read: { words: Read, grants: [authorization_code] } }
answers:
  revoke: { status: 204, as: text, body: '' }
  introspect:
    as: text
    headers: { x-date: '{{ issued_at | times: 1000 | iso }}', x-none: '{{ user.profile.none | or_null }}' }
    body: '{% if active %}{{ client.id }} {{ scope }}{% else %}no{% endif %}'
    cases: [{ when: active == false, body: { none: 'x' } }]
  code: { body: '{{ code | or_null }}' }
errors:
  api: { as: form, body: { error: '{{ error }}', one: 1, more: '{{ state | or_null }}' } }
  callback: { error: '{{ error }}', about: '{{ facts.username | quoted }}', none: '{{ code | or_null }}', state: '{{ state }}' }
`;
  const server = await start({ providers: folderWith(t, { 'acme.yaml': file }) });
  t.teardown(() => server.close());
  const world = server.world();
  await world.clock.set({ now: '2026-01-01T00:00:00Z', frozen: true });
  const { accessToken } = await world.tokens.mint({
    provider: 'acme',
    clientId: 'understudy-client',
    userId: 'ada@example.test',
  });
  const { baseUrl, apiUrl, authorizeUrl } = (await world.info()).providers.acme!;
  const ask = (path: string, token: string): Promise<Response> =>
    fetch(baseUrl + path, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('understudy-client:understudy-secret')}` },
      body: new URLSearchParams({ token }),
    });
  const live = await ask('/introspect', accessToken);
  t.same([await live.text(), live.headers.get('x-date')], ['understudy-client read', '2026-01-01T00:00:00.000Z']);
  t.equal(await (await ask('/introspect', 'none')).text(), '{"none":"x"}');
  t.equal((await ask('/revoke', accessToken)).status, 204);
  const refused = await fetch(`${apiUrl}/x`, { headers: { authorization: `Bearer ${accessToken}` } });
  t.equal(await refused.text(), 'error=invalid_token&one=1&more=null');
  await world.providers.policy({
    provider: 'acme',
    interaction: { mode: 'auto', user: 'ada@example.test', decision: 'deny' },
  });
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'understudy-client',
    redirect_uri: 'http://localhost:3000/callback',
    state: 's',
  });
  const back = await fetch(`${authorizeUrl}?${query.toString()}`, { redirect: 'manual' });
  t.equal(
    back.headers.get('location'),
    'http://localhost:3000/callback?error=access_denied&about=%22ada%40example.test%22&state=s',
  );
});

t.test('understudy check knows a provider file from a scenario', async (t) => {
  const folder = folderWith(t, {
    'a.yaml': 'like: standard',
    'b.yaml': 'seed: 1',
    'c.yaml': 'x: [',
    'd.yaml': 'tokens: 1',
  });
  t.equal(kindOfFile(join(folder, 'a.yaml')), 'provider');
  t.equal(kindOfFile(join(folder, 'b.yaml')), 'scenario');
  t.match(kindOfFile(join(folder, 'c.yaml')), { mistakes: [{ line: 1 }] });
  t.match(kindOfFile(join(folder, 'none.yaml')), { mistakes: [{ message: /cannot be read/ }] });
  const told: string[] = [];
  const say = (line: string): number => told.push(line.replace(folder, ''));
  const files = ['a.yaml', 'd.yaml'].map((name) => join(folder, name));
  const code = await run(['check', ...files], {
    env: {},
    isTerminal: false,
    isInteractive: false,
    onSignal: () => () => undefined,
    out: say,
    err: say,
    stopped: Promise.resolve('SIGTERM'),
  });
  t.same([code, told], [1, ['/a.yaml: good', '/d.yaml:1:1: tokens: expected an object, got a number (1)']]);
});

t.test(
  'a comment keeps the tokens; a provider whose file is gone is no longer served, though another is like it',
  async (t) => {
    const folder = folderWith(t, {
      'nova.yaml': 'title: Nova',
      'two.yaml': 'like: nova\ntitle: Two',
      'end.yaml': 'title: End',
    });
    const server = await start({ providers: folder });
    t.teardown(() => server.close());
    const world = server.world();
    const user = { clientId: 'understudy-client', userId: 'ada@example.test' };
    await world.tokens.mint({ provider: 'nova', ...user });
    await world.tokens.mint({ provider: 'two', ...user });
    writeFileSync(join(folder, 'nova.yaml'), '# a comment\ntitle:   Nova\n');
    writeFileSync(join(folder, 'end.yaml'), 'title: Other');
    await untilTitle(server, 'end', 'Other');
    t.equal((await world.tokens.list({ provider: 'nova' })).length, 2);
    t.equal((await world.tokens.list({ provider: 'two' })).length, 2);

    rmSync(join(folder, 'nova.yaml'));
    await untilTitle(server, 'nova', undefined);
    t.equal(await titleOf(server, 'two'), 'Two', 'its last version stays');
    t.equal((await world.tokens.list({ provider: 'two' })).length, 2);
  },
);

t.test('the log tells a provider that was removed, and one that is like it', async (t) => {
  const folder = folderWith(t, { 'nova.yaml': 'title: Nova', 'two.yaml': 'like: nova' });
  const told: string[] = [];
  const say = (line: string): void => void told.push(line);
  const log = { error: say, warn: say } as unknown as FastifyBaseLogger;
  const files = openProviderFiles({ providers: folder, shelf: [] }, String);
  const worlds = { redefine: () => [] } as unknown as Worlds;
  t.teardown(files.watch(worlds, log));
  rmSync(join(folder, 'nova.yaml'));
  while (told.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  t.match(told, [
    /^the provider is unchanged: .*two\.yaml:1:1: like: there is no provider "nova"/,
    'providers removed: nova; they are no longer served',
  ]);
  writeFileSync(join(folder, 'bad.yaml'), 'titel: Bad');
  while (told.length < 4) await new Promise((resolve) => setTimeout(resolve, 20));
  t.match(told.slice(2).sort(), [
    /^the provider is unchanged: .*two\.yaml:1:1: like/,
    /^there is no provider of this file: .*bad\.yaml:1:1: titel: is not a member here; did you mean "title"\?$/,
  ]);
});
