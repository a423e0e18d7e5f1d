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
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import ts from 'typescript';
import { prepareChromium } from '../browser/chromium.js';
import { runProgram } from '../programs.js';
import type { Ended } from '../programs.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'understudy-runners-'));
const modules = join(folder, 'node_modules');
const chromium = await prepareChromium();
t.teardown(() => {
  chromium.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Installs the package as it is packed, and beside it what this repository has installed. */
async function install(): Promise<void> {
  if (!existsSync(`${root}dist/runners/vitest.d.ts`)) await runProgram('npm', ['run', 'build', '--silent'], root);
  mkdirSync(modules);
  for (const name of readdirSync(`${root}node_modules`).filter((each) => !each.startsWith('.'))) {
    symlinkSync(`${root}node_modules/${name}`, join(modules, name));
  }
  for (const part of ['package.json', 'dist', 'views', 'fixtures', 'schema']) {
    cpSync(root + part, join(modules, 'oauth-understudy', part), { recursive: true });
  }
}

/** The file of a package, where Node finds it. Undefined: the package is not installed. */
function found(file: string): string | undefined {
  try {
    return createRequire(`${root}package.json`).resolve(file);
  } catch {
    return undefined;
  }
}

interface Project {
  readonly path: string;
  /** Shown by the page, where `…` stands for any text. */
  readonly output: RegExp;
  readonly run: (...args: readonly string[]) => Promise<Ended>;
}

/** Writes the files of a page: those of code blocks whose first line is a name. */
function projectOf(runner: string, type: 'module' | 'commonjs'): Project {
  const page = readFileSync(`${root}docs/how-to/test-with-${runner}.md`, 'utf8');
  const path = join(folder, runner);
  mkdirSync(path);
  writeFileSync(join(path, 'package.json'), JSON.stringify({ private: true, type }));
  for (const [, name = '', text = ''] of page.matchAll(/^```\w+\n\/\/ (\S+)\n([\s\S]*?)^```$/gm)) {
    writeFileSync(join(path, name), text);
  }
  const [, shown = ''] = /^```text output\n([\s\S]*?)\n```$/m.exec(page) ?? [];
  const parts = shown.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return {
    path,
    output: new RegExp(parts.join('[\\s\\S]*?')),
    run: (...args) => runProgram(process.execPath, args, path),
  };
}

await install();

t.test('the examples for Vitest run, and the failed test shows the findings', async (t) => {
  const { run, output } = projectOf('vitest', 'module');
  const ended = await run(join(modules, 'vitest/vitest.mjs'), 'run', '--no-color');
  t.match(ended, { code: 1, output: /Tests +1 failed \| 1 passed/ });
  t.match(ended.output, output);
});

t.test('the examples for node:test run, and the failed test shows the findings', async (t) => {
  const { run, output } = projectOf('node-test', 'module');
  const ended = await run('--test', '--test-reporter=spec');
  t.match(ended, { code: 1, output: /pass 1\n[\s\S]*fail 1\n/ });
  t.match(ended.output, output);
});

t.test('the examples for Playwright run, and the failed test shows the findings', async (t) => {
  const { path, run, output } = projectOf('playwright', 'module');
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

const jest = found('jest/bin/jest');
const withoutJest = 'Jest is not installed: npm install --no-save jest';
t.test(
  'the examples for Jest run, and the failed test shows the findings',
  { skip: jest === undefined && withoutJest },
  async (t) => {
    const { run, output } = projectOf('jest', 'commonjs');
    const ended = await run(String(jest));
    t.match(ended, { code: 1, output: /Tests: +1 failed, 1 passed/ });
    t.match(ended.output, output);
  },
);

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
  t.equal(paths.length, 7, dirname(misuse));
  t.same(
    [...program.getOptionsDiagnostics(), ...program.getSemanticDiagnostics()].map(
      ({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    ),
    [],
  );
});
