import ts from 'typescript';

/** Text, and symbols whose names are chosen at the end. */
type Piece = readonly (string | ts.Symbol)[];

/**
 * All declarations that a file of declarations exports, and those that they mention, as one file.
 *
 * @param writeOut writes a type out that is read from a value or from a schema: its file, its name
 * @throws Error if a declaration mentions a type that has no name
 */
export function oneFile(program: ts.Program, entry: string, writeOut: (file: string, name: string) => string): string {
  const collector = new Collector(program.getTypeChecker(), writeOut);
  const exported = collector.exportsOf(program.getSourceFile(entry));
  for (const symbol of exported.keys()) collector.add(symbol);
  const names = namesOf(exported, collector);
  const texts = [...collector.pieces.values()].map((piece) =>
    piece.map((each) => (typeof each === 'string' ? each : (names.get(each) ?? each.name))).join(''),
  );
  return `${texts.join('')}export { ${[...exported.values()].sort().join(', ')} };\n`;
}

class Collector {
  readonly pieces = new Map<ts.Symbol, Piece>();
  /** Names that have a meaning outside of the file: `Promise`, `URL`. */
  readonly globals = new Set<string>();
  readonly #checker: ts.TypeChecker;
  readonly #writeOut: (file: string, name: string) => string;

  constructor(checker: ts.TypeChecker, writeOut: (file: string, name: string) => string) {
    this.#checker = checker;
    this.#writeOut = writeOut;
  }

  /** What a file exports, by the names of the exports. */
  exportsOf(file: ts.SourceFile | undefined): Map<ts.Symbol, string> {
    const module = file && this.#checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error('there is no entry file');
    return new Map(this.#checker.getExportsOfModule(module).map((symbol) => [this.#aliased(symbol), symbol.name]));
  }

  /** Adds the declarations of a symbol, and of all that they mention. */
  add(symbol: ts.Symbol): void {
    if (this.pieces.has(symbol)) return;
    this.pieces.set(symbol, []);
    const pieces = (symbol.declarations ?? []).map((each) => [...docsOf(each), ...this.#piece(each, symbol), '\n']);
    this.pieces.set(symbol, pieces.flat());
  }

  #piece(declaration: ts.Declaration, symbol: ts.Symbol): Piece {
    // `declare const` is of the statement around it
    if (ts.isVariableDeclaration(declaration)) return ['declare const ', ...this.#textOf(declaration), ';'];
    if (!ts.isTypeAliasDeclaration(declaration) || !isDerived(declaration.type)) return this.#textOf(declaration);
    const { fileName } = declaration.getSourceFile();
    if (declaration.typeParameters !== undefined) throw new Error(`${fileName}: ${symbol.name} depends on a parameter`);
    return ['type ', symbol, ` = ${this.#writeOut(fileName, symbol.name)};`];
  }

  /** The text of a declaration, without `export`. */
  #textOf(declaration: ts.Declaration): Piece {
    const text = declaration.getSourceFile().text;
    const pieces: (string | ts.Symbol)[] = [];
    let start = declaration.getStart() + (/^export /.exec(declaration.getText())?.[0].length ?? 0);
    for (const [name, symbol] of this.#namesIn(declaration)) {
      pieces.push(text.slice(start, name.getStart()), symbol);
      start = name.getEnd();
    }
    return [...pieces, text.slice(start, declaration.getEnd())];
  }

  /** The identifiers in a declaration that name a symbol of a file, itself included. */
  #namesIn(declaration: ts.Node): [ts.Identifier, ts.Symbol][] {
    const found: [ts.Identifier, ts.Symbol][] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isImportTypeNode(node)) throw new Error(`${node.getText()} has no name`);
      if (ts.isIdentifier(node)) {
        const symbol = this.#checker.getSymbolAtLocation(node);
        if (symbol === undefined) this.globals.add(node.text);
        else if (isOfFile(symbol)) found.push([node, this.#aliased(symbol)]);
      }
      ts.forEachChild(node, visit);
    };
    visit(declaration);
    for (const [, symbol] of found) this.add(symbol);
    return found;
  }

  #aliased(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }
}

const docsOf = (declaration: ts.Node): string[] =>
  ts
    .getJSDocCommentsAndTags(declaration)
    .filter(ts.isJSDoc)
    .slice(-1)
    .map((docs) => `${docs.getText()}\n`);

/** Whether a type is read from a value, or from a schema. */
function isDerived(type: ts.Node): boolean {
  if (ts.isTypeQueryNode(type)) return true;
  if (ts.isTypeReferenceNode(type) && /^(?:Type\.)?Static$/.test(type.typeName.getText())) return true;
  return ts.forEachChild(type, isDerived) ?? false;
}

/** Whether a symbol is declared or imported at the top of a file, and is no member, parameter or type parameter. */
const isOfFile = ({ flags, declarations }: ts.Symbol): boolean =>
  (flags & ts.SymbolFlags.Alias) !== 0 || (declarations?.some(({ parent }) => ts.isSourceFile(parent)) ?? false);

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
