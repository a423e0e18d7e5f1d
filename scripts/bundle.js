// Bundles the command, the library, the entry points for test runners, the preload of `understudy run` and the panel:
// bundle-options.js describes each. Without bundling, most of the start time is spent on opening files.
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { command, jestForRequire, library, libraryForRequire, panel, preload, runners } from './bundle-options.js';

rmSync('dist/chunks', { recursive: true, force: true });
await Promise.all(
  [command, library, libraryForRequire, runners, jestForRequire, panel, preload].map((each) => build(each)),
);
chmodSync('dist/main.js', 0o755);
