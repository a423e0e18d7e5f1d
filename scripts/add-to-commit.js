import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Adds files to the commit that `npm version` makes. If git refuses, it prints why, and the exit code of this process
 * stops the release. Without a repository, as with `npm version --no-git-tag-version` in an export, there is nothing to
 * commit to.
 */
export function addToCommit(files) {
  if (files.length === 0 || !existsSync('.git')) return;
  const { status } = spawnSync('git', ['add', '--', ...files], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 1;
}
