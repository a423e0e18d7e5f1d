// Bundles the command into one file, and the library: opening a thousand small files is most of what a start costs.
// With --watch it bundles the command again at each change, and runs the server anew.
import { spawn } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { build, context } from 'esbuild';

const options = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  sourcemap: true,
  sourcesContent: false,
  minifyWhitespace: true,
  minifySyntax: true,
  // packages in CommonJS call require for Node's own modules
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
};

/** What an `import()` brings lies in the same file, and runs when it is first asked for. */
const command = { ...options, entryPoints: ['src/main.ts'], outfile: 'dist/main.js' };

/** Split, so that who only connects loads no server. */
const library = {
  ...options,
  entryPoints: ['src/client/index.ts'],
  outbase: 'src',
  outdir: 'dist',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
};

rmSync('dist/chunks', { recursive: true, force: true });
if (process.argv.includes('--watch')) {
  await (await context(command)).watch();
  spawn(process.execPath, ['--watch', 'dist/main.js'], { stdio: 'inherit' });
} else {
  await Promise.all([build(command), build(library)]);
  chmodSync('dist/main.js', 0o755);
}
