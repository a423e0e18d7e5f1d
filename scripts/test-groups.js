// Which test files have a process of their own, which share one, and in which of them coverage is measured. The start of a process costs
// about a second of processor time, so light files of the same folder share one. `npm run test:only` runs one of them by itself.
import { readdirSync, writeFileSync } from 'node:fs';
import { compiledFolder } from './compile-tests.js';

/** Files that have a process of their own: long ones, and those that change or measure their process. */
const alone = [
  /^(browser|client|commands|fuzz|journeys|oracle)\//,
  /^(contributing|dev|docs|how-to-add|package|readme)\.test/,
  /^admin\/(hidden-secrets|looking|route-types|strangers)/,
  /^http\/(connection-limit|pipelining|shutdown)/,
  /^exam\/(careful|command|flaws|habits|scoreboard)/,
  /^(input\/bounded-documents|run\/clients|run\/folder|runners\/|release\/(action|stable-interface)|server\/loaded-on-demand|tls\/authority-folder)/,
  /^world\/(snapshot-limit|worlds)/,
];

/**
 * Without coverage, because measuring costs processor time, most of all where the compiler of TypeScript runs: the longest files. They try
 * whole programs, whole exams and browsers, and what they reach is reached by shorter tests too.
 */
const unmeasured = [
  /^test\/(browser|fuzz|journeys|oracle|release)\//,
  /^test\/(contributing|dev|docs|how-to-add|package|readme)\.test/,
  /^test\/(admin\/(looking|route-types)|client\/(python|types)|commands\/end-of-npx|exam\/(careful|scoreboard))\.test/,
  /^test\/(run\/clients|runners\/examples|server\/loaded-on-demand)\.test/,
];

/** The longest of all. They start first, so that none of them runs alone at the end. */
const longest = [
  /^test\/(docs|how-to-add)\.test/,
  /^test\/exam\//,
  /^test\/(browser\/pages|client\/python|fuzz\/fuzz|run\/clients)\./,
  /^test\/(admin|exam|http|mcp|providers|world)\/:/,
];

/** Load a source by its TypeScript file, or put hooks into the loader: they run as they are, with the loader. */
const withLoader = /^(faults\/script|runners\/testcontainers)/;

/**
 * The processes to start, those that take longest first: the name, the file, and whether its coverage is measured. Writes a file for
 * each group beside the compiled tests.
 */
export function testProcesses() {
  const own = [];
  const groups = new Map();
  for (const name of readdirSync('test', { recursive: true, encoding: 'utf8' }).sort()) {
    const path = name.replaceAll('\\', '/');
    if (!path.endsWith('.test.ts')) continue;
    const group = path.includes('/') ? path.slice(0, path.indexOf('/')) : 'repository';
    if (withLoader.test(path)) own.push({ name: `test/${path}`, file: `test/${path}` });
    else if (matches(alone, path)) own.push({ name: `test/${path}`, file: compiled(path) });
    else groups.set(group, [...(groups.get(group) ?? []), path]);
  }
  const shared = [...groups].map(([group, paths]) => {
    const file = `${compiledFolder}/${group}.group.js`;
    writeFileSync(file, textOf(group, paths));
    return { name: `test/${group}/: ${paths.length} files`, file };
  });
  const rank = ({ name }) => (matches(longest, name) ? 0 : 1);
  return [...own, ...shared]
    .sort((a, b) => rank(a) - rank(b))
    .map(({ name, file }) => ({ name, file, isMeasured: !matches(unmeasured, name) }));
}

const matches = (patterns, text) => patterns.some((pattern) => pattern.test(text));

const compiled = (path) => `${compiledFolder}/test/${path.replace(/\.ts$/, '.js')}`;

/**
 * A file that loads the files of a group. One after the other, because a file that awaits while it is loaded would be mixed with the
 * next. They are loaded in a test, because tap ends when it knows of no other test.
 */
function textOf(group, paths) {
  const imports = paths.map((path) => `  await import('./test/${path.replace(/\.ts$/, '.js')}');\n`).join('');
  return `import t from 'tap';\nt.test('the files of the group "${group}" are loaded', async () => {\n${imports}});\n`;
}
