// Bundles the command into one file, and the library. Without bundling, most of the start time is spent on opening files.
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { command, library } from './bundle-options.js';

rmSync('dist/chunks', { recursive: true, force: true });
await Promise.all([build(command), build(library)]);
chmodSync('dist/main.js', 0o755);
