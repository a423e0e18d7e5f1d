// Writes the declarations of the library into one file, `dist/library.d.ts`, and a copy for `require`, `dist/library.d.cts`. A type that
// is derived from a schema or from a table is written out, so the file needs no other package and no other file.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ts from 'typescript';
import { writtenOut } from './written-out.js';

const entry = resolve('src/library.ts');

/** The declarations of each source that the library reaches, by the path of the `.d.ts` file. Others would take as long again. */
function declarationsOf(sources: ts.Program): Map<string, string> {
  const files = new Map<string, string>();
  const add = (source: string): void => {
    const path = declarationFile(source);
    if (files.has(path)) return;
    const write = (name: string, text: string): unknown => files.set(name, text);
    const { emitSkipped, diagnostics } = sources.emit(sources.getSourceFile(source), write, undefined, true);
    if (emitSkipped) throw new Error(ts.formatDiagnostics(diagnostics, formatHost));
    for (const [, imported] of files.get(path)!.matchAll(/from '(\.[^']+)\.js'/g)) {
      add(resolve(dirname(source), `${String(imported)}.ts`));
    }
  };
  add(entry);
  return files;
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
  return ts.createProgram([entry], {
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

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly symbol: ts.Symbol;
}

/** One symbol of the file to write, with the text of its declarations, in which other symbols have no name yet. */
interface Piece {
  readonly symbol: ts.Symbol;
  readonly parts: readonly { readonly text: string; readonly replacements: readonly Replacement[] }[];
}

class Collector {
  readonly pieces = new Map<ts.Symbol, Piece>();
  /** Names that have a meaning outside of the file: `Promise`, `URL`. */
  readonly globals = new Set<string>();
  readonly #checker: ts.TypeChecker;
  readonly #expand: (file: string, name: string) => string;

  constructor(checker: ts.TypeChecker, expand: (file: string, name: string) => string) {
    this.#checker = checker;
    this.#expand = expand;
  }

  /** Adds a symbol, and all that its declarations mention. */
  add(symbol: ts.Symbol): void {
    if (this.pieces.has(symbol)) return;
    const parts: Piece['parts'][number][] = [];
    this.pieces.set(symbol, { symbol, parts });
    for (const declaration of symbol.declarations ?? []) parts.push(this.#part(declaration));
  }

  #part(declaration: ts.Declaration): Piece['parts'][number] {
    const file = declaration.getSourceFile();
    const docs = ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc).at(-1)?.getText() ?? '';
    if (ts.isTypeAliasDeclaration(declaration) && isDerived(declaration.type)) {
      if (declaration.typeParameters)
        throw new Error(`${file.fileName}: ${declaration.name.text} cannot be written out`);
      const text = this.#expand(file.fileName, declaration.name.text);
      const head = `${docs}\ntype `;
      const replacements = [this.#replacement(declaration.name, 0, head.length)];
      return { text: `${head}${declaration.name.text} = ${text};`, replacements };
    }
    const start = declaration.getStart();
    const declared = declaration
      .getText()
      .replace(/^export /, '')
      .replace(/^(?=class|function)/, 'declare ');
    const head = docs === '' ? '' : `${docs}\n`;
    // what was put before the text moves the places of the names
    const shift = head.length + declared.length - declaration.getText().length - start;
    const replacements = this.#namesIn(declaration).map((name) => this.#replacement(name, shift));
    return { text: head + declared, replacements };
  }

  #replacement(name: ts.Identifier, shift: number, start = name.getStart() + shift): Replacement {
    return { start, end: start + name.text.length, symbol: this.#symbolOf(name)! };
  }

  /** The identifiers in a declaration that name a symbol of a file, itself included. */
  #namesIn(declaration: ts.Node): ts.Identifier[] {
    const found: ts.Identifier[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isImportTypeNode(node)) throw new Error(`${node.getText()} has no name`);
      if (ts.isIdentifier(node)) {
        const symbol = this.#symbolOf(node);
        if (symbol === undefined) this.globals.add(node.text);
        else if (isOfFile(symbol)) {
          this.add(symbol);
          found.push(node);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(declaration);
    return found;
  }

  #symbolOf(name: ts.Identifier): ts.Symbol | undefined {
    const symbol = this.#checker.getSymbolAtLocation(name);
    return symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias
      ? this.#checker.getAliasedSymbol(symbol)
      : symbol;
  }
}

/** Whether a type is read from a value, or from a schema. */
function isDerived(type: ts.Node): boolean {
  if (ts.isTypeQueryNode(type)) return true;
  if (ts.isTypeReferenceNode(type) && /^(?:Type\.)?Static$/.test(type.typeName.getText())) return true;
  return ts.forEachChild(type, isDerived) ?? false;
}

/** Whether a symbol is declared at the top of a file, and is no member, parameter or type parameter. */
const isOfFile = ({ declarations }: ts.Symbol): boolean =>
  declarations?.some(({ parent }) => ts.isSourceFile(parent)) ?? false;

/** A name for each symbol: an exported one has that of its export. */
function namesOf(exported: ReadonlyMap<ts.Symbol, string>, { pieces, globals }: Collector): Map<ts.Symbol, string> {
  const names = new Map(exported);
  const taken = new Set([...exported.values(), ...globals]);
  for (const symbol of pieces.keys()) {
    if (names.has(symbol)) continue;
    let name = symbol.name;
    for (let i = 2; taken.has(name); i += 1) name = `${symbol.name}${i}`;
    taken.add(name);
    names.set(symbol, name);
  }
  return names;
}

function print({ parts }: Piece, names: ReadonlyMap<ts.Symbol, string>): string {
  return parts
    .map(({ text, replacements }) =>
      [...replacements]
        .sort((a, b) => b.start - a.start)
        .reduce((made, { start, end, symbol }) => made.slice(0, start) + names.get(symbol)! + made.slice(end), text),
    )
    .join('\n');
}

const sources = sourceProgram();
const declarations = programOf(declarationsOf(sources));
const checker = declarations.getTypeChecker();
const library = checker.getSymbolAtLocation(declarations.getSourceFile(declarationFile(entry))!)!;
const exported = new Map(
  checker
    .getExportsOfModule(library)
    .map((symbol) => [symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol, symbol.name]),
);
const collector = new Collector(checker, (file, name) => writtenOut(sources, file.replace(/\.d\.ts$/, '.ts'), name));
for (const symbol of exported.keys()) collector.add(symbol);
const names = namesOf(exported, collector);
const texts = [...collector.pieces.values()].map((piece) => print(piece, names));
const target = 'dist/library.d.ts';
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `${texts.join('\n')}\nexport { ${[...exported.values()].sort().join(', ')} };\n`);
// The two declare the same classes, but a `World` of one is none of the other: a program that mixes them is told so by its compiler.
copyFileSync(target, 'dist/library.d.cts');
