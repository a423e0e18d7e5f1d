// Lets Node import the TypeScript files of this repository: `node --import ./scripts/typescript-loader.js FILE.ts`.
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';

const isMainThread = !import.meta.url.includes('?hooks');
if (isMainThread) register(`${import.meta.url}?hooks`);

/** Resolves an import of `realm.js` to the source `realm.ts`. */
export async function resolve(specifier, context, next) {
  if (!/^\..*\.js$/.test(specifier) || !context.parentURL?.endsWith('.ts')) return next(specifier, context);
  try {
    return await next(specifier.replace(/\.js$/, '.ts'), context);
  } catch {
    return next(specifier, context);
  }
}

/** Compiles a file with esbuild, as the build does. Types are not checked. */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { transform } = await import('esbuild');
  const text = await readFile(fileURLToPath(url), 'utf8');
  const { code } = await transform(text, {
    loader: 'ts',
    format: 'esm',
    target: 'node20',
    sourcefile: fileURLToPath(url),
    sourcemap: 'inline',
  });
  return { format: 'module', source: code, shortCircuit: true };
}
