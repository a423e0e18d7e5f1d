// Bundles the command and the library: opening a thousand small files is most of what a start costs.
// With --watch it bundles again at each change, and runs the server anew.
import { spawn } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { build, context } from 'esbuild';

const options = {
  entryPoints: ['src/main.ts', 'src/client/index.ts'],
  outdir: 'dist',
  outbase: 'src',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  sourcemap: true,
  sourcesContent: false,
  minifyWhitespace: true,
  minifySyntax: true,
  // the API browser reads files beside its own code, and is loaded only when somebody opens it
  external: ['@fastify/swagger', '@fastify/swagger-ui'],
  // packages in CommonJS call require for Node's own modules
  banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
};

rmSync('dist/chunks', { recursive: true, force: true });
if (process.argv.includes('--watch')) {
  await (await context(options)).watch();
  spawn(process.execPath, ['--watch', 'dist/main.js'], { stdio: 'inherit' });
} else {
  await build(options);
  chmodSync('dist/main.js', 0o755);
}
