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

/** What makes certificates is large, and most servers need none: it is a file of its own, loaded when it is needed. */
const certificates = 'make-certificates';

const certificatesApart = {
  name: 'certificates-apart',
  setup(build) {
    build.onResolve({ filter: new RegExp(`/${certificates}\\.js$`) }, () => ({
      path: `./${certificates}.js`,
      external: true,
    }));
  },
};

/** The command is one file, and one for certificates. It includes code behind `import()`, which runs on the first use. */
export const command = {
  ...options,
  entryPoints: { main: 'src/main.ts', [certificates]: `src/tls/${certificates}.ts` },
  outdir: 'dist',
  plugins: [certificatesApart],
};

/** The library is split, so that a program that only connects does not load the server. */
export const library = {
  ...options,
  entryPoints: ['src/library.ts'],
  outbase: 'src',
  outdir: 'dist',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
};

const commonJs = {
  ...options,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': '__fileUrl' },
  banner: { js: "const __fileUrl=require('node:url').pathToFileURL(__filename).href;" },
};

/** The library for programs that load CommonJS only. It is one file. */
export const libraryForRequire = {
  ...commonJs,
  entryPoints: ['src/library.ts'],
  outdir: 'dist',
  plugins: [certificatesApart],
};

const libraryApart = (file) => ({
  name: 'library-apart',
  setup(build) {
    build.onResolve({ filter: /\/library\.js$/ }, () => ({ path: `../${file}`, external: true }));
  },
});

/** The entry points for test runners are small files beside the library. Each runner provides its own module. */
export const runners = {
  ...options,
  banner: {},
  entryPoints: ['vitest', 'jest', 'node-test', 'playwright'].map((runner) => `src/runners/${runner}.ts`),
  outdir: 'dist/runners',
  external: ['vitest', '@jest/globals', '@playwright/test'],
  plugins: [libraryApart('library.js')],
};

/** Jest's own module loader loads CommonJS, unless Node has a flag. */
export const jestForRequire = {
  ...commonJs,
  banner: {},
  entryPoints: ['src/runners/jest.ts'],
  outdir: 'dist/runners',
  external: runners.external,
  plugins: [libraryApart('library.cjs')],
};

/** What `understudy run` loads into each Node process, before its program. CommonJS costs no start of the ESM loader. */
export const preload = {
  ...options,
  banner: {},
  format: 'cjs',
  entryPoints: ['src/preload.ts'],
  outfile: 'dist/preload.cjs',
};

/** The panel: one script and one style sheet for browsers. */
export const panel = {
  bundle: true,
  platform: 'browser',
  target: ['chrome111', 'firefox115', 'safari16.4'],
  format: 'esm',
  tsconfigRaw: { compilerOptions: { jsx: 'react', jsxFactory: 'h', jsxFragmentFactory: 'Fragment' } },
  inject: ['scripts/panel-jsx.js'],
  minify: true,
  legalComments: 'none',
  entryPoints: [
    { in: 'src/panel/main.tsx', out: 'panel' },
    { in: 'src/panel/style/panel.css', out: 'panel' },
  ],
  outdir: 'dist/panel',
};
