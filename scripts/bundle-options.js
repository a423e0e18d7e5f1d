import { commonJs } from './common-js.js';

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  sourcemap: true,
  sourcesContent: false,
  // White space stays: the package has no source maps, and the lines of a stack trace must be short enough to read.
  minifySyntax: true,
  metafile: true,
};

/**
 * Packages that Fastify and pino require and that Understudy never calls: a start would read and parse them for nothing.
 * They are the compilers of schemas (`noSchemas` in src/http/create-fastify.ts), `inject`, the addresses of trusted proxies, which
 * src/http/forwarded.ts reads, and logs that another thread writes.
 */
const neverCalled =
  /^(@fastify\/(ajv-compiler|fast-json-stringify-compiler|proxy-addr)|light-my-request|thread-stream)$/;

const withoutNeverCalled = {
  name: 'without-never-called',
  setup(build) {
    build.onResolve({ filter: neverCalled }, ({ path }) => ({ path, namespace: 'left-out' }));
    build.onLoad({ filter: /./, namespace: 'left-out' }, () => ({ contents: '' }));
  },
};

/**
 * The code of the command and of the library, split, so that a program loads only what it uses. esbuild splits ES
 * modules only; the parts are then translated to CommonJS, which `import` and `require` both load: the program has one
 * copy of its state.
 */
export const program = {
  ...shared,
  format: 'esm',
  entryPoints: { commands: 'src/commands/index.ts', library: 'src/library.ts' },
  outdir: 'dist',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  write: false,
  plugins: [withoutNeverCalled, commonJs],
};

/** The commands are required: an `import` of CommonJS parses the file twice, to find the names that it exports. */
const commandsApart = {
  name: 'commands-apart',
  setup(build) {
    const namespace = 'commands-apart';
    build.onResolve({ filter: /\/commands\/index\.js$/ }, ({ path }) => ({ path, namespace }));
    build.onLoad({ filter: /./, namespace }, () => ({
      contents:
        "import module, { createRequire } from 'node:module';\n" +
        '// Node 20 has no cache of compiled code\n' +
        'module.enableCompileCache?.();\n' +
        "export const { run } = createRequire(import.meta.url)('./commands.cjs');",
    }));
  },
};

/** What starts the command. */
export const command = {
  ...shared,
  format: 'esm',
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  plugins: [commandsApart],
};

const runnerNames = ['vitest', 'jest', 'node-test', 'playwright', 'testcontainers'];

const libraryApart = (file) => ({
  name: 'library-apart',
  setup(build) {
    build.onResolve({ filter: /\/library\.js$/ }, () => ({ path: `../${file}`, external: true }));
  },
});

/**
 * The entry points for test runners and Testcontainers are small files beside the library. The project that tests has
 * their module.
 */
export const runners = {
  ...shared,
  format: 'esm',
  entryPoints: runnerNames.map((runner) => `src/runners/${runner}.ts`),
  outdir: 'dist/runners',
  external: ['vitest', '@jest/globals', '@playwright/test', 'testcontainers'],
  plugins: [libraryApart('library.js')],
};

/** The same for `require`: Jest's own module loader has no other without a flag of Node. Vitest cannot be required. */
export const runnersForRequire = {
  ...runners,
  format: 'cjs',
  entryPoints: runners.entryPoints.filter((entry) => !entry.includes('vitest')),
  outExtension: { '.js': '.cjs' },
  plugins: [libraryApart('library.cjs')],
};

/**
 * What `understudy run` loads into each Node process, before its program. CommonJS costs no start of the ESM loader.
 */
export const preload = {
  ...shared,
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
  metafile: true,
  entryPoints: [
    { in: 'src/panel/main.tsx', out: 'panel' },
    { in: 'src/panel/style/panel.css', out: 'panel' },
  ],
  outdir: 'dist/panel',
};
