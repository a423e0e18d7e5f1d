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

/** The command is one file: code behind an `import()` is in it too, and runs when it is first asked for. */
export const command = { ...options, entryPoints: ['src/main.ts'], outfile: 'dist/main.js' };

/** The library is split, so that a program that only connects loads no server. */
export const library = {
  ...options,
  entryPoints: ['src/client/index.ts'],
  outbase: 'src',
  outdir: 'dist',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
};
