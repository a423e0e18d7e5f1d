import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import ts from 'typescript';
import { providers } from '../src/providers/index.js';

/**
 * The modules of src, from the top row down. A module is a folder or a file directly in src. It imports only from lower rows,
 * never from its own row.
 */
const rows: readonly (readonly string[])[] = [
  ['main', 'preload', 'panel', 'runners'],
  ['commands', 'library'],
  ['exam', 'mcp'],
  ['client'],
  ['server', 'run'],
  ['app'],
  ['admin', 'logging', 'proxy'],
  ['http'],
  ['findings'],
  ['world'],
  ['faults', 'providers', 'tls'],
  ['core', 'config', 'shelf'],
  ['input', 'package', 'demo'],
];

/** Parts that import mostly types: the modules from which they may import values. */
const valuesFrom: Readonly<Record<string, readonly string[]>> = {
  client: ['client', 'config', 'server', 'input', 'providers', 'demo'],
  panel: ['panel'],
};

/** Limit of lines of code. Comments and blank lines do not count. */
const longestFile = 200;

/** Limit of columns in a line, comments and strings included. */
const longestLine = 120;

/** Files that are one table of facts with their sources: their length is not limited. */
const tables = '.facts.ts';

/** Folders of test/ that do not mirror a module of src: kinds of test that cross modules. */
const testKinds = ['bench', 'browser', 'fuzz', 'journeys', 'oracle', 'release'];

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

interface SourceFile {
  /** Below src, with slashes: `core/realm.ts`. */
  readonly path: string;
  readonly part: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly tree: ts.SourceFile;
}

const isSource = (name: string): boolean => /\.tsx?$/.test(name);

const root = fileURLToPath(new URL('../src/', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => isSource(name))
  .map((name) => read(name.split(sep).join('/')));

function read(path: string): SourceFile {
  const text = readFileSync(root + path, 'utf8');
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return { path, part: partOf(path), lines: codeLines(text), imports: importsOf(tree), tree };
}

function codeLines(text: string): number {
  return text.split('\n').filter((line) => !/^\s*(\/\/|\/?\*|$)/.test(line)).length;
}

function partOf(path: string): string {
  return (path.split('/')[0] as string).replace(/\.tsx?$/, '');
}

/** Every import, export-from, `import()` and `import('…').Type` of a file. */
function importsOf(tree: ts.SourceFile): Import[] {
  const found: Import[] = [];
  walk(tree, (node) => {
    if (ts.isImportDeclaration(node)) {
      found.push({
        specifier: textOf(node.moduleSpecifier),
        typeOnly: node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
      });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      found.push({ specifier: textOf(node.moduleSpecifier), typeOnly: node.isTypeOnly });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      found.push({ specifier: textOf(node.arguments[0]), typeOnly: false });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      found.push({ specifier: textOf(node.argument.literal), typeOnly: true });
    }
  });
  return found;
}

function textOf(node: ts.Node | undefined): string {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : '(computed)';
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => {
    walk(child, visit);
  });
}

/** Places in src with a forbidden syntax node. */
function places(wrong: (node: ts.Node, file: SourceFile) => boolean): string[] {
  const found: string[] = [];
  for (const file of files) {
    walk(file.tree, (node) => {
      if (!wrong(node, file)) return;
      const { line } = file.tree.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file.path}:${line + 1} ${node.getText().slice(0, 80)}`);
    });
  }
  return found;
}

/** Imports that lead from one file of src to another. */
const edges = files.flatMap((file) =>
  file.imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier, typeOnly }) => ({
      from: file.path,
      fromPart: file.part,
      to: posix.join(dirname(file.path), specifier),
      typeOnly,
    }))
    .map((edge) => ({ ...edge, toPart: partOf(edge.to.replace(/\.js$/, '.ts')) })),
);

/** Imports between the TypeScript files below a folder of the repository, as paths from its root without an extension. */
function importsBelow(folder: string): { from: string; to: string }[] {
  const top = fileURLToPath(new URL('../', import.meta.url));
  const names = readdirSync(top + folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.split(sep).join('/')}`)
    .filter((name) => isSource(name) && !name.includes('node_modules'));
  return names.flatMap((name) => {
    const tree = ts.createSourceFile(name, readFileSync(top + name, 'utf8'), ts.ScriptTarget.Latest, true);
    const local = importsOf(tree).filter(({ specifier }) => specifier.startsWith('.'));
    const plain = (path: string): string => path.replace(/\.[jt]sx?$/, '');
    return local.map(({ specifier }) => ({ from: plain(name), to: plain(posix.join(dirname(name), specifier)) }));
  });
}

/** Groups of files that import each other: strongly connected components (Tarjan). */
function circles(imports: readonly { readonly from: string; readonly to: string }[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];

  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file) as number);
    stack.push(file);
    for (const target of targets.get(file) ?? []) {
      if (!order.has(target)) visit(target);
      else if (!stack.includes(target)) continue;
      lowest.set(file, Math.min(lowest.get(file) as number, lowest.get(target) as number));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1) found.push(group.sort());
  };
  for (const file of targets.keys()) if (!order.has(file)) visit(file);
  return found;
}

const rowOf = (part: string): number => rows.findIndex((row) => row.includes(part));

t.test('every folder and file of src belongs to a row', async (t) => {
  t.same(
    [...new Set(files.map(({ part }) => part))].filter((part) => rowOf(part) < 0),
    [],
  );
});

t.test('a module imports only from the rows below it', async (t) => {
  t.ok(edges.length > 100, 'imports were found at all');
  const wrong = edges
    .filter(({ fromPart, toPart }) => fromPart !== toPart && rowOf(toPart) <= rowOf(fromPart))
    .map(({ from, to }) => `${from} → ${to}`);
  t.same(wrong, []);
});

t.test('there are no circular imports, types included', async (t) => {
  const everywhere = ['src', 'bench', 'scripts', 'test'].flatMap((folder) => importsBelow(folder));
  t.ok(everywhere.length > edges.length, 'imports of tests, scripts and benchmarks were found too');
  t.same(circles(everywhere), []);
});

t.test('the search for circular imports finds one', async (t) => {
  const ring = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
    { from: 'c', to: 'b' },
  ];
  t.same(circles(ring), [['b', 'c']]);
});

t.test('imports stay inside src', async (t) => {
  t.same(
    edges.filter(({ to }) => to.startsWith('..')).map(({ from, to }) => `${from} → ${to}`),
    [],
  );
});

t.test('a view of the panel imports no other view', async (t) => {
  const viewOf = (path: string): string | undefined => /^panel\/views\/([^/]+)\//.exec(path)?.[1];
  const between = edges.filter(({ from, to }) => viewOf(from) !== undefined && viewOf(to) !== undefined);
  t.ok(between.length > 50, 'imports of views were found');
  const shellOf = edges.filter(({ from, to }) => !from.startsWith('panel/views/') && viewOf(to) !== undefined);
  t.same(
    [...between.filter(({ from, to }) => viewOf(from) !== viewOf(to)), ...shellOf].map(
      ({ from, to }) => `${from} → ${to}`,
    ),
    [],
  );
});

t.test('core imports only core and built-in modules of Node', async (t) => {
  const core = files.filter(({ part }) => part === 'core');
  const foreign = core.flatMap(({ path, imports }) =>
    imports
      .filter(({ specifier }) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .map(({ specifier }) => `${path} → ${specifier}`),
  );
  t.same(foreign, []);
  t.same(
    edges.filter(({ fromPart, toPart }) => fromPart === 'core' && toPart !== 'core'),
    [],
  );
});

t.test('the panel knows the types of the client, and nothing behind them', async (t) => {
  t.same(
    edges.filter(({ fromPart, to }) => fromPart === 'panel' && !/^(?:panel\/|client\/index\.js$)/.test(to)),
    [],
  );
});

for (const [part, allowed] of Object.entries(valuesFrom)) {
  t.test(`${part} imports values only from ${allowed.join(', ')}, and types from anywhere`, async (t) => {
    const wrong = edges.filter(
      ({ fromPart, toPart, typeOnly }) => fromPart === part && !typeOnly && !allowed.includes(toPart),
    );
    t.same(
      wrong.map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });
}

t.test(
  'import() loads a local file, never a package: a bundled CommonJS package has only a default export',
  async (t) => {
    const isPackage = (node: ts.Node | undefined): boolean => !textOf(node).startsWith('.');
    t.same(
      places(
        (node) =>
          ts.isCallExpression(node) &&
          node.expression.kind === ts.SyntaxKind.ImportKeyword &&
          isPackage(node.arguments[0]),
      ),
      [],
    );
  },
);

t.test('no module below the exam imports the client, and the panel only its types', async (t) => {
  const users = ['client', 'exam', 'library', 'commands', 'mcp'];
  t.same(
    edges
      .filter(
        ({ fromPart, toPart, typeOnly }) =>
          toPart === 'client' && !users.includes(fromPart) && !(fromPart === 'panel' && typeOnly),
      )
      .map(({ from, to }) => `${from} → ${to}`),
    [],
  );
});

t.test('findings are loaded on demand, not while requests are served', async (t) => {
  const loading = edges.filter(
    ({ fromPart, toPart, to, typeOnly }) =>
      toPart === 'findings' &&
      // an exam serves no requests
      !['findings', 'exam'].includes(fromPart) &&
      !typeOnly &&
      !/\/(?:finding-ids|ended-worlds)\.[jt]s$/.test(to),
  );
  t.same([...new Set(loading.map(({ from }) => from))].sort(), [
    'admin/findings.ts',
    'admin/lineage.ts',
    'admin/schemas/findings.ts',
    'commands/exam-options.ts',
    'commands/report.ts',
    'commands/run.ts',
    'run/run-command.ts',
  ]);
});

t.test('only the clock reads the real time', async (t) => {
  const readsTime = (node: ts.Node): boolean =>
    (ts.isPropertyAccessExpression(node) &&
      node.name.text === 'now' &&
      ['Date', 'performance'].includes(node.expression.getText())) ||
    (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0) ||
    (ts.isPropertyAccessExpression(node) && node.getText() === 'process.hrtime');
  // the panel runs in a browser, which has no clock of a world: it measures lengths of time itself
  const isLength = (node: ts.Node, path: string): boolean =>
    path.startsWith('panel/') && node.getText() === 'performance.now';
  t.same(
    places(
      (node, { path }) =>
        !['world/clock.ts', 'panel/clock-state.ts'].includes(path) && readsTime(node) && !isLength(node, path),
    ),
    [],
  );
});

t.test('random values come from the seed of the world', async (t) => {
  t.same(
    places((node) => ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random'),
    [],
  );
});

/** The entries of programs, and the files of the library that read variables. */
const entries = ['main.ts', 'preload.ts', 'client/environment.ts', 'runners/image.ts', 'runners/start-or-connect.ts'];

t.test('only the entries use process', async (t) => {
  const forbidden = new Set([
    'process.env',
    'process.exit',
    'process.exitCode',
    'process.argv',
    'process.on',
    'process.once',
  ]);
  t.same(
    places(
      (node, { path }) =>
        !entries.includes(path) && ts.isPropertyAccessExpression(node) && forbidden.has(node.getText()),
    ),
    [],
  );
});

t.test('no code outside src/providers asks which provider it serves', async (t) => {
  const names = new Set(providers.flatMap(({ name, title }) => [name, title]));
  const isName = (node: ts.Node): boolean => ts.isStringLiteralLike(node) && names.has(node.text);
  const compares = (node: ts.Node): boolean =>
    (ts.isBinaryExpression(node) &&
      /^[!=]==?$/.test(node.operatorToken.getText()) &&
      (isName(node.left) || isName(node.right))) ||
    (ts.isCaseClause(node) && isName(node.expression));
  t.same(
    places((node, { part }) => part !== 'providers' && compares(node)),
    [],
  );
});

/** The names of objects that the file declares at its top, as tables from any text. */
function textTables(tree: ts.SourceFile): string[] {
  return tree.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) =>
      declarationList.declarations
        .filter(({ type }) => type !== undefined && /\bRecord<string,/.test(type.getText()))
        .map(({ name }) => name.getText()),
    );
}

t.test('a table that is asked by a text is a Map: `constructor` is a member of every object', async (t) => {
  t.same(
    files.flatMap(({ path, tree }) => {
      const tables = textTables(tree);
      const asked: string[] = [];
      walk(tree, (node) => {
        if (ts.isElementAccessExpression(node) && tables.includes(node.expression.getText())) {
          asked.push(`${path}: ${node.getText()}`);
        }
      });
      return asked;
    }),
    [],
  );
});

t.test(`no file of src has more than ${longestFile} lines of code`, async (t) => {
  t.same(
    files
      .filter(({ path, lines }) => lines > longestFile && !path.endsWith(tables))
      .map(({ path, lines }) => `${path}: ${lines}`),
    [],
  );
});

t.test(`no line of src has more than ${longestLine} columns`, async (t) => {
  const long = files.flatMap(({ path, tree }) =>
    tree.text
      .split('\n')
      .flatMap((line, i) => (line.length > longestLine ? [`${path}:${i + 1} has ${line.length}`] : [])),
  );
  t.same(long, []);
});

/**
 * Whether a statement needs no comment: the type of a schema, where the schema has the comment; a finding or a kind of
 * fault, which has its text as a member.
 */
function documentsItself(statement: ts.Statement): boolean {
  if (ts.isTypeAliasDeclaration(statement)) return statement.type.getText().startsWith('Static<');
  return /^export const \w+ = define(?:Rule|Kind|Check)\(/.test(statement.getText());
}

/** The names that a statement exports, if it has no doc comment. */
function undocumented(statement: ts.Statement): string[] {
  const isExported =
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported || ts.getJSDocCommentsAndTags(statement).length > 0 || documentsItself(statement)) return [];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  return [(statement as ts.DeclarationStatement).name?.getText() ?? 'default'];
}

t.test('every exported declaration has a doc comment', async (t) => {
  t.same(
    files.flatMap(({ path, tree }) => tree.statements.flatMap(undocumented).map((name) => `${path}: ${name}`)),
    [],
  );
});

const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

t.test('every module that is a folder has a README, and so has src', async (t) => {
  const missing = ['', ...folders.map((name) => `${name}/`)].filter(
    (folder) => !existsSync(`${root}${folder}README.md`),
  );
  t.same(
    missing.map((folder) => `src/${folder}`),
    [],
  );
});

t.test('test/ mirrors src/: each of its folders is a module or a kind of test', async (t) => {
  const below = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  t.same(
    below.filter((name) => !folders.includes(name) && !testKinds.includes(name)),
    [],
  );
});

type Arrow = readonly [from: string, to: string];

/** The arrows of a Mermaid flowchart: `a & b --> c & d` is four of them. */
function arrowsOf(page: string): Arrow[] {
  const [, chart = ''] = /```mermaid\n([\s\S]*?)```/.exec(page) ?? [];
  return [...chart.matchAll(/^ *([\w &]+?) --> ([\w &]+?)$/gm)].flatMap(([, from = '', to = '']) =>
    from.split(' & ').flatMap((source) => to.split(' & ').map((target): Arrow => [source, target])),
  );
}

/** Whether a path of arrows leads from one module to another. The graph has no cycles. */
const leads = (arrows: readonly Arrow[], from: string, to: string): boolean =>
  arrows.some(([source, target]) => source === from && (target === to || leads(arrows, target, to)));

t.test('the diagram of the modules shows every import, and no arrow that others imply', async (t) => {
  const drawn = arrowsOf(readFileSync(new URL('../docs/explanation/architecture.md', import.meta.url), 'utf8'));
  const imports = edges.filter(({ fromPart, toPart }) => fromPart !== toPart);
  const existing = new Set(imports.map(({ fromPart, toPart }) => `${fromPart} --> ${toPart}`));
  const words = (arrows: readonly Arrow[]): string[] => arrows.map((arrow) => arrow.join(' --> '));
  t.ok(drawn.length > 10);
  t.same(
    words(drawn).filter((arrow) => !existing.has(arrow)),
    [],
    'each arrow is an import',
  );
  t.same(
    [...existing].filter((arrow) => !leads(drawn, ...(arrow.split(' --> ') as [string, string]))),
    [],
    'each import is an arrow or a path of arrows',
  );
  t.same(
    words(
      drawn.filter(([from, to]) =>
        leads(
          drawn.filter((arrow) => arrow[0] !== from || arrow[1] !== to),
          from,
          to,
        ),
      ),
    ),
    [],
    'no arrow repeats a path of other arrows',
  );
});

t.test('arrows are read from a Mermaid flowchart', async (t) => {
  t.same(arrowsOf('```mermaid\nflowchart TD\n  a & b --> c\n  c --> d & e\n```'), [
    ['a', 'c'],
    ['b', 'c'],
    ['c', 'd'],
    ['c', 'e'],
  ]);
});
