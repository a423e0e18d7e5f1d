import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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

// the last file of a build
if (!existsSync(`${root}dist/sbom.cdx.json`)) await run('npm', ['run', 'build', '--silent'], root);
// Without scripts: prepack would delete dist, which parallel tests use.
const packed = await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], root);
const tarball = join(folder, `${name}-${version}.tgz`);

t.test('the package has no dependency, and is installed offline into an empty project', async (t) => {
  t.equal(packed.code, 0, packed.out);
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'project', private: true, type: 'module' }));
  const { code, out } = await run(
    'npm',
    ['install', '--offline', '--engine-strict', '--no-audit', '--no-fund', tarball],
    project,
  );
  t.equal(code, 0, out);
  t.notMatch(out, /warn/i);
  const modules = join(project, 'node_modules');
  t.same(
    readdirSync(modules).filter((entry) => !entry.startsWith('.')),
    [name],
  );
  t.same(
    readdirSync(join(modules, '.bin'))
      .map((entry) => entry.replace(/\.(?:cmd|ps1)$/, ''))
      .sort(),
    [name, 'understudy'],
  );
  const bytes = filesIn(modules).reduce((sum, file) => sum + statSync(join(modules, file)).size, 0);
  t.ok(bytes < 10_500_000, `${bytes} bytes`);
});

/** The files below a folder, by their path in it. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

t.test('it contains the files that users need, and no others', (t) => {
  const files = filesIn(installed);
  for (const file of [
    'dist/main.js',
    'dist/preload.cjs',
    'dist/panel/panel.js',
    'dist/library.js',
    'dist/library.cjs',
    'dist/library.d.ts',
    'dist/library.d.cts',
    'dist/THIRD-PARTY-LICENSES',
    'dist/sbom.cdx.json',
    'docs/README.md',
    'fixtures/scenarios/default.yaml',
    'schema/scenario.schema.json',
    'schema/exam.schema.json',
    'views/login.eta',
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
  ]) {
    t.ok(files.includes(file), file);
  }
  t.same(
    files.filter((file) => /^(src|test|scripts|node_modules|\.)|\.map$|^docs\/pictures/.test(file)),
    [],
  );
  t.end();
});

t.test('it is the same for each platform: no file is machine code, and none loads an add-on', (t) => {
  const files = filesIn(installed).filter((file) => !file.startsWith('docs'));
  const isText = /\.(?:[cm]?js|d\.c?ts|css|json|yaml|eta|md)$|\/THIRD-PARTY-LICENSES$|^LICENSE$/;
  t.same(
    files.filter((file) => !isText.test(file)),
    ['dist/swagger-ui/favicon-32x32.png'],
  );
  const scripts = files.filter((file) => /\.[cm]?js$/.test(file));
  t.ok(scripts.length > 50);
  t.same(
    scripts.filter((file) => /dlopen|\.node['"`]/.test(readFileSync(join(installed, file), 'utf8'))),
    [],
  );
  const {
    os,
    cpu,
    scripts: run,
  } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    readonly os?: unknown;
    readonly cpu?: unknown;
    readonly scripts: object;
  };
  t.same([os, cpu], [undefined, undefined]);
  t.same(
    Object.keys(run).filter((each) => /^(?:pre|post)?install$/.test(each)),
    [],
    'nothing is compiled when it is installed',
  );
  t.end();
});

/** What is used of a bill of materials in the format of CycloneDX. */
interface BillOfMaterials {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly hashes?: readonly { readonly content: string }[];
    readonly properties: readonly { readonly name: string }[];
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

t.test('its bill of materials names the bundled packages, with their checksums, and no others', async (t) => {
  const text = readFileSync(join(installed, 'dist/sbom.cdx.json'), 'utf8');
  const { bomFormat, metadata, components, dependencies } = JSON.parse(text) as BillOfMaterials;
  t.match({ bomFormat, ...metadata.component }, { bomFormat: 'CycloneDX', name, version });
  const licenses = readFileSync(join(installed, 'dist/THIRD-PARTY-LICENSES'), 'utf8');
  t.same(
    components.map((each) => `${each.name} ${each.version}`),
    [...licenses.matchAll(/^-{80}\n(\S+ \S+)/gm)].map(([, title]) => title),
  );
  t.ok(components.some((each) => each.purl === `pkg:npm/fastify@${each.version}`));
  const locked = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as {
    packages: Readonly<Record<string, { readonly integrity?: string }>>;
  };
  const known = new Set(Object.values(locked.packages).map(({ integrity }) => integrity));
  for (const { name: component, hashes = [], properties } of components) {
    const isKnown = hashes.every(({ content }) =>
      known.has(`sha512-${Buffer.from(content, 'hex').toString('base64')}`),
    );
    t.ok(component === 'swagger-ui' || (hashes.length === 1 && isKnown), component);
    t.same(properties, [], 'npm marks it as a development dependency, and it is in the package');
  }
  const [own, ...others] = dependencies;
  t.match(own, { ref: `${name}@${version}`, dependsOn: others.map(({ ref }) => ref) });
  t.equal(others.length, components.length);
  t.same(
    others.find(({ ref }) => ref.startsWith('asn1js@'))?.dependsOn.map((each) => each.replace(/@[\d.]+$/, '')),
    ['pvtsutils', 'pvutils', 'tslib'],
  );
});

t.test('the licenses of all bundled packages are in it', (t) => {
  const licenses = readFileSync(join(installed, 'dist/THIRD-PARTY-LICENSES'), 'utf8');
  // the source maps, which are not published, say what is in a bundle; that of the panel has none
  const sources = filesIn(`${root}dist`)
    .filter((file) => file.endsWith('.map'))
    .flatMap((file) => (JSON.parse(readFileSync(`${root}dist/${file}`, 'utf8')) as { sources: string[] }).sources);
  const bundled = sources.flatMap((file) => /node_modules\/(?:@[^/]+\/)?[^/]+(?!.*node_modules)/.exec(file)?.[0] ?? []);
  const packages = new Set([...bundled, 'node_modules/preact', 'node_modules/@preact/signals']);
  t.ok(packages.size > 50);
  for (const folder of packages) {
    t.match(
      licenses,
      new RegExp(`^-+\n${folder.replace('node_modules/', '')} \\d[^ ]* \\([^)]+\\)\n\n.{3}`, 'm'),
      folder,
    );
  }
  t.match(licenses, /^swagger-ui 5[.\d]+ \(Apache-2\.0\)\n\nswagger-ui\nCopyright/m);
  const { devDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { devDependencies: object };
  const notBundled = Object.keys(devDependencies).filter((each) =>
    /^(?:@types\/.*|tap|typescript|eslint|express|undici)$/.test(each),
  );
  t.ok(notBundled.length > 5);
  for (const each of notBundled) t.notOk(licenses.includes(`\n${each} `), each);
  t.end();
});

t.test('publint and arethetypeswrong find nothing wrong with the packed file', async (t) => {
  // Vitest cannot be required, so its entry point is an ES module only
  const accepted = ['--ignore-rules', 'cjs-resolves-to-esm'];
  const checks = await Promise.all([
    tool('publint/src/cli.js', tarball, '--strict'),
    tool('@arethetypeswrong/cli/dist/index.js', tarball, '--profile', 'node16', '--no-emoji', ...accepted),
  ]);
  for (const { code, out } of checks) t.equal(code, 0, out);
});

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

const required = `
import { start } from '${name}';
import understudy = require('${name}');

async function mint(): Promise<understudy.MintedTokens> {
  const server: understudy.Understudy = await start();
  // @ts-expect-error there is no such member
  await server.world().clock.advance({ until: '61m' });
  return server.world().tokens.mint({ provider: 'mailup', clientId: 'understudy-client', userId: 'ada@example.test' });
}
export = mint;
`;

t.test('its types compile in a strict project, without skipLibCheck', async (t) => {
  const files = [join(project, 'typed.ts'), join(project, 'required.cts')];
  writeFileSync(files[0]!, typed);
  writeFileSync(files[1]!, required);
  const program = ts.createProgram(files, {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    // without esnext.disposable: the declarations ask for it
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    types: [],
    skipLibCheck: false,
    noEmit: true,
  });
  const ours = program
    .getSourceFiles()
    .filter(({ fileName }) => files.includes(fileName) || fileName.includes(`/${name}/dist/`));
  t.equal(ours.length, 4, 'with the declarations for import and for require');
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
    .find(({ fileName }) => fileName.endsWith('/dist/library.d.ts'))!
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

t.test('a CommonJS program requires the same library, and runs a flow', async (t) => {
  writeFileSync(
    join(project, 'plain.cjs'),
    `
const { UnderstudyError, authorize, start } = require('${name}');
(async () => {
  const imported = await import('${name}');
  const server = await start({ tls: true, tlsPort: 0, caDir: 'ca' });
  const { authorizeUrl, tokenUrl } = (await server.world().info()).providers.tinyemail;
  const world = await server.newWorld({ scenario: 'happy-path' });
  const refused = await world.clock.advance('soon').catch((error) => error);
  const client = { client_id: 'understudy-client', redirect_uri: 'http://localhost:3000/callback' };
  const { redirectTo } = await authorize(authorizeUrl + '?' + new URLSearchParams({ ...client, response_type: 'code', state: 's' }));
  const body = new URLSearchParams({ ...client, client_secret: 'understudy-secret', grant_type: 'authorization_code', code: new URL(redirectTo).searchParams.get('code') });
  const { status } = await fetch(tokenUrl, { method: 'POST', body });
  console.log(JSON.stringify({ status, refused: refused instanceof UnderstudyError, isSame: imported.start === start && imported.World === world.constructor }));
  await server.close();
})();
`,
  );
  const { code, out } = await node('plain.cjs');
  t.equal(code, 0, out);
  t.same(JSON.parse(out), { status: 200, refused: true, isSame: true });
});

t.test('npx runs the command by the name of the package, and it checks a file', async (t) => {
  t.match(await run('npx', ['--no-install', name, '--version'], project), {
    code: 0,
    out: new RegExp(`^${version}$`, 'm'),
  });
  writeFileSync(
    join(project, 'mine.yaml'),
    'extends: happy-path\nproviders:\n  mailup:\n    policy: { acessToken: 15m }\n',
  );
  t.match(await node('node_modules/.bin/understudy', 'check', 'mine.yaml'), {
    code: 1,
    out: /mine\.yaml:4:15: providers\.mailup\.policy\.acessToken: is not a member here; did you mean "accessToken"\?/,
  });
});

t.test('the bundle keeps what is called for its effect alone', async (t) => {
  const chunks = join(installed, 'dist/chunks');
  const texts = readdirSync(chunks)
    .filter((file) => file.endsWith('.cjs'))
    .map((file) => readFileSync(join(chunks, file), 'utf8'));
  t.ok(
    texts.some((text) => text.includes('executionAsyncResource')),
    'src/server/tick-shape.ts',
  );
});
