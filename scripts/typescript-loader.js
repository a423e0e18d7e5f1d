// Lets Node import the TypeScript files of this repository: `node --import ./scripts/typescript-loader.js FILE.ts`.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { basename, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const isMainThread = !import.meta.url.includes('?hooks');
/** A test that compile-tests.js compiled has no TypeScript to load. */
const isCompiled = /[\\/]\.cache[\\/]tests[\\/]/.test(process.argv[1] ?? '');
if (isMainThread && !isCompiled) register(`${import.meta.url}?hooks`);

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Compiled files. A test run starts more than a hundred processes, which load the same files, some of them in a copy of
 * the tree.
 */
const cache = `${root}.cache/compiled/`;

/** This file and the version of esbuild: another maker makes another text. */
const maker = [fileURLToPath(import.meta.url.replace('?hooks', '')), `${root}node_modules/esbuild/package.json`]
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

/** A package of 370 files, which take longer to find and open than to run. */
const typebox = /\/node_modules\/typebox\/build\/index\.mjs$/;

/** Resolves an import of `realm.js` to the source `realm.ts`. */
export function resolve(specifier, context, next) {
  if (!/^\..*\.js$/.test(specifier) || !context.parentURL?.endsWith('.ts')) return next(specifier, context);
  const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
  return existsSync(url) ? { url: url.href, format: 'module', shortCircuit: true } : next(specifier, context);
}

/** Compiles a file with esbuild, as the build does. Types are not checked. */
export async function load(url, context, next) {
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  if (path.endsWith('.ts')) return loaded(await cached(path, readFileSync(path, 'utf8'), compile));
  if (typebox.test(url)) return loaded(await cached(path, packageOf(url), bundle));
  return next(url, context);
}

const loaded = (source) => ({ format: 'module', source, shortCircuit: true });

/** The text of the description of a package, which changes with its version. */
const packageOf = (url) => readFileSync(new URL('../package.json', url), 'utf8');

async function compile(path, text) {
  const { transform } = await import('esbuild');
  const { code } = await transform(text, {
    loader: 'ts',
    format: 'esm',
    target: 'node20',
    // without a folder: it is found beside the file that is loaded
    sourcefile: basename(path),
    sourcemap: 'inline',
    sourcesContent: false,
  });
  return code;
}

async function bundle(path) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return outputFiles[0].text;
}

/** What `make` makes from a text, from the cache if path and text are as they were. */
async function cached(path, text, make) {
  const file = `${cache}${createHash('sha1')
    .update(`${maker}\n${relative(root, path)}\n${text}`)
    .digest('hex')}.js`;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const code = await make(path, text);
    mkdirSync(cache, { recursive: true });
    // renamed when complete, because another process may read it
    writeFileSync(`${file}.${process.pid}`, code);
    renameSync(`${file}.${process.pid}`, file);
    return code;
  }
}
