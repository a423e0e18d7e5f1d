// Projects that use the package as it is packed: what a page of docs/how-to shows, in a folder of its own.
import { execSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../programs.js';
import type { Ended } from '../programs.js';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A folder with the files of a page. */
export interface Project {
  readonly path: string;
  /** Shown by the page, where `…` stands for any text. */
  readonly output: RegExp;
  /** Runs a program of Node there. */
  readonly run: (...args: readonly string[]) => Promise<Ended>;
}

/** Puts the package into `node_modules` as it is packed, without what it was before. */
export async function copyPackage(modules: string): Promise<void> {
  if (!existsSync(`${root}dist/runners/vitest.d.ts`)) await runProgram('npm', ['run', 'build', '--silent'], root);
  const own = join(modules, 'oauth-understudy');
  rmSync(own, { recursive: true, force: true });
  for (const part of ['package.json', 'dist', 'views', 'fixtures', 'schema']) {
    cpSync(root + part, join(own, part), { recursive: true });
  }
}

/**
 * Installs packages into a folder, which is kept: the next time nothing is downloaded.
 *
 * @param wanted names and versions, such as `jest@30`
 */
export async function installInto(folder: string, ...wanted: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--no-package-lock'];
  const { code, output } = await runProgram('npm', ['install', ...options, ...wanted], folder);
  if (code !== 0) throw new Error(`${wanted.join(', ')} was not installed: ${output}`);
}

/** Writes the files of a page: those of code blocks whose first line is a name. `type` is as `npm init` wrote it. */
export function projectOf(folder: string, runner: string, type: 'module' | 'commonjs'): Project {
  const page = readFileSync(`${root}docs/how-to/test-with-${runner}.md`, 'utf8');
  const path = join(folder, runner);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  writeFileSync(join(path, 'package.json'), JSON.stringify({ private: true, type }));
  for (const [line] of page.matchAll(/^npm pkg set .*$/gm)) execSync(line, { cwd: path });
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
