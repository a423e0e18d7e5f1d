// Runs all tests with tap, which starts a process for each file. A process costs two seconds of processor time before
// its first test, so light files of the same folder share one. `npm run test:only` runs one of them by itself.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';

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

const own = [];
/** Files that share a process, by their folder. */
const groups = new Map();
for (const name of readdirSync('test', { recursive: true, encoding: 'utf8' }).sort()) {
  const path = name.replaceAll('\\', '/');
  if (!path.endsWith('.test.ts')) continue;
  const group = path.includes('/') ? path.slice(0, path.indexOf('/')) : 'repository';
  if (alone.some((pattern) => pattern.test(path))) own.push(`test/${path}`);
  else groups.set(group, [...(groups.get(group) ?? []), path]);
}

const folder = '.cache/test-groups';
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [group, paths] of groups) {
  // One after the other, because a file that awaits while it is loaded would be mixed with the next. They are loaded in
  // a test, because tap ends when it knows of no other test.
  const imports = paths.map((path) => `  await import('../../test/${path}');\n`).join('');
  const text = `import t from 'tap';\nt.test('the files of the group "${group}" are loaded', async () => {\n${imports}});\n`;
  writeFileSync(`${folder}/${group}.test.mjs`, text);
}

const shared = [...groups.keys()].map((group) => `${folder}/${group}.test.mjs`);

/** Runs a command of tap, and returns its exit code. */
async function tap(...args) {
  const [code] = await once(spawn('tap', args, { shell: true, stdio: 'inherit' }), 'close');
  return code ?? 1;
}

// Makes tap with the plugins of .taprc. Otherwise the first run after `npm ci` would still load all of them into each
// process.
process.exitCode = await tap('build');
if (process.exitCode === 0) process.exitCode = await tap(...own, ...shared);
