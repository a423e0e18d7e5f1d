import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
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
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { transformSync } from 'esbuild';
import t from 'tap';
import { parse } from 'yaml';
import { brandsPage } from '../scripts/brand-docs.js';
import { defaultScenarioFile } from '../scripts/default-scenario-file.js';
import { examPage } from '../scripts/exam-docs.js';
import { findingsPage } from '../scripts/findings-docs.js';
import { findQuotations, pages as providerPages } from '../scripts/provider-docs.js';
import { listingPages, shelfPages, withShelf } from '../scripts/shelf-docs.js';
import { referencePages, scenarioSchema } from '../scripts/reference-docs.js';
import { run } from '../src/commands/index.js';
import { start } from '../src/client/index.js';
import { checks } from '../src/exam/checks/index.js';
import { providers } from '../src/providers/index.js';
import { anchorOf } from '../site/links.js';
import { standardPolicy } from '../src/providers/standard-policy.js';
import { documentedPort, occupyDocumentedPort } from './documented-port.js';
import { textShows } from './shown-text.js';
import type { Test } from 'tap';
import type { World } from '../src/client/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const docs = `${root}docs/`;
const shownUrl = `http://127.0.0.1:${documentedPort}`;
const bin = mkdtempSync(join(tmpdir(), 'understudy-docs-'));
t.teardown(() => {
  rmSync(bin, { recursive: true, force: true });
});

const quotations = findQuotations('test');
const facts = providers.flatMap((provider) => provider.facts);

interface Block {
  /** The info string of the block: the language, and the expected result. */
  readonly info: readonly string[];
  readonly text: string;
  /** The output that the page shows. */
  readonly output: Block | undefined;
}

interface Page {
  readonly name: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** Reads a page by its path from the folder of the documentation. */
function pageAt(name: string): Page {
  const text = readFileSync(docs + name, 'utf8');
  const all = [...text.matchAll(/^```(\S[^\n]*)\n([\s\S]*?)^```$/gm)].map(([, info = '', body = '']): Block => ({
    info: info.split(' '),
    text: body,
    output: undefined,
  }));
  const isOutput = (block: Block | undefined): boolean => block?.info[1] === 'output';
  return {
    name,
    text,
    blocks: all.flatMap((block, i) =>
      isOutput(block) ? [] : [{ ...block, output: isOutput(all[i + 1]) ? all[i + 1] : undefined }],
    ),
  };
}

/** The code on the front page of the site. */
const waysIn = '../site/ways-in.md';

const pages: readonly Page[] = readdirSync(docs, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .sort()
  .concat(waysIn)
  .map(pageAt);

/** Without the blocks that install and start: readme.test.ts has those. */
const readme = pageAt('../README.md');
const frontPage: Page = { ...readme, blocks: readme.blocks.filter(({ text }) => !text.startsWith('npm ')) };

const blocksOf = (page: Page, ...languages: string[]): Block[] =>
  page.blocks.filter(({ info: [language = ''] }) => languages.includes(language));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function execute(
  program: string,
  args: readonly string[],
  cwd: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(program, args, {
    cwd,
    env: {
      PATH: `${bin}:${process.env.PATH ?? ''}`,
      HOME: bin,
      NODE_V8_COVERAGE: undefined,
      // as if the Python package were installed, with its plugin of pytest
      PYTHONPATH: `${root}clients/python/src`,
      PYTEST_PLUGINS: 'understudy.pytest_plugin',
      PYTHONDONTWRITEBYTECODE: '1',
      ...more,
    },
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

const answers = async (program: string, args = ['--version']): Promise<boolean> =>
  execute(program, args, bin).then(
    ({ code }) => code === 0,
    () => false,
  );

/** Compares the shown with the actual output. `…` matches any text; as a member, any other members. */
function compare(t: Test, { info: [language], text }: Block, came: string, message: string): void {
  if (language === 'json') t.ok(shows(JSON.parse(text), JSON.parse(came)), message, { shown: text, came });
  else t.ok(textShows(text.trimEnd(), came.trimEnd()), message, { shown: text, came });
}

function shows(shown: unknown, came: unknown): boolean {
  if (typeof shown === 'string') return typeof came === 'string' && textShows(shown, came);
  if (Array.isArray(shown)) {
    return Array.isArray(came) && shown.length === came.length && shown.every((each, i) => shows(each, came[i]));
  }
  if (typeof shown !== 'object' || shown === null) return shown === came;
  if (typeof came !== 'object' || came === null) return false;
  const actual = came as Record<string, unknown>;
  const { '…': others, ...named } = shown as Record<string, unknown>;
  return (
    Object.entries(named).every(([name, value]) => shows(value, actual[name])) &&
    (others !== undefined || Object.keys(actual).every((name) => name in named))
  );
}

/** A temporary project folder with the package installed, for the examples of one page. */
function projectFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-docs-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/oauth-understudy'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return folder;
}

if (!existsSync(`${root}dist/library.js`)) await execute('npm', ['run', 'build', '--silent'], root);
// A replacement of npx: `tsx --test` runs the transpiled files, because tsx is not installed; all else runs the bundle.
writeFileSync(
  join(bin, 'npx'),
  `#!/bin/sh
if [ "$1 $2" = 'tsx --test' ]; then
  shift 2
  [ $# -gt 0 ] || { echo 'no test file was named'; exit 1; }
  for file; do shift; set -- "$@" "\${file%.ts}.js"; done
  exec '${process.execPath}' --test "$@"
fi
shift
exec '${process.execPath}' '${root}dist/main.js' "$@"
`,
  { mode: 0o755 },
);
// Loaded before an example: it notes the findings of each server that the example has, when that is closed.
const findingsFile = 'findings-of-examples.txt';
writeFileSync(
  join(bin, 'note-findings.mjs'),
  `import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const { Understudy } = createRequire(process.cwd() + '/')('oauth-understudy');
const { close } = Understudy.prototype;
Understudy.prototype.close = async function (...given) {
  const { worlds } = await this.findings();
  appendFileSync('${findingsFile}', worlds.flatMap(({ findings }) => findings.map(({ rule }) => rule + '\\n')).join(''));
  return close.apply(this, given);
};
`,
);
// The command that the Python package starts.
writeFileSync(join(bin, 'understudy'), `#!/bin/sh\nexec '${process.execPath}' '${root}dist/main.js' "$@"\n`, {
  mode: 0o755,
});

const separator = '=== the next example ===';
const has = {
  sh: (await answers('bash')) && (await answers('curl')),
  python: await answers('python3', ['-c', 'import sys; assert sys.version_info >= (3, 9)']),
  pytest: await answers('python3', ['-c', 'import sys, pytest; assert sys.version_info >= (3, 9)']),
};

/** Runs all shell blocks of a page in one shell, so that later blocks see the variables of earlier ones. */
async function runShell(
  t: Test,
  folder: string,
  blocks: readonly Block[],
  at: (text: string) => string,
): Promise<void> {
  const { code, out, err } = await execute(
    'bash',
    ['--norc', '-euo', 'pipefail', '-c', blocks.map(({ text }) => at(text)).join(`\necho; echo '${separator}'\n`)],
    folder,
  );
  t.equal(code, 0, err);
  const parts = out.split(`\n${separator}\n`);
  for (const [i, { output, text }] of blocks.entries()) {
    if (output !== undefined) compare(t, { ...output, text: at(output.text) }, parts[i] ?? '', text);
  }
}

async function runScript(
  t: Test,
  folder: string,
  { info: [language, expectation], text, output }: Block,
  at: (text: string) => string,
  i: number,
): Promise<void> {
  // a file of Python with a name is a module, or has tests that a command runs
  const [, module] = /^# (\w+\.py)\n/.exec(text) ?? [];
  if (module !== undefined) {
    writeFileSync(join(folder, module), text);
    return;
  }
  const [, named] = /^\/\/ (\S+)\.ts\n/.exec(text) ?? [];
  const file = language === 'python' ? `example-${i}.py` : `${named ?? `example-${i}`}.js`;
  writeFileSync(
    join(folder, file),
    language === 'python' ? at(text) : transformSync(at(text), { loader: 'ts', target: 'node20', format: 'esm' }).code,
  );
  // A named file without tests is a module that other examples import.
  const isModule = named !== undefined && !named.endsWith('.test');
  if (named !== undefined) writeFileSync(join(folder, `${named}.ts`), text);
  if (isModule) return;
  const { code, out, err } = await (language === 'python'
    ? execute('python3', [file], folder)
    : execute(process.execPath, ['--import', join(bin, 'note-findings.mjs'), file], folder));
  t.equal(code === 0, expectation !== 'fails', `${file}: ${out}${err}`);
  if (output !== undefined) compare(t, { ...output, text: at(output.text) }, out, text);
}

/** Runs the tests of an example in Python. Their worlds are on the server of the page, which collects the findings. */
async function runPythonTests(t: Test, folder: string, { info, text, output }: Block, url: string): Promise<void> {
  const [command, runner] = /^python3 -m (pytest|unittest) .*$/m.exec(text) ?? [];
  if (command === undefined) return;
  if (!has.sh || !(runner === 'pytest' ? has.pytest : has.python)) {
    t.comment(`not run, because ${String(runner)} is not installed: ${command}`);
    return;
  }
  const { code, out, err } = await execute('bash', ['--norc', '-c', command], folder, { UNDERSTUDY_URL: url });
  t.equal(code, info[1] === 'fails' ? 1 : 0, out + err);
  // unittest writes its report to standard error
  if (output !== undefined) compare(t, output, runner === 'pytest' ? out : err, command);
}

/** The findings of pages that show a mistake of a client. */
const onPurpose: Readonly<Record<string, readonly string[]>> = {
  'how-to/forged-mailup-callback.md': ['no-csrf-protection', 'redirect-uri-differs'],
  'how-to/lost-answer-after-refresh.md': ['refresh-after-refusal'],
  'how-to/test-with-pytest.md': ['code-replayed'],
};

for (const page of [frontPage, ...pages].filter((each) => blocksOf(each, 'sh', 'ts', 'python').length > 0)) {
  t.test(`the examples of ${page.name} give the output that the page shows`, async (t) => {
    await occupyDocumentedPort(t);
    const server = await start({ ...(page.text.includes('only-for-tests') ? { adminToken: 'only-for-tests' } : {}) });
    t.teardown(() => server.close());
    const folder = projectFolder(t);
    const at = (text: string): string => text.replaceAll(shownUrl, server.url);
    const shell = blocksOf(page, 'sh');
    if (has.sh && shell.length > 0) await runShell(t, folder, shell, at);
    for (const [i, block] of page.blocks.entries()) {
      const [, command] = /^(npx tsx --test.*)$/m.exec(block.text) ?? [];
      if (block.info[0] === 'bash' && command !== undefined && has.sh) {
        t.match(await execute('bash', ['--norc', '-c', command], folder), { code: 0, out: /^# pass [1-9]/m }, command);
      }
      if (block.info[0] === 'bash') await runPythonTests(t, folder, block, server.url);
      if (block.info[0] === 'ts' || (block.info[0] === 'python' && has.python)) {
        await runScript(t, folder, block, at, i);
      }
    }
    const { worlds } = await server.findings();
    const rules: string[] = worlds.flatMap(({ findings }) => findings.map(({ rule }) => rule));
    const noted = join(folder, findingsFile);
    if (existsSync(noted)) rules.push(...readFileSync(noted, 'utf8').split('\n').filter(Boolean));
    t.same([...new Set(rules)].sort(), onPurpose[page.name] ?? [], 'an example that people copy has no finding');
    if (page.name === 'tutorial/first-flow-with-curl.md') await leavesTheDefaultWorld(t, server.world());
  });
}

/** The default world is as it was: real time, the default policy, an empty journal, no faults. */
async function leavesTheDefaultWorld(t: Test, world: World): Promise<void> {
  const { now } = await world.clock.get();
  t.ok(Math.abs(Date.parse(now) - Date.now()) < 60_000, 'the clock is real');
  t.match(await world.providers.describe('mailup'), { policy: { interaction: { mode: 'manual' } } });
  t.same(await world.journal.list(), []);
  t.same(await world.faults.list(), []);
}

t.test('every YAML example can be parsed, and every scenario among them is valid', async (t) => {
  const folder = projectFolder(t);
  let scenarios = 0;
  for (const page of pages) {
    for (const { text } of blocksOf(page, 'yaml')) {
      const document = parse(text) as Record<string, unknown>;
      t.equal(typeof document, 'object', page.name);
      if (!('extends' in document)) continue;
      scenarios += 1;
      const file = join(folder, 'scenario.yaml');
      writeFileSync(file, text);
      const said: string[] = [];
      const say = (line: string): void => void said.push(line);
      t.equal(
        await run(['check', file], {
          env: {},
          isTerminal: false,
          isInteractive: false,
          onSignal: () => () => {},
          out: say,
          err: say,
          stopped: Promise.resolve(''),
        }),
        0,
        `${page.name}: ${said.join('\n')}`,
      );
    }
  }
  t.ok(scenarios > 2);
});

t.test('each member of a call, a scenario file and a fault has a description', async (t) => {
  for (const name of ['admin-api.md', 'fixtures.md', 'faults.md']) {
    const rows = (referencePages().get(name) ?? '').split('\n').filter((line) => line.startsWith('| `'));
    t.ok(rows.length > 50, name);
    t.same(
      rows.filter((row) => row.endsWith('|  |')),
      [],
      name,
    );
  }
});

t.test(
  'the generated pages, the JSON Schema and default.yaml are up to date: `npm run docs` writes them',
  async (t) => {
    for (const [name, text] of [
      ...referencePages(),
      ['findings.md', findingsPage()] as const,
      ['exam.md', examPage()] as const,
    ]) {
      t.equal(readFileSync(`${docs}reference/${name}`, 'utf8'), text, name);
    }
    t.equal(readFileSync(`${docs}explanation/brand-clients.md`, 'utf8'), brandsPage());
    for (const [name, text] of [...providerPages(quotations), ...shelfPages()]) {
      t.equal(readFileSync(`${docs}providers/${name}`, 'utf8'), text, name);
    }
    for (const [name, folder] of listingPages) {
      const page = readFileSync(root + name, 'utf8');
      t.equal(page, withShelf(page, folder), `${name} lists the shelf`);
    }
    t.equal(readFileSync(`${root}schema/scenario.schema.json`, 'utf8'), scenarioSchema());
    t.equal(readFileSync(`${root}fixtures/scenarios/default.yaml`, 'utf8'), defaultScenarioFile());
  },
);

t.test('each check of the exam is on the page that explains it, in exactly one list', async (t) => {
  const page = readFileSync(`${docs}explanation/exam.md`, 'utf8');
  const [, lists = ''] = page.split('## Thirty scenarios');
  const named = [...lists.matchAll(/\[([a-z0-9-]+)\]\(\.\.\/reference\/exam\.md#\1\)/g)].map(([, id]) => String(id));
  t.strictSame(named.toSorted(), checks.map(({ id }) => id).toSorted());
});

t.test('every fact is quoted by a test, and no test quotes a fact that does not exist', async (t) => {
  const quoted = new Set(quotations.map(({ id }) => id));
  const known = new Set(facts.map(({ id }) => id));
  t.equal(known.size, facts.length, 'no id is given twice');
  t.same(
    [...known].filter((id) => !quoted.has(id)),
    [],
  );
  t.same(
    [...quoted].filter((id) => !known.has(id)),
    [],
  );
});

t.test('the id of a fact begins with its provider, and an assumed fact says so', async (t) => {
  for (const { name, facts: own } of providers) {
    t.same(
      own.filter(({ id }) => !id.startsWith(`${name}.`)),
      [],
    );
  }
  t.same(
    facts
      .filter(({ confidence, behaviour }) => confidence === 'GUESS' && !behaviour.toLowerCase().includes('assumed'))
      .map(({ id }) => id),
    [],
  );
});

t.test('every policy field that differs from the standard is explained by a fact', async (t) => {
  for (const { name, policy, facts: own } of providers) {
    const changed = (Object.keys(policy) as (keyof typeof policy)[]).filter(
      (field) => JSON.stringify(policy[field]) !== JSON.stringify(standardPolicy[field]),
    );
    t.same(
      changed.filter((field) => !own.some((fact) => fact.field === field)),
      [],
      name,
    );
  }
});

t.test('the published JSON Schema accepts every built-in scenario, and refuses a misspelt member', async (t) => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(scenarioSchema()) as object);
  for (const file of readdirSync(`${root}fixtures/scenarios`)) {
    t.ok(validate(parse(readFileSync(`${root}fixtures/scenarios/${file}`, 'utf8'))), file, { errors: validate.errors });
  }
  t.notOk(validate({ providers: { mailup: { policy: { acessToken: '15m' } } } }));
});

/** Every Markdown file of the repository, by its path from the root. */
function markdownFiles(folder = '.'): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return notOurs.test(entry.name) ? [] : markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** Folders with third-party or generated files. `.github` is the only hidden folder with pages. */
const notOurs = /^(node_modules|dist|\.(?!github$).*)$/;

t.test('every link in a Markdown file leads to a file and a heading that exist', async (t) => {
  for (const file of markdownFiles()) {
    for (const [, target = ''] of readFileSync(join(root, file), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(https?|mailto):/.test(target)) continue;
      const [path = '', anchor] = target.split('#');
      const linked = join(root, path === '' ? file : join(dirname(file), path));
      t.ok(existsSync(linked), `${file}: ${target}`);
      if (anchor !== undefined && existsSync(linked)) {
        t.ok(anchorsOf(readFileSync(linked, 'utf8')).has(anchor), `${file}: ${target}`);
      }
    }
  }
});

const nameOf = (path: string): string => basename(path).split('.')[0] ?? '';

t.test('every path in backticks in a Markdown file exists', async (t) => {
  const pathsIn = /`((?:src|test|docs|scripts|fixtures|bench|schema|views)\/[^`\s*{}<>…]*)`/g;
  // A path alone on a line above a code block is a file that the reader creates.
  const created = /^`([^`]+)`:\n\n```/gm;
  for (const file of markdownFiles().filter((name) => name !== 'CHANGELOG.md')) {
    const text = readFileSync(join(root, file), 'utf8');
    const toCreate = new Set([...text.matchAll(created)].map(([, path = '']) => nameOf(path)));
    for (const [, path = ''] of text.matchAll(pathsIn)) {
      if (!toCreate.has(nameOf(path))) t.ok(existsSync(join(root, path)), `${file}: ${path}`);
    }
  }
});

t.test('the index lists every page', async (t) => {
  const index = readFileSync(`${docs}README.md`, 'utf8');
  const unlisted = pages.filter(
    ({ name }) =>
      name !== 'README.md' && name !== waysIn && !/^decisions|coverage/.test(name) && !index.includes(`](${name})`),
  );
  t.same(
    unlisted.map(({ name }) => name),
    [],
  );
  t.match(readFileSync(`${root}README.md`, 'utf8'), '](docs/README.md)');
});

/** The anchors that GitHub gives to the headings. */
function anchorsOf(text: string): Set<string> {
  return new Set([...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading)));
}

void t.test('docs/decisions/README.md lists every decision, and nothing else', async (t) => {
  const listed = [...readFileSync(`${docs}decisions/README.md`, 'utf8').matchAll(/\]\((\d{4}-[\w-]+\.md)\)/g)];
  const present = readdirSync(`${docs}decisions`).filter((name) => name !== 'README.md');
  t.same(listed.map(([, name]) => name).sort(), present.sort());
});
