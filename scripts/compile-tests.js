// Compiles the sources, the tests and what they import into .cache/tests/, where each file has the place that it has here. A test that
// runs there needs no loader: with one, a process starts a thread, and asks it about each of seven hundred modules and at each `import()`.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';

/** Where the compiled files are, from the root of the repository. */
export const compiledFolder = '.cache/tests';

const folders = ['src', 'test', 'scripts', 'site', 'bench'];

/** The code of a folder, apart from the panel's components, which only a browser runs, and from what is installed. */
const codeOf = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.(ts|js|mjs)$/.test(path) && !/\/node_modules\/|\.d\.ts$/.test(path));

/**
 * Compiles everything, and returns the source maps of src/ in the form in which Node writes them beside coverage: by the URL of the
 * source, with the lengths of the compiled lines.
 */
export async function compileTests() {
  rmSync(compiledFolder, { recursive: true, force: true });
  const maps = await Promise.all(folders.flatMap(codeOf).map(compile));
  await bundleTypebox();
  return Object.fromEntries(maps.filter(([url]) => url.startsWith(pathToFileURL('src/').href)));
}

async function compile(path) {
  const url = pathToFileURL(resolve(path)).href;
  const { code, map } = await transform(readFileSync(path, 'utf8'), {
    loader: path.endsWith('.ts') ? 'ts' : 'js',
    format: 'esm',
    target: 'node20',
    // files beside a source are found where it is, not where it is compiled to
    define: { 'import.meta.url': JSON.stringify(url) },
    sourcefile: url,
    sourcemap: 'external',
    sourcesContent: false,
  });
  const outfile = `${compiledFolder}/${path.replace(/\.ts$/, '.js')}`;
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(outfile, `${code}//# sourceMappingURL=${basename(outfile)}.map\n`);
  writeFileSync(`${outfile}.map`, map);
  return [url, { lineLengths: code.split('\n').map(({ length }) => length), data: JSON.parse(map) }];
}

/** TypeBox as one file, because its 370 files take longer to find and open than to run. */
async function bundleTypebox() {
  const folder = `${compiledFolder}/node_modules/typebox`;
  await build({
    entryPoints: ['node_modules/typebox/build/index.mjs'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: `${folder}/index.mjs`,
    logLevel: 'warning',
  });
  writeFileSync(`${folder}/package.json`, JSON.stringify({ name: 'typebox', exports: './index.mjs' }));
}
