import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../src/commands/index.js';
import { findingIds } from '../../src/findings/finding-ids.js';
import { formatMistake } from '../../src/input/document/files.js';
import { ScenarioLibrary } from '../../src/world/scenario/library.js';
import { readFixture } from '../../src/world/scenario/parse-file.js';
import { knownNames } from '../support.js';

/** What the server says about a folder when it reads it. */
async function said(folder: string): Promise<string[]> {
  const mistakes = await new ScenarioLibrary(findingIds, folder).read();
  return mistakes.map(formatMistake).map((line) => line.replace(`${folder}/`, ''));
}

t.test('limit "kinds of files": a FIFO and a device are not read', { timeout: 10_000 }, async (t) => {
  const folder = t.testdir({ 'good.yaml': '{}' });
  execFileSync('mkfifo', [join(folder, 'fifo.yaml')]);
  t.same(await said(folder), ['fifo.yaml:1:1: is not a regular file']);
});

t.test('limit "links": a link to a file outside its folder is not followed, and not quoted', async (t) => {
  const outside = t.testdir({ secret: 'password: hunter2-the-secret', inner: { 'good.yaml': '{}' } });
  const folder = join(outside, 'inner');
  symlinkSync(join(outside, 'secret'), join(folder, 'link.yaml'));
  symlinkSync('/dev/zero', join(folder, 'zero.yaml'));
  symlinkSync('good.yaml', join(folder, 'same.yaml'));
  const refused = ':1:1: is a link to a file outside its folder, which is not followed';
  t.same(await said(folder), [`link.yaml${refused}`, `zero.yaml${refused}`]);

  const lines: string[] = [];
  const line = (text: string): number => lines.push(text);
  const code = await run(['check', folder], {
    env: {},
    isTerminal: false,
    isInteractive: false,
    onSignal: () => () => {},
    out: line,
    err: line,
    stopped: Promise.resolve('SIGTERM'),
  });
  t.equal(code, 1);
  t.notMatch(lines.join('\n'), /hunter2/);
});

t.test('limit "size of a scenario file": a file of 500 MB is not read', async (t) => {
  const folder = t.testdir({ 'large.yaml': '' });
  truncateSync(join(folder, 'large.yaml'), 500_000_000);
  t.same(await said(folder), ['large.yaml:1:1: is larger than 1048576 bytes']);
});

t.test('limit "files of a folder": the first thousand are read', async (t) => {
  const folder = t.testdir({});
  for (let i = 0; i < 1003; i += 1) writeFileSync(join(folder, `f${String(i).padStart(4, '0')}.json`), '{}');
  const library = new ScenarioLibrary(findingIds, folder);
  const mistakes = await library.read();
  t.equal(mistakes.length, 1);
  t.match(mistakes[0], { file: /f1000\.json$/, message: 'is not read, like 2 more: a folder has at most 1000' });
  t.ok(library.names().includes('f0999'));
  t.notOk(library.names().includes('f1000'));

  // a newcomer takes the place of no file that was read, wherever its name is
  for (let i = 1000; i < 1003; i += 1) rmSync(join(folder, `f${i}.json`));
  t.same(await library.read(), []);
  writeFileSync(join(folder, 'a.json'), '{}');
  const [mistake, ...others] = await library.read();
  t.same(others, []);
  t.match(mistake, { file: /a\.json$/, message: 'is not read: a folder has at most 1000 scenario files' });
  t.ok(library.names().includes('f0999'));
  t.notOk(library.names().includes('a'));
  rmSync(join(folder, 'f0500.json'));
  t.same(await library.read(), []);
  t.ok(library.names().includes('a'));
});

t.test(
  'limit "aliases of a file": more than a hundred aliases or anchors are refused at once, with their line',
  (t) => {
    const aliases = ['description: &a x', 'expect:', ...Array.from({ length: 10_000 }, () => '  - *a')].join('\n');
    const anchors = Array.from({ length: 10_000 }, (_, i) => `m${i}: &a${i} x`).join('\n');
    const started = performance.now();
    const [alias] = readFixture(aliases, 'x.yaml', knownNames).mistakes;
    const [anchor] = readFixture(anchors, 'x.yaml', knownNames).mistakes;
    t.ok(performance.now() - started < 2000, 'time');
    t.match(alias, { line: 103, message: 'has more than 100 aliases' });
    t.match(anchor, { line: 101, message: 'has more than 100 anchors' });
    t.same(readFixture('description: "*a &b"', 'x.yaml', knownNames).mistakes, []);
    t.end();
  },
);

t.test('limit "nesting of a document": more than a hundred levels are refused with their line', (t) => {
  const [mistake] = readFixture(`description: x\nexpect: ${'['.repeat(100_000)}`, 'x.yaml', knownNames).mistakes;
  t.match(mistake, { line: 2, message: 'is nested deeper than 100 levels' });
  t.end();
});

t.test('a mistake is written without characters that control a terminal', (t) => {
  const { mistakes } = readFixture('"\\e[2Jkey\\u202e": 1', 'x.yaml', knownNames);
  t.ok(formatMistake(mistakes[0]!).startsWith('x.yaml:1:1: \\u001b[2Jkey\\u202e: is not a member here; known: '));
  t.end();
});

t.test('an unknown tag is a mistake', (t) => {
  const { mistakes } = readFixture('description: !!js/function "x"', 'x.yaml', knownNames);
  t.match(mistakes[0]?.message, /tag/);
  t.end();
});
