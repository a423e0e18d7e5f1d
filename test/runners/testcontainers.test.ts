import { existsSync, writeFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { runProgram } from '../programs.js';
import type { StartedNetwork } from 'testcontainers';
import type { UnderstudyContainer as Container, StartedUnderstudyContainer } from '../../src/runners/testcontainers.js';
import type { Test } from 'tap';

const root = fileURLToPath(new URL('../../', import.meta.url));
if (!existsSync(`${root}dist/main.js`)) await runProgram('npm', ['run', 'build', '--silent'], root);

const standIn = new URL('testcontainers-stand-in.ts', import.meta.url).href;
register(
  `data:text/javascript,${encodeURIComponent(
    `export const resolve = (name, context, next) =>
       name === 'testcontainers' ? { url: ${JSON.stringify(standIn)}, shortCircuit: true } : next(name, context);`,
  )}`,
);
const { UnderstudyContainer } = await import('../../src/runners/testcontainers.js');

const network: StartedNetwork = { getId: () => 'network' };
const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** The members of the stand-in that are not used in `src`. */
const imageOf = (container: Container): string => (container as unknown as { image: string }).image;

async function started(t: Test, container: Container): Promise<StartedUnderstudyContainer> {
  const running = await container.start();
  t.teardown(() => (running as unknown as { stop: () => Promise<void> }).stop());
  return running;
}

t.test('a test makes worlds at the mapped port, and the URLs in answers have this port', async (t) => {
  const container = await started(t, new UnderstudyContainer());
  await using world = await container.newWorld({ seed: 1 });
  const { baseUrl, providers, internal } = await world.info();
  t.equal(baseUrl, `${container.getUrl()}/w/${world.id}`);
  t.ok(providers.mailup.tokenUrl.startsWith(`${container.getUrl()}/w/${world.id}/mailup/`));
  t.equal(internal, undefined);
  t.equal((await container.world().info()).baseUrl, container.getUrl());
  t.equal((await container.world(world.id).info()).baseUrl, baseUrl);
  t.match(await container.understudy().health(), { status: 'ok', worlds: 2 });
  t.throws(() => container.getInternalUrl(), /expected withNetwork\(…\) before start\(\)/);
});

t.test('the admin API requires the token: a random one, or the given one', async (t) => {
  const [random, other, given] = await Promise.all([
    started(t, new UnderstudyContainer()),
    started(t, new UnderstudyContainer()),
    started(t, new UnderstudyContainer().withAdminToken('mine')),
  ]);
  const call = async (container: StartedUnderstudyContainer, token: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${container.getUrl()}/__admin/worlds`, { headers })).status;
  };
  t.equal(await call(random, random.getAdminToken()), 200);
  t.equal(await call(random, other.getAdminToken()), 401);
  t.ok(random.getAdminToken().length >= 32);
  t.equal(given.getAdminToken(), 'mine');
  t.equal(await call(given, 'mine'), 200);
});

t.test('a scenario from a folder is the default of worlds', async (t) => {
  const folder = t.testdir({});
  writeFileSync(
    join(folder, 'mine.yaml'),
    'extends: default\nproviders: { mailup: { policy: { accessToken: 1m } } }\n',
  );
  const container = await started(t, new UnderstudyContainer().withFixtures(folder).withScenario('mine'));
  t.equal((await container.world().info()).scenario, 'mine');
  await using world = await container.newWorld();
  const { accessToken } = await world.tokens.mint({
    provider: 'mailup',
    clientId: 'understudy-client',
    userId: 'ada@example.test',
  });
  await world.clock.advance('61s');
  t.match(await world.tokens.get({ provider: 'mailup', token: accessToken }), { status: 'expired' });
});

t.test('containers of the same network get URLs with the alias', async (t) => {
  const container = await started(t, new UnderstudyContainer().withNetwork(network));
  t.equal(container.getInternalUrl(), 'http://understudy:8080');
  const { baseUrl, internal } = await container.world().info();
  t.equal(baseUrl, container.getUrl());
  t.equal(internal?.baseUrl, 'http://understudy:8080');
  const named = new UnderstudyContainer().withNetworkAliases('login', 'oauth').withNetwork(network);
  const other = await started(t, named);
  t.equal(other.getInternalUrl(), 'http://login:8080');
  t.equal((await other.world().info()).internal?.baseUrl, 'http://login:8080');
});

t.test('the image is that of the same version, that of UNDERSTUDY_IMAGE, or the given one', async (t) => {
  t.match(imageOf(new UnderstudyContainer()), new RegExp(`^ghcr\\.io/[\\w-]+/oauth-understudy:${version}$`));
  t.teardown(() => delete process.env.UNDERSTUDY_IMAGE);
  process.env.UNDERSTUDY_IMAGE = 'registry.test/understudy:2';
  t.equal(imageOf(new UnderstudyContainer()), 'registry.test/understudy:2');
  t.equal(imageOf(new UnderstudyContainer('understudy:3')), 'understudy:3');
});

t.test('a server that does not start is told with its log', async (t) => {
  await t.rejects(
    new UnderstudyContainer().withScenario('unknown').start(),
    /exited: .*there is no scenario "unknown"/s,
  );
});
