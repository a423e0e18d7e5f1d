import t from 'tap';
import { MatchSchema, RuleSchema } from '../../src/faults/rule.js';
import { kinds } from '../../src/faults/kinds/index.js';
import { labelOf, ruleFormOf } from '../../src/panel/views/faults/form-schema.js';
import type { ApiDocument, FormField, JsonSchema } from '../../src/panel/views/faults/form-schema.js';

const documentOf = (rule: unknown): ApiDocument => ({
  paths: {
    '/__admin/faults': {
      post: { requestBody: { content: { 'application/json': { schema: { else: rule as JsonSchema } } } } },
    },
  },
});

const form = ruleFormOf(documentOf(RuleSchema))!;
const names = (fields: readonly FormField[]): string[] => fields.map(({ name }) => name);
const field = (fields: readonly FormField[], name: string): FormField => fields.find((each) => each.name === name)!;

void t.test('the schema of a rule becomes fields: match, until, limits, and the parameters of each kind', (t) => {
  t.same(names(form.match), Object.keys(MatchSchema.properties));
  t.same(names(form.until), names(form.match));
  t.same(names(form.limits), ['id', 'skip', 'times', 'probability', 'for']);
  t.same(
    form.kinds.map(({ kind }) => kind),
    kinds.map(({ name }) => name),
  );
  for (const { kind, sees, fields } of form.kinds) {
    const { schema } = kinds.find(({ name }) => name === kind)!;
    t.equal(sees, kinds.find(({ name }) => name === kind)!.sees);
    t.same(names(fields), Object.keys((schema as JsonSchema).properties!).slice(1), kind);
  }
  t.end();
});

void t.test('the type of a member decides how its field is filled in', (t) => {
  const kind = (name: string): readonly FormField[] => form.kinds.find((each) => each.kind === name)!.fields;
  t.equal(field(form.match, 'clientId').type, 'text');
  t.equal(field(form.match, 'endpoint').type, 'choice');
  t.match(field(form.match, 'endpoint').choices, ['authorize', 'login']);
  t.equal(field(form.match, 'query').type, 'json');
  t.equal(field(form.limits, 'times').type, 'number');
  t.equal(field(form.limits, 'probability').type, 'number');
  t.equal(field(form.limits, 'for').type, 'duration');
  t.equal(field(kind('status'), 'after').type, 'boolean');
  t.equal(field(kind('status'), 'body').type, 'any');
  t.equal(field(kind('status'), 'status').isRequired, true);
  t.equal(field(kind('status'), 'delay').isRequired, false);
  t.equal(field(kind('patch'), 'remove').type, 'words');
  t.equal(field(kind('redirect'), 'status').type, 'choice');
  t.match(field(kind('hold'), 'until').help, /^Number of waiting requests/);
  t.end();
});

void t.test('a list of something else than text is filled in as JSON', (t) => {
  const found = ruleFormOf(
    documentOf({
      properties: {
        match: {},
        many: { type: 'array' },
        fault: { else: { oneOf: [{ properties: { kind: { const: 'x' } } }] } },
      },
    }),
  );
  t.same(found, {
    match: [],
    until: [],
    limits: [{ name: 'many', label: 'Many', type: 'json', help: undefined, isRequired: false, choices: [] }],
    kinds: [{ kind: 'x', sees: '', fields: [] }],
  });
  t.end();
});

void t.test('a document that does not describe the call gives no form', (t) => {
  t.equal(ruleFormOf({}), undefined);
  t.equal(ruleFormOf(documentOf(undefined)), undefined);
  t.equal(ruleFormOf(documentOf({ properties: { fault: { else: { oneOf: [] } } } })), undefined);
  t.equal(ruleFormOf(documentOf({ properties: { match: {}, fault: {} } })), undefined);
  for (const paths of [
    { '/__admin/faults': {} },
    { '/__admin/faults': { post: {} } },
    { '/__admin/faults': { post: { requestBody: {} } } },
    { '/__admin/faults': { post: { requestBody: { content: {} } } } },
    { '/__admin/faults': { post: { requestBody: { content: { 'application/json': {} } } } } },
  ]) {
    t.equal(ruleFormOf({ paths }), undefined);
  }
  t.equal(ruleFormOf({ paths: {} }), undefined);
  t.end();
});

void t.test('labels are words', (t) => {
  t.equal(labelOf('retryAfter'), 'Retry after');
  t.equal(labelOf('clientId'), 'Client ID');
  t.equal(labelOf('id'), 'ID');
  t.end();
});
