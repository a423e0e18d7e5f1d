const options = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  sourcemap: true,
  sourcesContent: false,
  minifyWhitespace: true,
  minifySyntax: true,
  // CommonJS packages call require() for the built-in modules of Node.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
};

/** The command is one file. It includes code behind `import()`, which runs on the first use. */
export const command = { ...options, entryPoints: ['src/main.ts'], outfile: 'dist/main.js' };

/** The library is split, so that a program that only connects does not load the server. */
export const library = {
  ...options,
  entryPoints: ['src/client/index.ts'],
  outbase: 'src',
  outdir: 'dist',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
};
