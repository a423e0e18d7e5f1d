import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
  strict: true,
  // the declarations of the language and of Node are good, and to check them takes ten times as long as to compare ours
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
};

/** Files of the language and of packages, which each comparison reads. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** What the declarations of the package export, with the members of each type: `oauth-understudy World.clock.advance`. */
export function typeLines(): string[] {
  const { name, exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    name: string;
    exports: Readonly<Record<string, { import?: { types: string }; types?: string }>>;
  };
  const entries = Object.entries(exports).flatMap(([path, { import: imported, types }]) => {
    const file = imported?.types ?? types;
    return file === undefined ? [] : [{ module: path.replace('.', name), file }];
  });
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    options,
  );
  return entries.flatMap(({ module, file }) => [
    `${module} can be imported`,
    ...exportsOf(program, file).flatMap((each) => membersOf(program, each, `${module} ${each.name}`)),
  ]);
}

function exportsOf(program: ts.Program, file: string): ts.Symbol[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  return module === undefined ? [] : checker.getExportsOfModule(module);
}

function membersOf(program: ts.Program, symbol: ts.Symbol, at: string): string[] {
  const checker = program.getTypeChecker();
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return [at, ...insideOf(program, checker.getDeclaredTypeOfSymbol(target), at, 0)];
}

/** Groups of verbs are objects in a class, so one level of members is not enough. */
const deepest = 1;

function insideOf(program: ts.Program, type: ts.Type, at: string, depth: number): string[] {
  const parts = type.isUnion() ? type.types : [type];
  return parts.flatMap((part) => {
    if (part.isStringLiteral()) return [`${at} = ${JSON.stringify(part.value)}`];
    const own = part.flags & ts.TypeFlags.Object ? part.getProperties() : [];
    return own
      .filter(({ declarations }) => !declarations?.some((each) => isOfLanguage(program, each)))
      .filter(({ name }) => !/^(__|#)/.test(name))
      .flatMap((member) => {
        const line = `${at}.${member.name}`;
        const inner = program.getTypeChecker().getTypeOfSymbol(member);
        const isGroup = depth < deepest && isObjectLiteral(inner);
        return [line, ...(isGroup ? insideOf(program, inner, line, depth + 1) : [])];
      });
  });
}

const isOfLanguage = (program: ts.Program, declaration: ts.Declaration): boolean =>
  program.isSourceFileDefaultLibrary(declaration.getSourceFile());

const isObjectLiteral = (type: ts.Type): boolean =>
  (type.symbol as ts.Symbol | undefined)?.flags === ts.SymbolFlags.TypeLiteral;

/**
 * Why a program that was written for the earlier declarations of the library may not compile with the new ones: the compiler's
 * messages. What the functions and classes are must be what they were.
 *
 * @param earlier the earlier declarations, as text
 * @param now the new ones
 */
export function typeMistakes(earlier: string, now: string): string[] {
  const files = new Map([
    ['/earlier.d.ts', comparable(earlier)],
    ['/now.d.ts', comparable(now)],
    [
      '/compare.ts',
      "import * as earlier from './earlier.js';\nimport * as now from './now.js';\nnow satisfies typeof earlier;\n",
    ],
  ]);
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([...files.keys()], options, {
    ...host,
    fileExists: (path) => files.has(path) || existsSync(path),
    readFile: (path) => files.get(path) ?? host.readFile(path),
    getSourceFile(path, target) {
      const text = files.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, target);
      if (!parsed.has(path)) parsed.set(path, host.getSourceFile(path, target));
      return parsed.get(path);
    },
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** Private members make a class differ from each other class, whatever it is for a user. */
const comparable = (declarations: string): string => declarations.replaceAll(/^\s*#private;\n/gm, '');
