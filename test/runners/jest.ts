// `npm run test:jest`: the entry point for Jest, with Jest. It is no part of `npm test`, because it installs Jest and 260 other packages,
// into `.cache/jest`. JEST_VERSION names another version of Jest.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import ts from 'typescript';
import { copyPackage, installInto, projectOf, root } from './project.js';

const folder = join(root, '.cache/jest');
const modules = join(folder, 'node_modules');
const { JEST_VERSION: version = '30' } = process.env;

await installInto(folder, `jest@${version}`, `@types/jest@${version}`);
await copyPackage(modules);
const jest = join(modules, 'jest/bin/jest.js');

t.test('the examples for Jest run, and the failed test shows the findings', async (t) => {
  const { run, output } = projectOf(folder, 'jest', 'commonjs');
  const ended = await run(jest);
  t.match(ended, { code: 1, output: /Tests: +1 failed, 1 passed/ });
  t.match(ended.output, output);
});

t.test('a mistake of a test is told once, at its line', async (t) => {
  const { path, run } = projectOf(folder, 'jest', 'commonjs');
  writeFileSync(
    join(path, 'misuse.test.js'),
    `const { withWorld } = require('oauth-understudy/jest');
test('a misspelt option', withWorld({ provder: 'mailup' }, async () => {}));
test('a misspelt provider', withWorld({ provider: 'tinymail' }, async () => {}));
test('a misspelt member of a call', withWorld(async ({ world }) => {
  await world.tokens.mint({ provider: 'mailup', clientid: 'x', userid: 'y' });
}));
test('a matcher that is no function of a world', () => expect({}).toHaveNoFindings());
test.each([1, 2])('a row of a table is %d', withWorld(async ({ world }, row) => {
  expect(row).toBeGreaterThan(0);
  await expect(world).toHaveNoFindings();
  await expect(expect(world).not.toHaveNoFindings()).rejects.toThrow('expected a finding, found:');
}));
`,
  );
  const { code, output } = await run(jest, 'misuse');
  t.equal(code, 1);
  t.match(output, /Tests: +4 failed, 2 passed/);
  t.match(output, /no member "provder"; did you mean "provider"\?[^●]*> 2 \|[^●]*misuse\.test\.js:2:/);
  t.match(output, /no provider "tinymail"; did you mean "tinyemail"\?[^●]*> 3 \|[^●]*misuse\.test\.js:3:/);
  t.match(output, /clientid is not a member here; did you mean "clientId"\?[^●]*misuse\.test\.js:5:/);
  t.match(output, /expected a world[^●]*, got a plain object[^●]*misuse\.test\.js:7:/);
  t.notMatch(output, 'AggregateError');
});

t.test('the matchers are methods of expect in TypeScript, by the types of @types/jest', async (t) => {
  const { path } = projectOf(folder, 'jest', 'commonjs');
  const file = join(path, 'typed.test.ts');
  writeFileSync(
    file,
    `import { withWorld } from 'oauth-understudy/jest';
import type { RequestsOf } from 'oauth-understudy/jest';
const of: RequestsOf = { provider: 'mailup' };
test('typed', withWorld(async ({ world }) => {
  await expect(world).toHaveRefreshedOnce(of);
  // @ts-expect-error there is no such severity
  await expect(world).toHaveNoFindings({ severity: 'loud' });
}));
`,
  );
  const program = ts.createProgram([file], {
    strict: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: ['jest'],
    typeRoots: [join(modules, '@types')],
    skipLibCheck: true,
    noEmit: true,
  });
  t.same(
    program.getSemanticDiagnostics().map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    [],
  );
});
