import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { startOptionTable } from './command-docs.js';

const generated = '<!-- Written by `npm run docs`; a test asserts that it is up to date. -->';
const folder = 'src/client';

interface Verb {
  readonly name: string;
  readonly call: string;
  readonly gives: string;
  readonly says: string;
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(`${folder}/${file}`, 'utf8'), ts.ScriptTarget.Latest, true);
}

/** The reference page of the library, from its declarations. */
export function libraryPage(): string {
  const entry = parse('index.ts');
  const whole = functionsOf(parse('../library.ts'));
  const others = functionsOf(entry).filter(({ name }) => whole.every((each) => each.name !== name));
  const world = classOf(parse('world.ts'), 'World');
  const walker = parse('authorize.ts');
  const errors = ['http', 'arguments', 'authorize-error', 'expectation'].map((name) => parse(`${name}.ts`));
  return `${[
    generated,
    '# Library',
    "`import { start, connect } from 'oauth-understudy'`: `start()` runs a server in this process, " +
      '`connect(url, { token })` uses one that runs elsewhere, and `connect()` that of `understudy run`. Both ' +
      'return the same `Understudy`, whose methods are calls of the [admin API](admin-api.md). ' +
      "`require('oauth-understudy')` gives the same library, also in Jest. The package has its types, and " +
      'depends on no other package.',
    'A refused call throws `UnderstudyError`; its message lists every mistake once.',
    '## Functions',
    verbTable([...whole, ...others, ...functionsOf(walker)]),
    '## Options of start',
    'The options of [`understudy serve`](command-line.md#options-of-serve), except the ready file.',
    startOptionTable(),
    '## Understudy',
    'With `await using server = await start()` it is closed at the end of the block.',
    verbTable(verbsOf(classOf(entry, 'Understudy'))),
    'Options of `newWorld`:',
    memberTable(entry, 'NewWorld'),
    '## World',
    'With `await using world = await server.newWorld()` it is dropped at the end of the block; the world ' +
      '`default` is reset.',
    verbTable(groupsLast(verbsOf(world))),
    '## Authorize',
    "`authorize(app + '/connect')` begins at the application that is tested: the redirect to the provider, " +
      'login and consent as a person, the callback of the application with its cookies, and the page at its end, ' +
      'which is `page` of the result. From an authorization URL it ends with the redirect back, which is not ' +
      'requested. Nothing is sent to a real provider: `world.authorize` asks the world for the pages at its ' +
      'host, and so does `authorize` below `understudy run`. A redirect to any host other than the application, ' +
      'the server or this machine is refused.',
    '## Options of authorize',
    memberTable(parse('page-form.ts'), 'AuthorizeOptions'),
    '## Result of authorize',
    memberTable(parse('authorize-at.ts'), 'AuthorizeResult'),
    '## Matches',
    '`verify`, `expect`, `journal.list`, `journal.listBriefly` and `journal.wait` take the same match. An ' +
      'entry matches if all members hold; a name that the types do not know is accepted where a provider of a ' +
      'later version may have it.',
    memberTable(parse('documents/match.ts'), 'Match'),
    '## Options of exam',
    'The functions `connect`, `call` and `disconnect` get the URLs of the provider and the id and the secret ' +
      'of the client; `connect` also gets `visit`, which logs a person in.',
    memberTable(parse('../exam/exam-options.ts'), 'ExamOptions'),
    memberTable(parse('../exam/select-checks.ts'), 'Selection'),
    '## Errors',
    table(['class', 'when', 'members'], errors.flatMap(errorsOf)),
  ].join('\n\n')}\n`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`;
  return [line(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
}

const verbTable = (verbs: readonly Verb[]): string =>
  table(
    ['method', 'returns', ''],
    verbs.map(({ call, gives, says }) => [`\`${call}\``, gives === '' ? '' : `\`${gives}\``, says]),
  );

/** The doc comment of a declaration, without its tags. */
function comment(node: ts.Node): string {
  return ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .map(({ comment: text }) => ts.getTextOfJSDocComment(text) ?? '')
    .join(' ');
}

const isExported = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

function classOf(file: ts.SourceFile, name: string): ts.ClassDeclaration {
  const found = file.statements.filter(ts.isClassDeclaration).find((each) => each.name?.text === name);
  if (found === undefined) throw new Error(`there is no class ${name} in ${file.fileName}`);
  return found;
}

function functionsOf(file: ts.SourceFile): Verb[] {
  return file.statements
    .filter(ts.isFunctionDeclaration)
    .filter(isExported)
    .map((each) => verb(each.name?.text ?? '', each, comment(each)));
}

function verb(name: string, { parameters, type }: ts.SignatureDeclaration, says: string): Verb {
  return {
    name,
    call: `${name}(${parameters.map(parameterText).join(', ')})`,
    gives: (type?.getText() ?? '').replace(/^Promise<(.*)>$/s, '$1'),
    says,
  };
}

/** Shows `{ provider, ...options }: NewTokens` as `NewTokens`. */
function parameterText({ name, questionToken, initializer, type }: ts.ParameterDeclaration): string {
  const optional = questionToken !== undefined || initializer !== undefined ? '?' : '';
  const given = (type?.getText() ?? (initializer === undefined ? '' : 'string')).replaceAll('readonly ', '');
  return ts.isObjectBindingPattern(name) ? `${given}${optional}` : `${name.getText()}${optional}: ${given}`;
}

/** Public members: methods, values, and the methods of groups as `clock.advance`. */
function verbsOf(declaration: ts.ClassDeclaration): Verb[] {
  const signatures = declaration.members.filter(ts.isMethodDeclaration).map((each) => each.name.getText());
  return declaration.members.flatMap((member) => {
    if (member.name === undefined || ts.isPrivateIdentifier(member.name) || ts.isComputedPropertyName(member.name)) {
      return [];
    }
    const name = member.name.getText();
    if (ts.isMethodDeclaration(member)) {
      // a method with several signatures: its body is not one of them
      const isBody = member.body !== undefined && signatures.filter((each) => each === name).length > 1;
      return isBody ? [] : [verb(name, member, comment(member))];
    }
    if (!ts.isPropertyDeclaration(member)) return [];
    const gives = member.type?.getText() ?? '';
    return gives.startsWith('ReturnType<') ? groupVerbs(name) : [{ name, call: name, gives, says: comment(member) }];
  });
}

const isOfGroup = ({ name }: Verb): boolean => name.includes('.');

const groupsLast = (verbs: readonly Verb[]): Verb[] =>
  verbs.toSorted((a, b) => Number(isOfGroup(a)) - Number(isOfGroup(b)));

/** The methods of a group of calls: `clock.advance`, of the function `clockOf` in `groups/clock.ts`. */
function groupVerbs(group: string): Verb[] {
  const verbs: Verb[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isArrowFunction(node.initializer) && comment(node) !== '') {
      verbs.push(verb(`${group}.${node.name.getText()}`, node.initializer, comment(node)));
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(`groups/${group}.ts`));
  if (verbs.length === 0) throw new Error(`groups/${group}.ts has no calls`);
  return verbs;
}

function memberTable(file: ts.SourceFile, name: string): string {
  const found = file.statements.filter(ts.isInterfaceDeclaration).find((each) => each.name.text === name);
  if (found === undefined) throw new Error(`there is no interface ${name} in ${file.fileName}`);
  return table(
    ['member', 'value', ''],
    found.members
      .filter(ts.isPropertySignature)
      .map((member) => [`\`${member.name.getText()}\``, `\`${member.type?.getText() ?? ''}\``, comment(member)]),
  );
}

function errorsOf(file: ts.SourceFile): string[][] {
  const members = (each: ts.ClassDeclaration): string =>
    each.members
      .filter(ts.isPropertyDeclaration)
      .map((member) => `\`${member.name.getText()}\``)
      .join(', ');
  return file.statements
    .filter(ts.isClassDeclaration)
    .map((each) => [`\`${each.name?.text ?? ''}\``, comment(each), members(each)]);
}
