const { transformSync } = require('esbuild');

/** The compiler of tap for test files: esbuild, ten times as fast as TypeScript. It does not check types. */
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
