// Writes the declarations of the library into one file, `dist/library.d.ts`, and a copy for `require`,
// `dist/library.d.cts`. A type that is derived from a schema or from a table is written out, so the file needs no other
// package and no other file. The declarations of the entry points for test runners stand beside it, in `dist/runners`,
// and import it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import ts from 'typescript';
import { oneFile } from './one-file.js';
import { writtenOut } from './written-out.js';

const entry = resolve('src/library.ts');
const runnersFolder = resolve('src/runners');
const published = Object.keys((JSON.parse(readFileSync('package.json', 'utf8')) as { exports: object }).exports);
const runners = published
  .map((name) => resolve(runnersFolder, `${name}.ts`))
  .filter((source) => ts.sys.fileExists(source));

/**
 * Adds the declarations of each source that an entry point reaches, by the path of the `.d.ts` file. Others would take
 * as long again.
 */
function addDeclarations(files: Map<string, string>, sources: ts.Program, start: string): void {
  const add = (source: string): void => {
    const path = declarationFile(source);
    if (files.has(path)) return;
    const write = (name: string, text: string): unknown => files.set(name, text);
    const { emitSkipped, diagnostics } = sources.emit(sources.getSourceFile(source), write, undefined, true);
    if (emitSkipped) throw new Error(ts.formatDiagnostics(diagnostics, formatHost));
    for (const [, imported] of (files.get(path) ?? '').matchAll(/from '(\.[^']+)\.js'/g)) {
      add(resolve(dirname(source), `${String(imported)}.ts`));
    }
  };
  add(start);
}

const declarationFile = (source: string): string => source.replace(/\.ts$/, '.d.ts');

const formatHost: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => process.cwd(),
  getNewLine: () => '\n',
};

function sourceProgram(): ts.Program {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  delete options.tsBuildInfoFile;
  const declared = ['jest-globals.d.ts', 'testcontainers-package.d.ts'].map((name) => resolve(runnersFolder, name));
  return ts.createProgram([entry, ...runners, ...declared], {
    ...options,
    noEmit: false,
    incremental: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: resolve('src'),
    outDir: resolve('src'),
  });
}

/** A program that reads declarations from memory, and knows no others: a name that it cannot find is a global one. */
function programOf(files: ReadonlyMap<string, string>): ts.Program {
  const host: ts.CompilerHost = {
    ...formatHost,
    fileExists: (path) => files.has(path),
    readFile: (path) => files.get(path),
    getSourceFile: (path) => {
      const text = files.get(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
    },
    getDefaultLibFileName: () => 'lib.d.ts',
    useCaseSensitiveFileNames: () => true,
    writeFile: () => undefined,
  };
  const options: ts.CompilerOptions = {
    noLib: true,
    types: [],
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
  };
  return ts.createProgram([...files.keys()], options, host);
}

const sources = sourceProgram();
const files = new Map<string, string>();
addDeclarations(files, sources, entry);
const text = oneFile(programOf(files), declarationFile(entry), (file, name) =>
  writtenOut(sources, file.replace(/\.d\.ts$/, '.ts'), name),
);
mkdirSync('dist/runners', { recursive: true });

// One run-time library has two descriptions: for a compiler, a `World` that was imported and one that was required are
// different classes.
function writeBoth(name: string, declarations: string): void {
  writeFileSync(`dist/${name}.d.ts`, declarations);
  writeFileSync(`dist/${name}.d.cts`, declarations.replaceAll(/(from '\.[^']*)\.js'/g, "$1.cjs'"));
}

// `await using`, also for a project whose target does not have it yet
writeBoth('library', `/// <reference lib="esnext.disposable" />\n${text}`);
for (const runner of runners) addDeclarations(files, sources, runner);
for (const [path, declarations] of files) {
  if (dirname(path) === runnersFolder) writeBoth(`runners/${basename(path, '.d.ts')}`, declarations);
}
