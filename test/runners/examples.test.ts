import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import t from 'tap';
import ts from 'typescript';
import { prepareChromium } from '../browser/chromium.js';
import { copyPackage, projectOf, root } from './project.js';

const folder = mkdtempSync(join(tmpdir(), 'understudy-runners-'));
const modules = join(folder, 'node_modules');
const chromium = await prepareChromium();
t.teardown(() => {
  chromium.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Installs the package as it is packed, and beside it what this repository has installed. */
async function install(): Promise<void> {
  mkdirSync(modules);
  for (const name of readdirSync(`${root}node_modules`).filter((each) => !each.startsWith('.'))) {
    symlinkSync(`${root}node_modules/${name}`, join(modules, name));
  }
  await copyPackage(modules);
}

await install();

t.test('the examples for Vitest run, and the failed test shows the findings', async (t) => {
  const { run, output } = projectOf(folder, 'vitest', 'commonjs');
  const ended = await run(join(modules, 'vitest/vitest.mjs'), 'run', '--no-color', '--testTimeout=60000');
  t.match(ended, { code: 1, output: /Tests +1 failed \| 2 passed/ });
  t.match(ended.output, output);
});

t.test('the examples for node:test run, and the failed test shows the findings', async (t) => {
  const { run, output } = projectOf(folder, 'node-test', 'commonjs');
  const ended = await run('--test', '--test-reporter=spec');
  t.match(ended, { code: 1, output: /pass 1\n[\s\S]*fail 1\n/ });
  t.match(ended.output, output);
});

t.test('the examples for Playwright run, and the failed test shows the findings', async (t) => {
  const { path, run, output } = projectOf(folder, 'playwright', 'module');
  const { executablePath, args } = chromium;
  const use = { launchOptions: { executablePath, args }, trace: 'on' };
  const report = [['list'], ['json', { outputFile: 'report.json' }], ['./steps.js']];
  writeFileSync(
    join(path, 'steps.js'),
    'export default class { onStepBegin(_test, _result, { title }) { console.log(`step ${title}`); } }',
  );
  writeFileSync(
    join(path, 'playwright.config.js'),
    `export default ${JSON.stringify({ use, reporter: report, workers: 1 })}`,
  );
  writeFileSync(
    join(path, 'dropped.spec.js'),
    "import { test } from 'oauth-understudy/playwright';\ntest('a test may drop its world', ({ world }) => world.drop());\n",
  );
  const ended = await run(join(modules, '@playwright/test/cli.js'), 'test');
  t.match(ended, { code: 1, output: /1 failed\n[\s\S]*3 passed/ });
  t.match(ended.output, output);
  const written = readFileSync(join(path, 'report.json'), 'utf8');
  t.match(
    written,
    /"type": "error code-replayed",\s+"description": "[^"]+ Entries: #1, #2"/,
    'annotations name entries',
  );
  t.match(ended.output, 'step #2 POST /mailup/Authorization/OAuth/Token 400 code.replayed', 'steps name entries');
});

t.test('CI has a job that runs test:jest', async (t) => {
  const workflow = readFileSync(`${root}.github/workflows/ci.yml`, 'utf8');
  t.match(workflow, /^ +- run: npm run test:jest$/m);
  t.comment('not run here: the examples for Jest, which is not installed; npm run test:jest installs it and runs them');
});

t.test('the examples compile, each with the types of its own runner', async (t) => {
  const paths = ['vitest', 'playwright'].flatMap((runner) =>
    readdirSync(join(folder, runner))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, runner, name)),
  );
  const misuse = join(folder, 'node-test', 'misuse.ts');
  writeFileSync(
    misuse,
    `import { assertNoFindings, withWorld } from 'oauth-understudy/node-test';
import 'oauth-understudy/jest';
declare const given: jest.Matchers<void, unknown>;
void given.toHaveNoFindings({ severity: 'warning' });
withWorld(async ({ world }) => { await assertNoFindings(world); });
// @ts-expect-error there is no such severity
withWorld({ seed: 1 }, async ({ world }, t: object) => { await assertNoFindings(world, { severity: 'loud' }); });
`,
  );
  const program = ts.createProgram([...paths, misuse], {
    strict: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    skipLibCheck: true,
    noEmit: true,
  });
  t.equal(paths.length, 8, dirname(misuse));
  t.same(
    [...program.getOptionsDiagnostics(), ...program.getSemanticDiagnostics()].map(
      ({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    ),
    [],
  );
});
