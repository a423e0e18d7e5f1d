import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import t from 'tap';
import ts from 'typescript';
import { typedDocuments } from '../../scripts/typed-documents.js';
import { RuleSchema } from '../../src/faults/rule.js';
import { kinds } from '../../src/faults/kinds/index.js';
import { MatchSchema } from '../../src/world/journal/match.js';
import { PolicyChangeSchema } from '../../src/providers/policy/schema.js';
import type { ScenarioSchema } from '../../src/world/scenario/schema/scenario.js';
import type { Static } from 'typebox';
import type { JsonSource } from '../../src/admin/json-source.js';
import type {
  At,
  EntryFilter,
  EntryView,
  Expectation,
  FaultMatch,
  FaultRule,
  Finding,
  Match,
  PolicyDocument,
  RuleId,
  Scenario,
  Suppression,
} from '../../src/client/index.js';
import type { Match as MatchOfSchema } from '../../src/world/journal/match.js';

const folder = fileURLToPath(new URL('../../src/client/documents/', import.meta.url));

/** The declarations that the package has for a file, from its text alone. */
function declarations(file: string): ts.SourceFile {
  const { outputText } = ts.transpileDeclaration(readFileSync(folder + file, 'utf8'), { fileName: file });
  return ts.createSourceFile(file, outputText, ts.ScriptTarget.Latest, true);
}

/** The comments of the members of an interface, and of objects inside it, by name. */
function comments(file: ts.SourceFile, name: string): Map<string, string> {
  const found = file.statements.filter(ts.isInterfaceDeclaration).find((each) => each.name.text === name);
  const all = new Map<string, string>();
  const visit = (node: ts.Node, place: string): void => {
    if (!ts.isPropertySignature(node)) {
      ts.forEachChild(node, (child) => {
        visit(child, place);
      });
      return;
    }
    const own = `${place}${node.name.getText()}`;
    const texts = ts
      .getJSDocCommentsAndTags(node)
      .filter(ts.isJSDoc)
      .map(({ comment }) => ts.getTextOfJSDocComment(comment));
    all.set(own, texts.join(' '));
    if (node.type !== undefined) visit(node.type, `${own}.`);
  };
  for (const member of found?.members ?? []) visit(member, '');
  return all;
}

t.test('the types of documents are up to date with the schemas', async (t) => {
  const options = { ...(await resolveConfig(folder)), parser: 'typescript' };
  t.same(readdirSync(folder).sort(), [...typedDocuments().keys()].sort());
  for (const [name, text] of typedDocuments()) {
    t.equal(readFileSync(folder + name, 'utf8'), await format(text, options), `${name}: run npm run docs`);
  }
});

t.test('each field of a policy has a comment in the declarations', async (t) => {
  const found = comments(declarations('policy.ts'), 'PolicyDocument');
  const top = [...found.keys()].filter((name) => !name.includes('.'));
  t.same(top.sort(), Object.keys(PolicyChangeSchema.properties).sort());
  for (const [name, comment] of found) t.match(comment, /^[A-Z][^]{10,}/, name);
  for (const lifetime of ['code', 'accessToken', 'refreshToken']) {
    t.match(found.get(lifetime), /as a duration: 90s/, 'a lifetime says its unit');
  }
  t.match(found.get('callsPerSecond'), /per second/);
});

t.test('each kind of fault has an interface, with a comment at each member', async (t) => {
  const file = declarations('faults.ts');
  const interfaces = file.statements.filter(ts.isInterfaceDeclaration);
  t.ok(kinds.length >= 20);
  for (const { name, schema } of kinds) {
    const members = (schema as unknown as { properties: object }).properties;
    const own = interfaces.find(
      (each) => each.getText().includes(`kind: '${name}'`) || each.getText().includes(`kind: "${name}"`),
    );
    const found = comments(file, own?.name.text ?? '');
    t.same(
      [...found.keys()].filter((each) => !each.includes('.')),
      Object.keys(members),
      name,
    );
    for (const [member, comment] of found) t.match(comment, /^[A-Z0-9][^]{5,}/, `${name}.${member}`);
  }
  t.same([...comments(file, 'FaultRule').keys()], Object.keys(RuleSchema.properties));
  for (const [member, comment] of comments(file, 'FaultRule')) t.not(comment, '', member);
});

/** What the compiler says about a fault, of the types alone: other files are not read. */
function complaints(fault: string): string[] {
  const source = `import type { FaultRule } from '${folder}faults.js';\nexport const rule: FaultRule = { match: {}, fault: ${fault} };\n`;
  const options: ts.CompilerOptions = { strict: true, noEmit: true, types: [], lib: ['lib.es2023.d.ts'] };
  const host = ts.createCompilerHost(options);
  const known = new Set(['/wrong.ts', `${folder}faults.ts`]);
  const own: ts.CompilerHost = {
    ...host,
    fileExists: (name) => known.has(name),
    getSourceFile: (name, version) =>
      name === '/wrong.ts' ? ts.createSourceFile(name, source, version) : host.getSourceFile(name, version),
  };
  const program = ts.createProgram(['/wrong.ts'], options, own);
  const file = program.getSourceFile('/wrong.ts')!;
  return program
    .getSemanticDiagnostics(file)
    .map(({ start, length, messageText }) =>
      [file.text.slice(start, Number(start) + Number(length)), ts.flattenDiagnosticMessageText(messageText, '\n')].join(
        ': ',
      ),
    );
}

t.test('the compiler names the one member of a fault that is wrong', async (t) => {
  t.same(complaints("{ kind: 'status', status: 502 }"), []);
  t.same(complaints("[{ kind: 'status', status: 502 }, { kind: 'pass' }]"), []);
  t.same(complaints("{ kind: 'status', status: '502' }"), [
    "status: Type 'string' is not assignable to type 'number'.",
  ]);
  const [unknown = '', ...others] = complaints("{ kind: 'stauts', status: 502 }");
  t.same(others, []);
  t.match(unknown, /^kind: Type '"stauts"' is not assignable to type .* Did you mean '"status"'\?$/s);
  t.same(
    complaints("{ kind: 'status', status: 502, bdy: '' }").map((each) => each.split('. ')[0]),
    ["bdy: Object literal may only specify known properties, but 'bdy' does not exist in type 'StatusFault'"],
  );
  t.match(complaints("{ kind: 'status' }"), [
    /Property 'status' is missing in type '\{ kind: "status"; \}' but required/,
  ]);
});

type Knows<Type, Name> = Extract<Type, Name> extends never ? false : true;
type Text = string & {};

t.test(
  'names that are known are literals in the types, and others are accepted where a provider may have them',
  (t) => {
    // the compiler checks these: a plain string knows no name
    const known: [
      Knows<At['provider'], 'mailup'>,
      Knows<At['provider'], Text>,
      Knows<Match['provider'], 'tinyemail'>,
      Knows<Match['reason'], 'code.expired'>,
      Knows<Match['reason'], Text>,
      Knows<Match['endpoint'], 'token'>,
      Knows<Match['fault'], 'rate-limit'>,
      Knows<Match['grantType'], 'refresh_token'>,
      Knows<EntryFilter['reason'], 'refresh.unknown'>,
      Knows<FaultMatch['provider'], 'dottedsign'>,
      Knows<FaultMatch['endpoint'], 'resource'>,
      Knows<EntryView['reason'], 'code.expired'>,
      Knows<EntryView['endpoint'], 'token'>,
      Knows<EntryView['provider'], 'mailup'>,
      Knows<Finding['provider'], 'mailup'>,
      Knows<Finding['requests'][number]['reason'], 'code.expired'>,
      Knows<Suppression['rule'], 'no-backoff'>,
      Knows<keyof NonNullable<PolicyDocument['errors']>, 'code.expired'>,
      Knows<keyof NonNullable<Scenario['providers']>, string>,
    ] = [
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
    ];
    const rule: RuleId = 'no-backoff';
    const plain: Knows<string, 'mailup'> = false;
    const another: Match = { provider: 'another', reason: 'another.reason', method: 'GET' };
    // @ts-expect-error the endpoints are all known
    const wrong: Match = { endpoint: 'tokn' };
    // @ts-expect-error and so are the finding ids of a report
    const unknownRule: RuleId = 'no-bakoff';
    t.ok(known.every(Boolean));
    t.same([rule, plain, another.provider, wrong.endpoint, unknownRule].length, 5);
    t.end();
  },
);

t.test('each document that the types allow is one of the schemas, and the reverse', (t) => {
  type Same<Own, Schema> = [Own] extends [JsonSource<Schema>] ? ([Schema] extends [Own] ? true : false) : false;
  const same: [
    Same<PolicyDocument, Static<typeof PolicyChangeSchema>>,
    Same<Match, MatchOfSchema>,
    Same<FaultRule, Static<typeof RuleSchema>>,
    Same<Scenario, Static<typeof ScenarioSchema>>,
    [JsonSource<Match>] extends [Omit<EntryFilter, 'since'>] ? true : false,
    [JsonSource<NonNullable<Expectation['match']>>] extends [Omit<EntryFilter, 'since'>] ? true : false,
  ] = [true, true, true, true, true, true];
  t.ok(same.every(Boolean));
  t.same(Object.keys(MatchSchema.properties).length, 13);
  t.end();
});
