import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { runProgram } from './programs.js';
import { repository } from './tree-copy.js';

const manifest = JSON.parse(readFileSync(`${repository}package.json`, 'utf8')) as {
  engines: { node: string };
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  overrides: Record<string, string>;
};
const site = JSON.parse(readFileSync(`${repository}site/package.json`, 'utf8')) as Pick<
  typeof manifest,
  'dependencies'
>;
const pages = [
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs/explanation/architecture.md',
  'docs/how-to/debug.md',
  'docs/how-to/release.md',
  ...['a-fault-kind', 'a-finding', 'a-provider', 'an-admin-call'].map((name) => `docs/how-to/add-${name}.md`),
].map((name) => ({ name, text: readFileSync(repository + name, 'utf8') }));
const contributing = pages[0]!.text;

/** Files that a how-to page teaches to write. They do not exist here. */
const taught = /twice|acme|scope-repeated|scopes/;

t.test('every npm script that a page names exists, and CONTRIBUTING names every script', async (t) => {
  for (const { name, text } of pages) {
    for (const [, script = ''] of text.matchAll(/npm run ([\w:]+)/g)) {
      t.ok(script in manifest.scripts, `${name}: npm run ${script}`);
    }
  }
  const isHook = (script: string): boolean => script.startsWith('pre');
  const named = (script: string): boolean => new RegExp(`^\\| \`npm (run )?${script}( |\`)`, 'm').test(contributing);
  t.same(
    Object.keys(manifest.scripts).filter((script) => !isHook(script) && !named(script)),
    [],
  );
});

t.test('every path that a page names exists', async (t) => {
  for (const { name, text } of pages) {
    const paths = text.matchAll(/`((?:src|test|docs|scripts|fixtures|views|bench|\.ci)\/[\w./-]*)`/g);
    for (const [, path = ''] of paths) {
      if (!taught.test(path)) t.ok(existsSync(repository + path), `${name}: ${path}`);
    }
  }
});

t.test('every test file that an example runs exists, and one such command works', { timeout: 120_000 }, async (t) => {
  for (const { name, text } of pages) {
    for (const [, file = ''] of text.matchAll(/npm run test:only -- (?:--\S+ )?(test\/\S+?\.ts)/g)) {
      if (!taught.test(file)) t.ok(existsSync(repository + file), `${name}: ${file}`);
    }
  }
  const file = 'test/core/bounded-map.test.ts';
  t.match(contributing, `npm run test:only -- ${file}`);
  const runOnly = (...args: string[]): ReturnType<typeof runProgram> =>
    runProgram('npm', ['run', '--silent', 'test:only', '--', ...args], repository);
  t.match(await runOnly(file), { code: 0, output: /^# \{ total: \d+, pass: \d+ \}$/m });
  t.match(await runOnly('--grep=/no test has this name/', file), { code: 0, output: /pass: 0, skip: \d/ });
  t.match(await runOnly('test/none.test.ts'), { code: 2, output: 'There is no test file test/none.test.ts.' });
  t.match(await runOnly(), { code: 2, output: 'No test file was named.' });
});

t.test('a file that fails makes test:only fail, and several files are counted', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({ 'bad.test.ts': "import t from 'tap';\nt.equal(1 as number, 2, 'a wrong sum');\n" });
  const bad = join(folder, 'bad.test.ts');
  const run = (...files: string[]): ReturnType<typeof runProgram> =>
    runProgram(process.execPath, ['scripts/test-files.js', ...files], repository);
  t.match(await run(bad), { code: 1, output: 'not ok 1 - a wrong sum' });
  t.match(await run('test/core/bounded-map.test.ts', bad), {
    code: 1,
    output: /a wrong sum[\s\S]*# 1 files passed, 1 failed/,
  });
});

t.test('the quick set is a subset of the test files', async (t) => {
  const print =
    "import('./scripts/quick-tests.js').then(({ quickTests }) => console.log(JSON.stringify(quickTests())))";
  const { output } = await runProgram(process.execPath, ['-e', print], repository);
  const quick = JSON.parse(output) as string[];
  t.ok(quick.length > 8 && quick.every((file) => existsSync(repository + file)));
  t.notOk(quick.some((file) => /^test\/(browser|fuzz)\/|package/.test(file)));
});

t.test('the pins that CONTRIBUTING lists are pinned in package.json', async (t) => {
  const [, pins = ''] = contributing.split('## Pins');
  const wanted = { ...site.dependencies, ...manifest.dependencies, ...manifest.devDependencies, ...manifest.overrides };
  const named = [...pins.matchAll(/`(\S+)` ([\d.]+)/g)];
  t.ok(named.length > 3);
  for (const [, name = '', version = ''] of named) {
    t.match(wanted[name], new RegExp(`^[~^]?${version.replaceAll('.', '\\.')}`), `${name} ${version}`);
  }
});

interface Workflow {
  readonly jobs: {
    readonly check: {
      readonly strategy: { readonly matrix: { readonly node: readonly string[] } };
      readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
    };
  };
}

const yaml = (path: string): unknown => parse(readFileSync(`${repository}.github/${path}`, 'utf8'));

t.test('CI runs .ci/run on the oldest Node that the package allows, and on newer ones', async (t) => {
  const { strategy, steps } = (yaml('workflows/ci.yml') as Workflow).jobs.check;
  t.equal(`>=${strategy.matrix.node[0]}`, manifest.engines.node);
  t.same(strategy.matrix.node.slice(1), ['22', '24']);
  t.same(
    steps.map(({ uses, run }) => uses?.split('@')[0] ?? run),
    ['actions/checkout', 'actions/setup-node', 'bash .ci/run'],
  );
});

t.test(
  'each issue form has a name, a description and fields with labels; a bug asks for the journal entry',
  async (t) => {
    const forms = readdirSync(`${repository}.github/ISSUE_TEMPLATE`).filter((file) => file !== 'config.yml');
    t.same(forms.sort(), ['bug.yml', 'feature.yml', 'fidelity.yml']);
    for (const file of forms) {
      const form = yaml(`ISSUE_TEMPLATE/${file}`) as { body: readonly { id: string; attributes: { label: string } }[] };
      t.match(form, { name: String, description: String }, file);
      t.ok(form.body.length > 2 && form.body.every(({ id, attributes }) => id !== '' && attributes.label !== ''), file);
      const ids = form.body.map(({ id }) => id);
      if (file === 'bug.yml') {
        t.same(
          ['version', 'provider', 'entry', 'real'].filter((id) => !ids.includes(id)),
          [],
        );
      }
    }
    t.match(yaml('ISSUE_TEMPLATE/config.yml'), { blank_issues_enabled: false });
  },
);

t.test('Dependabot watches every ecosystem that is used, and what the site is made with', async (t) => {
  const { version, updates } = yaml('dependabot.yml') as {
    version: number;
    updates: readonly { 'package-ecosystem': string; directory: string }[];
  };
  t.equal(version, 2);
  t.same(
    updates.map((each) => `${each['package-ecosystem']} ${each.directory}`),
    ['npm /', 'npm /site', 'github-actions /', 'docker /'],
  );
});
