import t from 'tap';
import { parse } from 'yaml';
import { missingMember } from '../../src/panel/views/settings/completeness.js';
import { controlOf, numberOf } from '../../src/panel/views/settings/control.js';
import {
  allDefaults,
  asJson,
  asScenario,
  changedFields,
  defaultToSend,
  isSame,
} from '../../src/panel/views/settings/difference.js';
import { errorRows } from '../../src/panel/views/settings/error-rows.js';
import { groupOf, grouped, otherTitle } from '../../src/panel/views/settings/groups.js';
import { selectSettings, settingsOf } from '../../src/panel/views/settings/setting.js';
import { valueText } from '../../src/panel/views/settings/value-words.js';
import { PolicyChangeSchema } from '../../src/providers/policy/schema.js';
import type { FieldSchema } from '../../src/panel/views/settings/control.js';

/** The schemas as the OpenAPI document has them. */
const schemas = JSON.parse(JSON.stringify(PolicyChangeSchema.properties)) as Record<string, FieldSchema>;

t.test(
  'each field of a policy has a control of its schema, and only free lists and the error table are changed as JSON',
  async (t) => {
    const kinds = Object.entries(schemas).map(([field, schema]): [string, string] => [field, controlOf(schema).kind]);
    t.strictSame(
      kinds.filter(([, kind]) => kind === 'json').map(([field]) => field),
      ['assertionAudiences', 'refreshTokenIssuedIf', 'bearerAliases', 'bearerHeaders', 'errors'],
    );
    t.strictSame(controlOf(schemas.accessToken!), { kind: 'duration' });
    t.strictSame(controlOf(schemas.redirectStatus!), { kind: 'choice', values: [302, 303] });
    t.strictSame(controlOf(schemas.echoState!), { kind: 'switch' });
    t.strictSame(controlOf(schemas.tokenMethods!), { kind: 'several', values: ['GET', 'POST'], least: 1 });
    t.strictSame(controlOf(schemas.pkceMethods!), { kind: 'several', values: ['S256', 'plain'], least: 0 });
    t.strictSame(controlOf(schemas.callsPerSecond!), { kind: 'number', words: ['unlimited'] });
  },
);

t.test('an object with several shapes has a control for each member', async (t) => {
  const control = controlOf(schemas.interaction!);
  t.strictSame(control, {
    kind: 'variants',
    member: 'mode',
    variants: [
      { name: 'manual', members: [] },
      {
        name: 'auto',
        members: [
          { name: 'user', control: { kind: 'text' }, isRequired: true },
          { name: 'decision', control: { kind: 'choice', values: ['allow', 'deny'] }, isRequired: false },
        ],
      },
    ],
  });
  t.equal(missingMember(control, { mode: 'auto', user: '' }), 'user');
  t.equal(missingMember(control, { mode: 'auto', user: 'ada' }), undefined);
  t.equal(missingMember(control, { mode: 'manual' }), undefined);
  t.equal(missingMember(control, { mode: 'unknown' }), undefined);
  t.equal(missingMember({ kind: 'switch' }, false), undefined);
});

t.test('a schema that is not known is changed as JSON', async (t) => {
  t.strictSame(controlOf({ type: 'number' }), { kind: 'number', words: [] });
  for (const schema of [
    {},
    { type: 'array' },
    { type: 'array', items: { type: 'string' } },
    { anyOf: [{ type: 'string' }, { type: 'integer' }] },
    { anyOf: [{ const: 'a' }, { type: 'object' }] },
  ]) {
    t.strictSame(controlOf(schema), { kind: 'json' });
  }
  t.strictSame(controlOf({ discriminator: { propertyName: 'kind' } }), {
    kind: 'variants',
    member: 'kind',
    variants: [],
  });
  t.strictSame(controlOf({ discriminator: { propertyName: 'kind' }, oneOf: [{}] }), {
    kind: 'variants',
    member: 'kind',
    variants: [{ name: '', members: [] }],
  });
});

t.test('a number is read, and other text is left to the server', async (t) => {
  t.strictSame([' 12 ', '-3', 'unlimited', '1.5', ''].map(numberOf), [12, -3, 'unlimited', '1.5', '']);
});

t.test('each field of a policy is in a group', async (t) => {
  const fields = Object.keys(schemas).filter((field) => field !== 'preset');
  t.strictSame(
    fields.filter((field) => groupOf(field) === otherTitle),
    [],
  );
  t.equal(groupOf('somethingNew'), otherTitle);
  const groups = grouped([...fields, 'somethingNew'].map((field) => ({ field })));
  t.strictSame(
    groups.find(({ title }) => title === 'Lifetimes')?.fields.map(({ field }) => field),
    ['code', 'accessToken', 'refreshToken', 'refreshTokenIdle', 'refreshTokenAbsolute', 'refreshGrace'],
  );
  t.equal(groups.at(-1)?.title, otherTitle);
  t.equal(
    groups.reduce((sum, group) => sum + group.fields.length, 0),
    fields.length + 1,
  );
});

t.test('the order of a list and an empty row of the error table make no difference', async (t) => {
  t.ok(isSame(['a', 'b'], ['b', 'a']));
  t.notOk(isSame(['a'], ['a', 'b']));
  t.notOk(isSame(['a', 'c'], ['a', 'b']));
  t.ok(isSame({ 'code.expired': {} }, {}));
  t.ok(isSame({}, { 'code.expired': {} }));
  t.notOk(isSame({ 'code.expired': { status: 401 } }, {}));
  t.notOk(isSame({ mode: 'auto' }, { mode: 'manual' }));
  t.notOk(isSame(null, {}));
  t.ok(isSame(302, 302));
});

const defaults = { accessToken: '1h', grants: ['a', 'b'], errors: {}, interaction: { mode: 'manual' } };

t.test('what differs from the defaults is found, and set back', async (t) => {
  const policy = {
    accessToken: '5m',
    grants: ['b', 'a'],
    errors: { 'code.expired': { status: 401 }, 'code.replayed': {} },
    interaction: { mode: 'auto', user: 'ada' },
  };
  const changed = changedFields(policy, defaults);
  t.strictSame(changed, {
    accessToken: '5m',
    errors: { 'code.expired': { status: 401 } },
    interaction: { mode: 'auto', user: 'ada' },
  });
  t.strictSame(allDefaults(policy, defaults), {
    accessToken: '1h',
    errors: { 'code.expired': {}, 'code.replayed': {} },
    interaction: { mode: 'manual' },
  });
  t.strictSame(defaultToSend({ a: { status: 1 } }, { b: { status: 2 } }), { a: {}, b: { status: 2 } });
  t.equal(defaultToSend({ a: {} }, undefined), undefined);
  t.strictSame(parse(asScenario('mailup', changed)), { providers: { mailup: { policy: changed } } });
  t.strictSame(JSON.parse(asJson(changed)), changed);
});

t.test('a setting has its default, its sources and the strict value', async (t) => {
  const quirk = (field: string, id: string) => ({
    id,
    field,
    behaviour: `says ${id}`,
    source: 's',
    confidence: 'GUESS',
    evidence: 'assumed',
  });
  const settings = settingsOf(
    {
      policy: { pkce: 'ignored', accessToken: '1h', own: 1 },
      defaults: { pkce: 'optional', accessToken: '1h', own: 1 },
      quirks: [quirk('pkce', 'one'), quirk('accessTokenSeconds', 'two')],
      relaxed: [{ field: 'pkce', value: 'ignored', strict: 'optional', clause: 'RFC 9700 §2.1.1' }],
    },
    { preset: {}, pkce: { enum: ['ignored', 'optional'], description: 'whether PKCE counts' }, accessToken: {} },
  );
  t.match(settings, [
    {
      field: 'pkce',
      description: 'Whether PKCE counts',
      value: 'ignored',
      standard: 'optional',
      isChanged: true,
      quirks: [{ id: 'one' }],
      relaxed: { strict: 'optional', clause: 'RFC 9700 §2.1.1' },
    },
    { field: 'accessToken', description: '', isChanged: false, quirks: [{ id: 'two' }], relaxed: undefined },
  ]);
  const names = (filter: Parameters<typeof selectSettings>[1]): string[] =>
    selectSettings(settings, filter).map(({ field }) => field);
  t.strictSame(names({}), ['pkce', 'accessToken']);
  t.strictSame(names({ show: 'changed' }), ['pkce']);
  t.strictSame(names({ show: 'relaxed' }), ['pkce']);
  t.strictSame(names({ group: 'Lifetimes' }), ['accessToken']);
  t.strictSame(names({ text: 'SAYS TWO' }), ['accessToken']);
  t.strictSame(names({ text: 'ignored' }), ['pkce']);
});

t.test('values are told in words', async (t) => {
  t.strictSame([['a', 'b'], [], {}, { mode: 'manual' }, true, null, 'never'].map(valueText), [
    'a, b',
    'none',
    'none',
    '{"mode":"manual"}',
    'true',
    'null',
    'never',
  ]);
});

t.test('the error table has the rows of the policy in place of those of the provider', async (t) => {
  const row = { status: 400, error: 'invalid_grant', description: 'expired' };
  const table = ['code.expired', 'code.replayed', 'code.unknown'].map((reason) => ({ reason, ...row }));
  t.strictSame(errorRows(table, { 'code.expired': { status: 401 }, 'code.unknown': {} }), [
    { ...table[0], status: 401, isOverridden: true },
    { ...table[1], isOverridden: false },
    { ...table[2], isOverridden: false },
  ]);
});
