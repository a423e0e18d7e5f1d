import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { start } from '../../../src/client/index.js';
import { run } from '../../../src/commands/index.js';
import { openProviderFiles } from '../../../src/server/provider-files.js';
import { shelfNames } from '../../../src/shelf.js';
import { folderWith } from './folder.js';
import type { FastifyBaseLogger } from 'fastify';
import type { Test } from 'tap';
import type { StartOptions, Understudy } from '../../../src/client/index.js';
import type { Worlds } from '../../../src/world/worlds.js';

async function started(t: Test, options: StartOptions): Promise<Understudy> {
  const server = await start(options);
  t.teardown(() => server.close());
  return server;
}

const namesAt = async (server: Understudy): Promise<string[]> => Object.keys((await server.world().info()).providers);

/** The detail of the problem that answers a request. */
const detailAt = async (url: string): Promise<string> =>
  ((await (await fetch(url)).json()) as { readonly detail: string }).detail;

t.test('a provider of the shelf is served where it is asked for, and no other', async (t) => {
  const server = await started(t, { shelf: ['reddit'] });
  const names = await namesAt(server);
  t.equal(names.at(-1), 'reddit');
  t.notOk(names.includes('dropbox'));
  const { tokenUrl } = (await server.world().info()).providers.reddit!;
  t.match(await (await fetch(tokenUrl, { method: 'POST' })).json(), { error: /./ });
  t.match(await server.world().journal.list(), [{ provider: 'reddit', endpoint: 'token' }]);
});

t.test('without it, every way of naming it says how it is served', async (t) => {
  const server = await started(t, {});
  t.notOk((await namesAt(server)).includes('reddit'));
  const told = 'it is on the shelf: start the server with --shelf reddit';
  for (const path of ['/reddit', '/reddit/api/v1/access_token', '/w/default/reddit/x']) {
    t.match(await detailAt(server.url + path), `The provider "reddit" is not served; ${told}.`, path);
  }
  t.match(await detailAt(`${server.url}/rabbit/x`), "Each provider's own paths are served below its name.");
  t.match(await detailAt(`${server.url}/__admin/providers/reddit`), `There is no provider "reddit"; ${told}. Known: `);
  const world = server.world();
  const at = { provider: 'reddit' };
  await t.rejects(world.play({ providers: { reddit: {} } }), { message: `is not a provider; ${told}` });
  await t.rejects(world.faults.add({ match: at, fault: { kind: 'hang' } }), { message: told });
  await t.rejects(world.verify({ match: at }), { message: told });
  await t.rejects(
    server.newWorld({ scenario: { suppress: [{ rule: 'no-state', provider: 'reddit', reason: 'x' }] } }),
    {
      message: told,
    },
  );
  t.match(await detailAt(`${server.url}/__admin/lineage?provider=reddit`), told);
});

t.test('all of the shelf is served, and a file of a folder takes the place of one', async (t) => {
  const folder = folderWith(t, { 'reddit.yaml': 'like: reddit\ntitle: Mine' });
  const server = await started(t, { shelf: 'all', providers: folder });
  const titleOf = async (): Promise<string> => (await server.world().providers.describe('reddit')).title;
  t.same((await namesAt(server)).slice(-shelfNames.length).sort(), [...shelfNames].sort());
  t.equal(await titleOf(), 'Mine');
  t.match((await server.world().providers.describe('reddit')).paths.token, ['/api/v1/access_token']);
  rmSync(join(folder, 'reddit.yaml'));
  while ((await titleOf()) === 'Mine') await new Promise((resolve) => setTimeout(resolve, 20));
  t.equal(await titleOf(), 'Reddit', 'that of the shelf is back');
  writeFileSync(join(folder, 'reddit.yaml'), 'title: Again');
  while ((await titleOf()) !== 'Again') await new Promise((resolve) => setTimeout(resolve, 20));
});

t.test('a name that is not on the shelf is refused at the start', async (t) => {
  await t.rejects(start({ shelf: ['redit', 'dropbox'] }), {
    message: 'shelf: there is no provider "redit" on the shelf; did you mean "reddit"?',
  });
  await t.rejects(start({ shelf: ['githb', 'nope-at-all', 'slack', 'standard'] }), {
    message:
      /^shelf: there is no provider "githb" on the shelf; did you mean "github"\?\nshelf: there is no provider "nope-at-all" on the shelf; known: all, .*\nshelf: standard is not on the shelf/,
  });
  await t.rejects(start({ shelf: 'mailup' }), {
    message: 'shelf: mailup is not on the shelf: it is built in, and always served',
  });
});

t.test('understudy providers lists the shelf by name and title', async (t) => {
  const told: string[] = [];
  const code = await run(['providers'], {
    env: {},
    isTerminal: false,
    isInteractive: false,
    onSignal: () => () => undefined,
    out: (line) => told.push(line),
    err: (line) => told.push(line),
    stopped: Promise.resolve('SIGTERM'),
  });
  const at = told.indexOf('On the shelf, served with --shelf NAMES:');
  t.same([code, told.length - at - 1], [0, shelfNames.length]);
  t.ok(told.slice(at).some((line) => /^ {2}reddit +Reddit$/.test(line)));
});

t.test('two servers of one process have what each of them asks for', async (t) => {
  const one = await started(t, { shelf: ['github'] });
  const other = await started(t, { shelf: ['reddit'], providers: [{ name: 'mine', like: 'github' }] });
  const ofShelf = async (server: Understudy): Promise<string[]> =>
    (await namesAt(server)).filter((name) => shelfNames.includes(name) || name === 'mine');
  t.same([await ofShelf(one), await ofShelf(other)], [['github'], ['mine', 'reddit']]);
  t.match(await detailAt(`${one.url}/reddit/x`), '--shelf reddit');
  t.match(await detailAt(`${other.url}/github/x`), '--shelf github');
  await one.world().defineProvider('github', { like: 'github', title: 'Changed' });
  t.equal((await one.world().providers.describe('github')).title, 'Changed');
  await other.world().defineProvider('github', { like: 'github' });
  t.equal((await other.world().providers.describe('github')).title, 'GitHub');
  t.ok(Object.isFrozen(shelfNames), 'nothing changes the names for the other server');
});

t.test('a provider of a folder or of a program has no host of one of the shelf that is served', async (t) => {
  const message = /github\.com is a host of the provider "github" too/;
  const folder = folderWith(t, { 'mygit.yaml': 'title: Mine\nhosts: [github.com]' });
  await t.rejects(start({ shelf: ['github'], providers: folder }), { message });
  await t.rejects(start({ shelf: ['github'], providers: [{ name: 'mygit', hosts: ['github.com'] }] }), { message });
  await started(t, { providers: folder });
  await started(t, { shelf: ['github'], providers: [{ name: 'github', hosts: ['github.com'] }] });
});

t.test('a file that gets a host of one of the shelf is told, and its last good version stays', async (t) => {
  const folder = folderWith(t, { 'mygit.yaml': 'title: Mine\nhosts: [git.example]' });
  const told: string[] = [];
  const log = { error: (line: string) => told.push(line), warn: () => 0 } as unknown as FastifyBaseLogger;
  const files = openProviderFiles({ providers: folder, shelf: ['github'] }, String);
  t.teardown(files.watch({ redefine: () => [] } as unknown as Worlds, log));
  writeFileSync(join(folder, 'mygit.yaml'), 'title: Taken\nhosts: [github.com]');
  while (told.length < 1) await new Promise((resolve) => setTimeout(resolve, 20));
  t.match(told, [
    /^the provider is unchanged: .*mygit\.yaml:2:9: hosts\.0: github\.com is a host of the provider "github"/,
  ]);
  t.match(
    files.providers.map(({ name, title }) => [name, title]),
    [
      ['mygit', 'Mine'],
      ['github', 'GitHub'],
    ],
  );
});
