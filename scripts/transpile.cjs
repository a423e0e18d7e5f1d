const { transformSync } = require('esbuild');

/** What turns the tests' TypeScript into JavaScript: the compiler of the build, a tenth of the work of TypeScript's own. */
exports.create = () => ({
  transpile(text, { fileName }) {
    const { code, map } = transformSync(text, {
      loader: 'ts',
      format: 'esm',
      target: 'node20',
      sourcefile: fileName,
      sourcemap: 'external',
    });
    return { outputText: code, sourceMapText: map };
  },
});
