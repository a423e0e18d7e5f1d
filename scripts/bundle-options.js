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

/** Test runners, which load the entry points of `src/runners` themselves. */
const testRunners = ['vitest', '@jest/globals', '@playwright/test'];

/** The library is split, so that a program that only connects does not load the server. */
export const library = {
  ...options,
  entryPoints: [
    'src/library.ts',
    ...['vitest', 'jest', 'node-test', 'playwright'].map((runner) => `src/runners/${runner}.ts`),
  ],
  external: testRunners,
  outbase: 'src',
  outdir: 'dist',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
};

const libraryApart = {
  name: 'library-apart',
  setup(build) {
    build.onResolve({ filter: /\/library\.js$/ }, () => ({ path: '../library.cjs', external: true }));
  },
};

const commonJs = {
  ...options,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  outbase: 'src',
  outdir: 'dist',
  define: { 'import.meta.url': '__fileUrl' },
  banner: { js: "const __fileUrl=require('node:url').pathToFileURL(__filename).href;" },
};

/** The library for programs that load CommonJS only. It is one file. */
export const libraryForRequire = { ...commonJs, entryPoints: ['src/library.ts'], plugins: [certificatesApart] };

/** Jest's own module loader loads CommonJS, unless Node has a flag. */
export const jestForRequire = {
  ...commonJs,
  entryPoints: ['src/runners/jest.ts'],
  external: testRunners,
  plugins: [libraryApart],
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
