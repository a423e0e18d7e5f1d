import { dirname, join } from 'node:path';
import ts from 'typescript';

/** The mistakes of types in a copy of the repository, as text. Empty, if there are none. */
export function typeMistakesAfter(folder: string, changed: readonly string[]): string {
  const config = ts.parseJsonConfigFileContent(
    { extends: './tsconfig.json', include: ['src', ...changed] },
    ts.sys,
    folder,
  );
  const program = ts.createProgram(config.fileNames, { ...config.options, incremental: false });
  const touched = new Set(changed.map((path) => join(folder, path)));
  const sources = program.getSourceFiles().filter(({ fileName }) => !fileName.includes('/node_modules/'));
  // What does not import a changed file was checked before the change. To check it again takes four times as long.
  const affected = sources.filter(
    (file) => touched.has(file.fileName) || importsOf(file).some((path) => touched.has(path)),
  );
  const mistakes = affected.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
  return ts.formatDiagnostics([...program.getOptionsDiagnostics(), ...mistakes], {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => folder,
    getNewLine: () => '\n',
  });
}

/** The paths of the sources that a file imports, types too. */
function importsOf(file: ts.SourceFile): string[] {
  return ts
    .preProcessFile(file.text, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => join(dirname(file.fileName), fileName).replace(/\.js$/, '.ts'));
}
