import ts from 'typescript';

/**
 * The type alias `name` of a source, written out as members and literals, with the doc comments of the members.
 *
 * @throws Error if there is no such alias, or if its type contains itself
 */
export function writtenOut(program: ts.Program, file: string, name: string): string {
  const source = program.getSourceFile(file);
  const alias = source?.statements.filter(ts.isTypeAliasDeclaration).find((each) => each.name.text === name);
  if (alias === undefined) throw new Error(`there is no type ${name} in ${file}`);
  return new Writer(program.getTypeChecker(), alias).text(program.getTypeChecker().getTypeAtLocation(alias), '');
}

class Writer {
  readonly #checker: ts.TypeChecker;
  readonly #place: ts.Node;
  readonly #open = new Set<ts.Type>();

  constructor(checker: ts.TypeChecker, place: ts.Node) {
    this.#checker = checker;
    this.#place = place;
  }

  text(type: ts.Type, indent: string): string {
    if (this.#open.has(type)) throw new Error(`${this.#checker.typeToString(type)} contains itself`);
    this.#open.add(type);
    const text = this.#textOf(type, indent);
    this.#open.delete(type);
    return text;
  }

  #textOf(type: ts.Type, indent: string): string {
    if (type.isUnion() && !(type.flags & ts.TypeFlags.Boolean)) return this.#union(type.types, indent);
    if (this.#checker.isTupleType(type)) {
      const items = this.#itemsOf(type).map((item) => this.text(item, indent));
      return `${this.#readonlyOf(type)}[${items.join(', ')}]`;
    }
    if (this.#checker.isArrayType(type)) {
      const [item = type] = this.#itemsOf(type);
      const text = this.text(item, indent);
      return `${this.#readonlyOf(type)}${item.isUnion() ? `(${text})` : text}[]`;
    }
    if (isPlainObject(type)) return this.#object(type, indent);
    // the name of a class would mean nothing in another file
    if (type.flags & ts.TypeFlags.Object) throw new Error(`${this.#simple(type)} cannot be written out`);
    return this.#simple(type);
  }

  #itemsOf(type: ts.Type): readonly ts.Type[] {
    return this.#checker.getTypeArguments(type as ts.TypeReference);
  }

  #readonlyOf(type: ts.Type): string {
    return this.#checker.typeToString(type).startsWith('readonly ') ? 'readonly ' : '';
  }

  #union(types: readonly ts.Type[], indent: string): string {
    const booleans = types.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral);
    const others = types.filter(({ flags }) => !(flags & ts.TypeFlags.BooleanLiteral));
    const texts = others.map((each) => this.text(each, indent));
    return [...texts, ...(booleans.length === 2 ? ['boolean'] : booleans.map((each) => this.#simple(each)))].join(
      ' | ',
    );
  }

  #object(type: ts.Type, indent: string): string {
    const deeper = `${indent}    `;
    const index = this.#checker.getIndexInfosOfType(type).map(({ keyType, type: value, isReadonly }) => {
      const key = `[key: ${this.#simple(keyType)}]`;
      return `${deeper}${isReadonly ? 'readonly ' : ''}${key}: ${this.text(value, deeper)};`;
    });
    const members = this.#checker.getPropertiesOfType(type).map((member) => this.#member(member, deeper));
    return members.length + index.length === 0 ? '{}' : `{\n${[...index, ...members].join('\n')}\n${indent}}`;
  }

  #member(member: ts.Symbol, indent: string): string {
    const comment = ts.displayPartsToString(member.getDocumentationComment(this.#checker));
    const docs = comment === '' ? '' : `${indent}/** ${comment.replaceAll('\n', `\n${indent} * `)} */\n`;
    const isOptional = (member.flags & ts.SymbolFlags.Optional) !== 0;
    const type = this.#checker.getTypeOfSymbolAtLocation(member, this.#place);
    const isReadonly = member.declarations?.some(
      (each) => (ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Readonly) !== 0,
    );
    const name = /^[A-Za-z_$][\w$]*$/.test(member.name) ? member.name : JSON.stringify(member.name);
    return (
      `${docs}${indent}${isReadonly === true ? 'readonly ' : ''}${name}${isOptional ? '?' : ''}: ` +
      `${this.text(type, indent)};`
    );
  }

  #simple(type: ts.Type): string {
    return this.#checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
  }
}

/** An object or an intersection of objects, whose members say all about it. */
function isPlainObject(type: ts.Type): boolean {
  if (type.isIntersection()) return type.types.every(isPlainObject);
  const isObject = (type.flags & ts.TypeFlags.Object) !== 0;
  return isObject && type.getCallSignatures().length === 0 && type.getConstructSignatures().length === 0;
}
