import { existsSync, readFileSync } from 'node:fs';
import t from 'tap';
import { sectionOf } from '../../scripts/changelog.js';
import {
  breakingChanges,
  breakingChangesFile,
  interfaceNow,
  lastInterface,
  mayBreak,
  removedLines,
} from '../../scripts/stable-interface/stable-interface.js';
import { schemaLines } from '../../scripts/stable-interface/schema-lines.js';
import { typeMistakes } from '../../scripts/stable-interface/type-lines.js';
import { runProgram } from '../programs.js';
import { repository } from '../tree-copy.js';

if (!existsSync(`${repository}dist/library.d.ts`)) await runProgram('npm', ['run', 'build', '--silent'], repository);

t.test('the stable interface of the last release is kept, except for the listed breaking changes', async (t) => {
  const intended = readFileSync(breakingChangesFile, 'utf8').split('\n').filter(Boolean);
  t.same(breakingChanges(lastInterface(), await interfaceNow()).toSorted(), intended.toSorted());
  if (intended.length > 0) {
    const { text = '' } = sectionOf(readFileSync('CHANGELOG.md', 'utf8'), 'Unreleased') ?? {};
    t.match(text, /^### (Changed|Removed)$/m, 'the changelog says what to do');
  }
});

t.test('calls, files, commands, names and types are recorded', async (t) => {
  const { version, lines } = lastInterface();
  t.match(version, /^\d+\.\d+\.\d+/);
  t.same(lines, lines.toSorted(), 'sorted, so that a commit shows what changed');
  for (const line of [
    'POST /__admin/clock/advance 200 application/json body.now always',
    'PUT /__admin/worlds/{id} needs id',
    'scenario file.seed: integer',
    'understudy serve --port N',
    'understudy serve UNDERSTUDY_PORT',
    'reason code.expired',
    'finding state-too-short',
    'check state-sent',
    'scenario happy-path',
    'action.yml input fail-on',
    'oauth-understudy World.clock.advance',
    'oauth-understudy/vitest test',
  ]) {
    t.ok(lines.includes(line), line);
  }
});

t.test('additions break nothing, and what vanishes does', async (t) => {
  const earlier = { type: 'object', required: ['a'], properties: { a: { type: 'string' }, b: { enum: ['x', 'y'] } } };
  const without = (direction: 'given' | 'answered', changed: object): string[] =>
    removedLines(schemaLines(earlier, 'it', direction), schemaLines({ ...earlier, ...changed }, 'it', direction));
  const more = { ...earlier.properties, c: { type: 'number' } };
  t.same(without('given', { properties: more }), [], 'an optional member is new');
  t.same(without('answered', { properties: more, required: ['a', 'c'] }), []);
  t.same(without('given', { properties: more, required: ['a', 'c'] }), ['it needs a'], 'more is required');
  t.same(without('given', { required: [] }), [], 'less is required');
  t.same(without('answered', { required: [] }), ['it.a always'], 'a member may be missing');
  t.same(without('given', { properties: { ...earlier.properties, b: { enum: ['x', 'z'] } } }), ['it.b = "y"']);
  t.same(without('answered', { properties: { ...earlier.properties, a: { type: 'number' } } }), ['it.a: string']);
});

t.test('a function of the library that takes or returns something else is a mistake', async (t) => {
  const earlier =
    'export declare function go(how?: { fast?: boolean }): Promise<string>;\nexport declare class A {\n    #private;\n    b: 1;\n}\n';
  t.same(typeMistakes(earlier, `${earlier}export declare const more: number;\n`), []);
  t.match(typeMistakes(earlier, earlier.replace('how?:', 'how:')), [/./]);
  t.match(typeMistakes(earlier, earlier.replace('<string>', '<string | undefined>')), [/./]);
  t.match(typeMistakes(earlier, earlier.replace('b: 1', 'c: 1')), [/./]);
});

t.test('which versions may have breaking changes', async (t) => {
  for (const [earlier, now, may] of [
    ['1.2.3', '1.2.4', false],
    ['1.2.3', '1.3.0', false],
    ['1.2.3', '2.0.0', true],
    ['0.2.3', '0.2.4', false],
    ['0.2.3', '0.3.0', true],
    ['0.2.3', '1.0.0', true],
  ] as const) {
    t.equal(mayBreak(earlier, now), may, `${earlier} ${now}`);
  }
});
