import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const { name, version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { name: string; version: string };
const folder = mkdtempSync(join(tmpdir(), 'understudy-package-'));
const project = join(folder, 'project');
const installed = join(project, 'node_modules', name);
t.teardown(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
}

/** Runs a program to its end, with stdout and stderr as one text. */
async function run(program: string, args: readonly string[], cwd: string): Promise<Ended> {
  const child = spawn(program, args, {
    cwd,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_V8_COVERAGE: undefined,
      FORCE_COLOR: '0',
      npm_config_fetch_retries: '0',
      npm_config_fetch_timeout: '20000',
    },
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (out += text));
  }
  const [code] = (await once(child, 'close')) as [number];
  return { code, out };
}

const node = (...args: string[]): Promise<Ended> => run(process.execPath, args, project);
const tool = (path: string, ...args: string[]): Promise<Ended> =>
  run(process.execPath, [`${root}node_modules/${path}`, ...args], root);

if (!existsSync(`${root}dist/library.d.ts`)) await run('npm', ['run', 'build', '--silent'], root);
// Without scripts: prepack would delete dist, which parallel tests use.
const packed = await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], root);
const tarball = join(folder, `${name}-${version}.tgz`);

t.test('the package contains the files that users need, and no others', async (t) => {
  t.equal(packed.code, 0, packed.out);
  await run('tar', ['-xzf', tarball, '-C', folder], folder);
  const files = readdirSync(join(folder, 'package'), { recursive: true, encoding: 'utf8' });
  for (const file of [
    'dist/main.js',
    'dist/preload.cjs',
    'dist/panel/panel.js',
    'views/panel.eta',
    'dist/library.js',
    'dist/library.d.ts',
    'fixtures/scenarios/default.yaml',
    'views/login.eta',
    'README.md',
    'LICENSE',
  ]) {
    t.ok(files.includes(file), file);
  }
  t.same(
    files.filter((file) => /^(src|test|scripts|docs|node_modules|\.)|tsbuildinfo/.test(file)),
    [],
  );
});

t.test('src imports each runtime dependency', (t) => {
  const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { dependencies: object };
  const texts = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(`${root}src/${file}`, 'utf8'));
  t.ok(Object.keys(dependencies).length > 5);
  for (const dependency of Object.keys(dependencies)) {
    // the files of Swagger UI are found with `resolve`
    const imports = new RegExp(`(?:from |import |import\\(|resolve\\()'${dependency}(?:/[^']*)?'`);
    t.ok(
      texts.some((text) => imports.test(text)),
      dependency,
    );
  }
  t.end();
});

t.test('publint and arethetypeswrong find nothing wrong with the packed file', async (t) => {
  const publint = await tool('publint/src/cli.js', tarball, '--strict');
  t.equal(publint.code, 0, publint.out);
  const attw = await tool('@arethetypeswrong/cli/dist/index.js', tarball, '--profile', 'esm-only', '--no-emoji');
  t.equal(attw.code, 0, attw.out);
});

t.test('it is installed into an empty project', async (t) => {
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'project', private: true, type: 'module' }));
  const { code, out } = await run(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', tarball],
    project,
  );
  if (code !== 0) {
    t.match(
      out,
      /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENOTCACHED|E5\d\d|E40[134]/,
      'npm fails only without a registry',
    );
    unpackBesideOurs();
  }
  t.equal((JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { version: string }).version, version);
});

/** Installs without a registry: the packed files, with the local dependencies. */
function unpackBesideOurs(): void {
  const modules = join(project, 'node_modules');
  rmSync(modules, { recursive: true, force: true });
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const each of readdirSync(`${root}node_modules`).filter((entry) => !entry.startsWith('.'))) {
    symlinkSync(`${root}node_modules/${each}`, join(modules, each));
  }
  cpSync(join(folder, 'package'), installed, { recursive: true });
  symlinkSync(join(installed, 'dist/main.js'), join(modules, '.bin/understudy'));
}

const typed = `
import { AuthorizeError, ExpectationError, UnderstudyError, authorize, connect, start } from '${name}';
import type { AuthorizeResult, EntryView, Expectation, MintedTokens, ProviderUrls, Scenario, StartOptions, Understudy, World } from '${name}';

await using server: Understudy = await start({ logLevel: 'silent' });
await using world: World = await server.newWorld({ seed: 1, clock: { now: '2026-01-01T00:00:00Z', frozen: true } });
const minted: MintedTokens = await world.tokens.mint({ provider: 'mailup', clientId: 'understudy-client', userId: 'ada@example.test' });
const { expired } = await world.clock.advance('61m');
const urls: ProviderUrls = (await connect(server.url, { token: 'x' }).world(world.id).info()).providers.mailup;
const scenario: Scenario = { extends: 'default', providers: { mailup: { policy: { accessToken: '15m', refreshRotation: 'keep' } } } };
await world.play(scenario);
const expectation: Expectation = { match: { endpoint: 'token', status: 200 }, count: { atMost: 2 } };
const entries: EntryView[] = await world.journal.list({ provider: 'mailup' });
const answer: AuthorizeResult = await authorize(urls.authorizeUrl, { decision: 'deny' });
const options: StartOptions = { port: 0, admin: 'open', connectionLimit: 10, requestSeconds: 5 };
const errors = [AuthorizeError, ExpectationError, UnderstudyError];

// a provider from a file has any name
await world.providers.describe('another');
// @ts-expect-error there is no such kind
await world.tokens.list({ provider: 'mailup', kind: 'code' });
// @ts-expect-error there is no such rotation
await world.play({ providers: { mailup: { policy: { refreshRotation: 'sometimes' } } } });
// @ts-expect-error there is no such level
await start({ logLevel: 'loud' });
// @ts-expect-error a program needs no ready file
await start({ readyFile: 'x' });
// @ts-expect-error a world has no such verb
await world.clock.sleep('61m');

export { answer, entries, errors, expectation, expired, minted, options };
`;

t.test('its types compile in a strict project, without skipLibCheck', async (t) => {
  const file = join(project, 'typed.ts');
  writeFileSync(file, typed);
  const program = ts.createProgram([file], {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
    types: [],
    skipLibCheck: false,
    noEmit: true,
  });
  const ours = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName === file || fileName.includes(`/${name}/dist/`));
  t.ok(ours.length > 5, 'the declarations of the package are among the files');
  const wrong = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...ours.flatMap((each) => [...program.getSyntacticDiagnostics(each), ...program.getSemanticDiagnostics(each)]),
  ];
  t.same(
    wrong.map(
      ({ file: at, messageText }) =>
        `${at?.fileName.replace(folder, '') ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    ),
    [],
  );
  const checker = program.getTypeChecker();
  const startOptions = ours
    .find(({ fileName }) => fileName.endsWith('/dist/client/index.d.ts'))!
    .statements.find((node) => ts.isTypeAliasDeclaration(node) && node.name.text === 'StartOptions')!;
  const members = checker.getTypeAtLocation(startOptions).getProperties();
  t.ok(members.some(({ name: member }) => member === 'connectionLimit'));
  for (const member of members) {
    t.not(ts.displayPartsToString(member.getDocumentationComment(checker)), '', `${member.name} has a doc comment`);
  }
});

t.test('a JavaScript program starts a server, mints a token, advances the clock and closes', async (t) => {
  writeFileSync(
    join(project, 'plain.js'),
    `
import { start } from '${name}';
const server = await start();
const world = server.world();
const { accessToken } = await world.tokens.mint({ provider: 'mailup', clientId: 'understudy-client', userId: 'ada@example.test' });
const { apiUrl } = (await world.info()).providers.mailup;
const call = async () => (await fetch(apiUrl + '/ConsoleService.svc/Console/Authentication/Info', { headers: { authorization: 'Bearer ' + accessToken } })).status;
const before = await call();
await world.clock.advance('61m');
const { redirectTo } = await world.authorize((await world.info()).providers.mailup.authorizeUrl + '?client_id=understudy-client&response_type=code&redirect_uri=http://localhost:3000/callback');
const api = [await fetch(server.url + '/__admin/openapi.json'), await fetch(server.url + '/__admin/docs/')].map(({ status }) => status);
console.log(JSON.stringify({ before, after: await call(), redirectTo: redirectTo.replace(/code=\\w+/, 'code=…'), api, scenarios: (await server.scenarios()).length }));
await server.close();
`,
  );
  const { code, out } = await node('plain.js');
  t.equal(code, 0, out);
  const shipped = readdirSync(`${root}fixtures/scenarios`).length;
  t.same(JSON.parse(out), {
    before: 200,
    after: 401,
    redirectTo: 'http://localhost:3000/callback?code=…&token_type=bearer',
    api: [200, 200],
    scenarios: shipped,
  });
});

t.test('npx runs the command', async (t) => {
  t.match(await node('node_modules/.bin/understudy', '--version'), { code: 0, out: new RegExp(`^${version}$`, 'm') });
  writeFileSync(
    join(project, 'mine.yaml'),
    'extends: happy-path\nproviders:\n  mailup:\n    policy: { acessToken: 15m }\n',
  );
  t.match(await run('npx', ['--no-install', 'understudy', 'check', 'mine.yaml'], project), {
    code: 1,
    out: /mine\.yaml:4:15: providers\.mailup\.policy\.acessToken: is not a member here; did you mean "accessToken"\?/,
  });
});
