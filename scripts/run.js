// Runs a script written in TypeScript: `node scripts/run.js bench/run.ts [arguments]`. Bundles the script into .cache
// first.
import { build } from 'esbuild';
import { pathToFileURL } from 'node:url';

const [source, ...rest] = process.argv.slice(2);
const outfile = `.cache/${source.replaceAll('/', '-').replace(/\.ts$/, '.mjs')}`;
await build({
  entryPoints: [source],
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
  outfile,
});
process.argv = [process.argv[0], outfile, ...rest];
await import(pathToFileURL(outfile).href);
