import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { transform } from 'esbuild';

/** Imports of other parts: `from "./chunks/…js"`, `import("./chunks/…js")`. */
const ownImport = /(\b(?:from|import)\s*\(?\s*"\.{1,2}\/[^"]*)\.js"/g;

/**
 * Writes the parts of a split bundle as CommonJS (`.cjs`), and beside the library an ES module that exports the same
 * names. `import()` becomes `require`, because the module loader of Jest has no `import()` without a flag of Node.
 */
export const commonJs = {
  name: 'common-js',
  setup(build) {
    build.onEnd(async ({ errors, outputFiles, metafile }) => {
      if (errors.length > 0) return;
      mkdirSync('dist/chunks', { recursive: true });
      const maps = new Map(
        outputFiles.filter(({ path }) => path.endsWith('.map')).map(({ path, text }) => [path, text]),
      );
      const parts = outputFiles.filter(({ path }) => path.endsWith('.js'));
      await Promise.all(parts.map(({ path, text }) => write(path, text, maps.get(`${path}.map`))));
      const { exports } = metafile.outputs['dist/library.js'];
      writeFileSync('dist/library.js', `export { ${exports.join(', ')} } from './library.cjs';\n`);
      removeOthers(parts.map(({ path }) => commonJsName(path)));
    });
  },
};

const commonJsName = (path) => path.replace(/\.js$/, '.cjs');

/** Removes chunks of an earlier bundle. */
function removeOthers(files) {
  const names = files.flatMap((file) => [basename(file), `${basename(file)}.map`]);
  for (const name of readdirSync('dist/chunks')) if (!names.includes(name)) rmSync(`dist/chunks/${name}`);
}

async function write(path, text, map) {
  const file = commonJsName(path);
  const isUrlUsed = text.includes('import.meta.url');
  const source = text.replace(/^\/\/# sourceMappingURL=.*\n?/m, '').replaceAll(ownImport, '$1.cjs"');
  const made = await transform(`${source}\n//# sourceMappingURL=data:application/json;base64,${base64(map)}`, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    supported: { 'dynamic-import': false },
    minifySyntax: true,
    sourcemap: 'external',
    sourcesContent: false,
    sourcefile: relative(dirname(file), path),
    define: { 'import.meta.url': 'importMetaUrl' },
    footer: plainExports(source),
    banner: isUrlUsed ? "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" : '',
  });
  writeFileSync(file, `${made.code}//# sourceMappingURL=${basename(file)}.map\n`);
  writeFileSync(`${file}.map`, made.map);
}

/**
 * Replaces the exports of a part, when it is loaded, by their values. esbuild makes a getter of each, by a function
 * that all exports share: V8 does not inline it, and a request calls hundreds of functions of other parts. No export
 * gets another value later.
 */
function plainExports(source) {
  const [, list = ''] = /^export \{([^}]*)\};\s*$/m.exec(source) ?? [];
  const names = list.split(',').flatMap((each) => /(\w+)\s*$/.exec(each)?.[1] ?? []);
  const members = names.map((name) => `${name}: getters.${name}`).join(', ');
  return names.length === 0 ? '' : `{\n  const getters = module.exports;\n  module.exports = { ${members} };\n}`;
}

const base64 = (text) => Buffer.from(text).toString('base64');
