import { fileURLToPath } from 'node:url';
import t from 'tap';
import ts from 'typescript';
import { conform } from './calls.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const probe = `${root}test/admin/probe.ts`;

const imports = `
import { Type } from 'typebox';
import { NoContent, RawAnswer, defineRoute } from '../../src/admin/route.js';
import { TokenView } from '../../src/admin/schemas/tokens.js';
import { listOf } from '../../src/admin/schemas/list.js';
import type { TokenInfo } from '../../src/client/index.js';
import type { Static } from 'typebox';
const call = { method: 'GET', path: '/probe', tag: 'probe', summary: 'Probe' } as const;
const Item = Type.Object({ id: Type.Integer(), note: Type.Optional(Type.String()), tags: Type.Array(Type.String()) });
const tags: readonly string[] = [];
const token: TokenInfo = {} as Static<typeof TokenView>;
const served: Static<typeof TokenView> = token;
export { NoContent, RawAnswer, call, defineRoute, listOf, served, tags };
`;

/** Routes that compile. */
const right = [
  'defineRoute({ ...call, answers: { 200: Item }, handle: () => ({ id: 1, tags }) });',
  'defineRoute({ ...call, answers: { 200: Item }, handle: async () => ({ id: 1, tags, note: undefined }) });',
  'defineRoute({ ...call, answers: { 200: listOf({ items: Type.Array(Item) }) }, handle: () => ({ items: [{ id: 1, tags }], total: 1 }) });',
  'defineRoute({ ...call, answers: { 204: NoContent }, handle: () => null });',
  "defineRoute({ ...call, answers: { 200: Item }, handle: () => new RawAnswer('text/plain', 'text') });",
];

/** Routes that must not compile: each is wrong in one place. */
const wrong = [
  "defineRoute({ ...call, answers: { 200: Item }, handle: () => ({ id: 'one', tags }) });",
  'defineRoute({ ...call, answers: { 200: Item }, handle: () => ({ id: 1 }) });',
  "defineRoute({ ...call, answers: { 200: Item }, handle: async () => ({ id: 'one', tags }) });",
  'defineRoute({ ...call, answers: { 200: listOf({ items: Type.Array(Item) }) }, handle: () => ({ items: [{ id: 1 }], total: 1 }) });',
  'defineRoute({ ...call, answers: { 200: listOf({ items: Type.Array(Item) }) }, handle: () => ({ items: [{ id: 1, tags }] }) });',
  'defineRoute({ ...call, answers: { 204: NoContent }, handle: () => ({ id: 1, tags }) });',
  'defineRoute({ ...call, answers: { 200: Item }, handle: () => undefined });',
  'defineRoute({ ...call, answers: { 200: Item }, body: Item, handle: ({ body }) => ({ ...body, id: body.missing }) });',
  "const status: TokenInfo['status'] = 'dead';",
];

/** The lines of a file in which the compiler finds an error. */
function linesWithErrors(text: string): number[] {
  const options = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path)).config,
    ts.sys,
    root,
  ).options;
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.readFile = (path) => (path === probe ? text : readFile(path));
  host.fileExists = (path) => path === probe || fileExists(path);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...rest) =>
    path === probe ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) : getSourceFile(path, ...rest);
  const program = ts.createProgram([probe], options, host);
  const file = program.getSourceFile(probe) as ts.SourceFile;
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return [...new Set(found.map(({ start = 0 }) => file.getLineAndCharacterOfPosition(start).line))];
}

void t.test('a route that returns another shape than its schema does not compile', (t) => {
  const first = imports.split('\n').length - 1;
  const lines = linesWithErrors(imports + [...right, ...wrong].join('\n'));
  t.strictSame(
    lines.filter((line) => line < first + right.length),
    [],
    'correct routes compile',
  );
  for (const [i, route] of wrong.entries()) t.ok(lines.includes(first + right.length + i), route);
  t.end();
});

void t.test('the tests find an answer that does not match the schema of its call', (t) => {
  const health = { status: 'ok', version: '1.0.0', worlds: 1, startedAt: '2026-01-01T00:00:00.000Z' };
  t.doesNotThrow(() => {
    conform('GET /health', 200, health);
  });
  for (const answer of [
    { ...health, worlds: 'one' },
    { status: 'ok', version: '1.0.0' },
    { ...health, extra: 1 },
  ]) {
    t.throws(() => {
      conform('GET /health', 200, answer);
    }, /at odds with its schema/);
  }
  t.throws(() => {
    conform('GET /health', 201, health);
  }, /is no answer of this call/);
  t.end();
});
