// `npm run test:containers`: the entry point for Testcontainers, with containers. It is no part of `npm test`, because it installs
// Testcontainers and needs Docker or Podman. It takes the engine of DOCKER_HOST, or Docker's own socket, or starts the service of Podman;
// and the image of UNDERSTUDY_IMAGE, or builds one.
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { transformSync } from 'esbuild';
import t from 'tap';
import ts from 'typescript';
import { launch, runProgram } from '../programs.js';
import { copyPackage, installInto, root } from './project.js';
import type { IncomingMessage } from 'node:http';

/** Kept: it has Testcontainers and its 170 dependencies. */
const project = join(root, '.cache/containers');
const modules = join(project, 'node_modules');
/** The newest version that runs on Node 20. */
const testcontainers = process.env.TESTCONTAINERS_VERSION ?? '11';
const temporary = mkdtempSync(join(tmpdir(), 'understudy-containers-'));
// the first run builds an image
t.setTimeout(1_800_000);
t.teardown(() => {
  rmSync(temporary, { recursive: true, force: true });
});

const answers = (program: string, ...args: string[]): Promise<boolean> =>
  runProgram(program, args, root).then(
    ({ code }) => code === 0,
    () => false,
  );

/** Whether an engine answers at a socket. */
async function isAlive(socketPath: string): Promise<boolean> {
  const question = get({ socketPath, path: '/_ping' });
  try {
    const [answer] = (await once(question, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode === 200;
  } catch {
    return false;
  }
}

/** The variables that name an engine. Undefined: there is none. */
async function engine(): Promise<NodeJS.ProcessEnv | undefined> {
  const { DOCKER_HOST, TESTCONTAINERS_RYUK_DISABLED } = process.env;
  if (DOCKER_HOST !== undefined) return { DOCKER_HOST, TESTCONTAINERS_RYUK_DISABLED };
  if (await answers('docker', 'info')) return {};
  if (!(await answers('podman', '--version'))) return undefined;
  const socket = join(temporary, 'podman.sock');
  const service = launch('podman', ['system', 'service', '--time', '0', `unix://${socket}`], temporary);
  t.teardown(async () => {
    service.child.kill();
    await once(service.child, 'close');
  });
  while (!(await isAlive(socket))) {
    if (service.child.exitCode !== null) throw new Error(`podman system service: ${service.output()}`);
    await delay(50);
  }
  return { DOCKER_HOST: `unix://${socket}`, TESTCONTAINERS_RYUK_DISABLED: 'true' };
}

/** An application that connects a MailUp account. */
const application = `
const { createServer } = require('node:http');
const { MAILUP_AUTHORIZE_URL, MAILUP_TOKEN_URL, MAILUP_REDIRECT_URI: redirect_uri } = process.env;
createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (pathname === '/connect') {
    const query = new URLSearchParams({ response_type: 'code', client_id: 'understudy-client', redirect_uri });
    response.writeHead(302, { location: MAILUP_AUTHORIZE_URL + '?' + query }).end();
  } else if (pathname === '/callback') {
    const body = new URLSearchParams({ grant_type: 'authorization_code', code: searchParams.get('code'), redirect_uri });
    const headers = { authorization: 'Basic ' + btoa('understudy-client:understudy-secret') };
    const answer = await fetch(MAILUP_TOKEN_URL, { method: 'POST', headers, body }).catch((error) => ({ status: 502, error }));
    response.writeHead(answer.status).end(String(answer.error?.cause ?? 'connected'));
  } else response.end('ready');
}).listen(3000);
`;

/** What the page does not show: fixtures that other users cannot read, a token, a restart, a container without a network. */
const further = `
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { UnderstudyContainer } from 'oauth-understudy/testcontainers';

test('a scenario of one\\'s own is played, also after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'scenarios-'));
  mkdirSync(join(folder, 'more'), { mode: 0o700 });
  writeFileSync(join(folder, 'short.yaml'), 'extends: default\\nproviders: { mailup: { policy: { accessToken: 1m } } }\\n', { mode: 0o600 });
  await using container = await new UnderstudyContainer().withFixtures(folder).withScenario('short').withAdminToken('mine').start();
  assert.equal((await container.world().info()).scenario, 'short');
  const world = await container.newWorld();
  assert.equal((await world.info()).baseUrl, container.getUrl() + '/w/' + world.id);
  const { accessToken } = await world.tokens.mint({ provider: 'mailup', clientId: 'understudy-client', userId: 'ada@example.test' });
  await world.clock.advance('61s');
  assert.equal((await world.tokens.get({ provider: 'mailup', token: accessToken })).status, 'expired');
  assert.throws(() => container.getInternalUrl(), /withNetwork/);

  const call = (token: string): Promise<Response> =>
    fetch(container.getUrl() + '/__admin/worlds', { headers: { authorization: 'Bearer ' + token } });
  assert.equal((await call('mine')).status, 200);
  assert.equal((await call('another')).status, 401);
  await world.drop();
  await container.restart();
  assert.equal((await container.understudy().health()).status, 'ok');
});

test('two containers have different tokens', async () => {
  await using one = await new UnderstudyContainer().start();
  await using two = await new UnderstudyContainer().start();
  assert.notEqual(one.getAdminToken(), two.getAdminToken());
  assert.notEqual(one.getUrl(), two.getUrl());
});

test('a server that does not start is told, with its reason', async () => {
  const started = Date.now();
  await assert.rejects(new UnderstudyContainer().withScenario('unknown').start(), /exited[^]*there is no scenario "unknown"/);
  assert.ok(Date.now() - started < 20_000, 'it does not wait for the limit of time');
});
`;

/** The files of the how-to page, by their names. */
function filesOfPage(): Map<string, string> {
  const page = readFileSync(`${root}docs/how-to/test-with-testcontainers.md`, 'utf8');
  const blocks = page.matchAll(/^```(?:typescript|py)\n(?:\/\/|#) (\S+)\n([\s\S]*?)^```$/gm);
  return new Map([...blocks].map(([, name = '', text = '']) => [name, text]));
}

/** Not every engine knows containers by their names: Podman does by netavark, or by a plugin of CNI. */
const withName = (text: string): string =>
  text.replace(
    "new GenericContainer('my-application')",
    "$&.withExtraHosts([{ host: 'understudy', ipAddress: understudy.getIpAddress(network.getName()) }])",
  );

const found = await engine();
const without = 'there is neither Docker nor Podman';

t.test(
  'the examples of the how-to page compile and pass',
  { skip: found === undefined && without, timeout: 1_800_000 },
  async (t) => {
    await installInto(project, `testcontainers@${testcontainers}`);
    await copyPackage(modules);
    const files = filesOfPage();
    t.same(
      [...files.keys()],
      ['mailing.ts', 'mailing.test.ts', 'application.test.ts', 'conftest.py', 'test_mailing.py'],
    );
    files.set('further.test.ts', further);
    const sources = [...files].filter(([name]) => name.endsWith('.ts'));
    for (const [name, text] of sources) {
      writeFileSync(join(project, name), text);
      const { code } = transformSync(withName(text), { loader: 'ts', target: 'node20', format: 'esm' });
      writeFileSync(join(project, name.replace(/\.ts$/, '.js')), code);
    }
    const program = ts.createProgram(
      sources.map(([name]) => join(project, name)),
      {
        strict: true,
        module: ts.ModuleKind.NodeNext,
        target: ts.ScriptTarget.ES2023,
        lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
        types: ['node'],
        typeRoots: [join(root, 'node_modules/@types')],
        skipLibCheck: true,
        noEmit: true,
      },
    );
    t.same(
      [...program.getOptionsDiagnostics(), ...program.getSemanticDiagnostics()].map(
        ({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
      ),
      [],
      'with the types of Testcontainers itself',
    );

    const context = join(temporary, 'my-application');
    mkdirSync(context);
    chmodSync(temporary, 0o755);
    writeFileSync(join(context, 'main.cjs'), application);
    writeFileSync(
      join(context, 'Dockerfile'),
      'FROM docker.io/library/node:24-slim\nCOPY main.cjs /main.cjs\nEXPOSE 3000\nCMD ["node", "/main.cjs"]\n',
    );
    const { UNDERSTUDY_IMAGE: image = 'understudy-to-try' } = process.env;
    const images = [
      [context, 'my-application'],
      ...(process.env.UNDERSTUDY_IMAGE === undefined ? [[root, image]] : []),
    ];
    const build = `import { GenericContainer } from 'testcontainers';
for (const [context, name] of ${JSON.stringify(images)}) {
  await GenericContainer.fromDockerfile(context).build(name, { deleteOnExit: false });
}`;
    writeFileSync(join(project, 'build.js'), build);
    const env = { ...found, UNDERSTUDY_IMAGE: image };
    const run = async (...args: string[]): Promise<string> => {
      const { child, output } = launch(process.execPath, args, project, env);
      const [code] = (await once(child, 'close')) as [number];
      t.equal(code, 0, output());
      return output();
    };
    await run('build.js');
    for (const [name] of sources.filter(([each]) => each.endsWith('.test.ts'))) {
      t.comment(await run('--test', '--test-reporter=spec', name.replace(/\.ts$/, '.js')));
    }

    const python = ['-c', 'import testcontainers.core.wait_strategies, pytest'];
    if (await answers('python3', ...python)) {
      const pages = [...files].filter(([name]) => name.endsWith('.py'));
      for (const [name, text] of pages) {
        writeFileSync(join(project, name), text.replace(/^IMAGE = .*$/m, `IMAGE = ${JSON.stringify(image)}`));
      }
      const more = { PYTHONPATH: `${root}clients/python/src`, PYTEST_PLUGINS: 'understudy.pytest_plugin' };
      const { child, output } = launch('python3', ['-m', 'pytest', '-q'], project, { ...env, ...more });
      const [code] = (await once(child, 'close')) as [number];
      t.equal(code, 0, output());
    } else t.comment('not run, because testcontainers or pytest is not installed: the examples for Python');
  },
);
