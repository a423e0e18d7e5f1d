import t from 'tap';
import { RuleSchema } from '../../src/faults/rule.js';
import { kinds } from '../../src/faults/kinds/index.js';
import { ruleFormOf } from '../../src/panel/views/faults/form-schema.js';
import { readLink } from '../../src/panel/views/faults/link-rule.js';
import { presets } from '../../src/panel/views/faults/presets.js';
import { draftOfRule, labelsOf, ruleOfDraft } from '../../src/panel/views/faults/rule-draft.js';
import type { JsonSchema, RuleForm } from '../../src/panel/views/faults/form-schema.js';

const form = ruleFormOf({
  paths: {
    '/__admin/faults': {
      post: {
        requestBody: { content: { 'application/json': { schema: { else: RuleSchema as unknown as JsonSchema } } } },
      },
    },
  },
})!;

const again = (rule: unknown): unknown => ruleOfDraft(form, draftOfRule(form, rule)).rule;

void t.test('the form gives back each rule that fills it', (t) => {
  const rules = [
    ...kinds.map(({ example }) => ({ match: {}, fault: example })),
    {
      id: 'mine',
      match: { provider: 'mailup', endpoint: 'token', query: { a: 'b, c' } },
      skip: 1,
      times: 2,
      probability: 0.5,
      for: '30s',
      until: { endpoint: 'resource' },
      fault: [{ kind: 'pass' }, { kind: 'redirect', to: '/', status: 308 }, { kind: 'drop' }],
    },
    { match: {}, fault: { kind: 'delay', uniform: ['1s', '2s'] } },
    { match: {}, fault: { kind: 'delay', logNormal: { median: '1s', sigma: 1, max: '2s' } } },
    { match: {}, fault: { kind: 'status', status: 200, body: 'text', after: true, delay: '1s' } },
    { match: {}, fault: { kind: 'status', status: 200, body: '123', after: false } },
    { match: {}, fault: { kind: 'status', status: 200, body: { a: [1, null] } } },
  ];
  for (const rule of rules) t.same(again(rule), rule, JSON.stringify(rule.fault));
  t.end();
});

void t.test('what is no rule fills the form with the first kind, and an unknown kind stays', (t) => {
  const empty = { match: {}, fault: { kind: 'oauth-error' } };
  for (const nothing of [undefined, null, 7, [], {}, { match: null, fault: [] }, { more: 1 }]) {
    t.same(again(nothing), empty, JSON.stringify(nothing));
  }
  t.same(again({ fault: { kind: 'nope', a: 1 } }), { match: {}, fault: { kind: 'nope' } });
  const none: RuleForm = { match: [], until: [], limits: [], kinds: [] };
  t.same(draftOfRule(none, {}).steps, [{ kind: '' }]);
  t.same(draftOfRule(none, { fault: [] }).steps, [{ kind: '' }]);
  t.same(draftOfRule({ ...none, match: form.match }, { match: { provider: null, clientId: 5 } }).match, {
    clientId: '5',
  });
  t.end();
});

void t.test(
  'a text that cannot be what its member needs goes to the server, or is a mistake where JSON is needed',
  (t) => {
    const { rule, mistakes } = ruleOfDraft(form, {
      match: { endpoint: 'nowhere', query: '{ "a": ' },
      until: {},
      limits: { times: 'twice', skip: ' ' },
      steps: [
        { kind: 'patch', set: 'nothing' },
        { kind: 'patch', remove: 'a,b' },
        { kind: 'unknown', x: '1' },
      ],
    });
    t.same(rule, {
      match: { endpoint: 'nowhere' },
      times: 'twice',
      fault: [{ kind: 'patch' }, { kind: 'patch', remove: ['a', 'b'] }, { kind: 'unknown' }],
    });
    t.same(mistakes, [
      { path: 'match.query', message: 'is not JSON' },
      { path: 'fault.0.set', message: 'is not JSON' },
      { path: 'fault.2', message: 'expected one of the kinds in the list' },
    ]);
    t.equal(
      ruleOfDraft(form, { match: {}, until: {}, limits: {}, steps: [{ kind: 'patch', set: '-' }] }).mistakes[0]?.path,
      'fault.set',
    );
    t.end();
  },
);

void t.test('each wrong part of a link is named, and the form keeps the rest', (t) => {
  const read = (rule: unknown): readonly string[] =>
    readLink(form, typeof rule === 'string' ? rule : JSON.stringify(rule)).mistakes.map(
      ({ path, message }) => `${path}: ${message}`,
    );
  const drop = { kind: 'drop' };
  const cases: readonly (readonly [rule: unknown, mistakes: readonly (string | RegExp)[]])[] = [
    ['{', [': The rule is not JSON.']],
    ['', [': The rule is not JSON.']],
    ['7', [': expected an object with members']],
    ['[]', [': expected an object with members']],
    [{ mach: {}, fault: drop }, [/^mach: is unknown; expected one of: match, until, fault, id, /]],
    [{ match: { grant: 'x' }, fault: drop }, [/^match\.grant: is unknown; expected one of: provider, endpoint, /]],
    [{ match: 'token', fault: drop }, ['match: expected an object with members']],
    [{ match: [], until: {}, fault: drop }, [/^match: expected an object/, /^until: expected an object/]],
    [{ match: { clientId: 5 }, fault: drop }, [/^match\.clientId: expected text/]],
    [{ match: { clientId: ' a' }, fault: drop }, [/^match\.clientId: expected text/]],
    [{ match: { endpoint: null }, fault: drop }, [/^match\.endpoint: expected one of: authorize, login, /]],
    [{ match: { query: null }, fault: drop }, ['match.query: expected object']],
    [{ times: '2', for: 30, fault: drop }, ['times: expected number', /^for: expected duration/]],
    [{ fault: { kind: 'drop', sett: 1 } }, [/^fault\.sett: is unknown; expected one of: kind/]],
    [{ fault: [drop, { kind: 'patch', remove: 'a' }] }, ['fault.1.remove: expected list of texts without commas']],
    [{ fault: { kind: 'patch', remove: ['a,b'] } }, ['fault.remove: expected list of texts without commas']],
    [{ fault: { kind: 'status', after: null, body: null } }, ['fault.after: expected boolean']],
    [{ fault: [drop, { kind: 'hang', sett: 1 }] }, [/^fault\.1\.sett: is unknown; expected one of: kind/]],
    [{ fault: 7 }, ['fault: expected an object with members']],
    [{ fault: [] }, ['fault: expected an object with members']],
    // the server judges these, where the form shows them
    [{ match: { endpoint: 'nowhere' }, times: 0, fault: { kind: 'status', status: 9, after: 'yes' } }, []],
    [{ match: { clientId: 'x'.repeat(9999) }, fault: { kind: 'nope', more: 1 } }, []],
  ];
  for (const [rule, mistakes] of cases) t.match(read(rule), mistakes, JSON.stringify(rule).slice(0, 80));
  for (const [rule, { length }] of cases) t.equal(read(rule).length, length);
  for (const { example } of kinds) t.same(read({ match: {}, fault: example }), [], JSON.stringify(example));
  for (const { rule } of presets) t.same(read(rule), []);
  t.same(read({ fault: { kind: 'status', status: 200, body: '<p>\n' } }), [], 'space is kept in a body');

  const { draft } = readLink(form, '{"match":{"endpoint":"token","grant":1},"times":"2","fault":[{"kind":"nope"}]}');
  t.same(draft, { match: { endpoint: 'token' }, until: {}, limits: { times: '2' }, steps: [{ kind: 'nope' }] });
  t.equal(ruleOfDraft(form, draft).mistakes[0]?.path, 'fault', 'a kind has to be chosen');
  t.end();
});

void t.test('a list of one fault applies once, as the server reads it', (t) => {
  const made = (rule: object): unknown => ruleOfDraft(form, readLink(form, JSON.stringify(rule)).draft).rule;
  t.same(made({ match: {}, fault: [{ kind: 'drop' }] }), { match: {}, times: 1, fault: { kind: 'drop' } });
  t.match(made({ match: {}, times: 3, fault: [{ kind: 'drop' }] }), { times: 3 });
  t.end();
});

void t.test('each field has its label by the path of its member', (t) => {
  t.match(labelsOf(form, { steps: [{ kind: 'patch' }] }), {
    'match.endpoint': 'Endpoint',
    times: 'Times',
    fault: 'Fault',
    'fault.kind': 'Fault',
    'fault.set': 'Set',
  });
  t.match(labelsOf(form, { steps: [{ kind: 'patch' }, {}] }), { 'fault.0.set': 'Set', 'fault.1.kind': 'Fault 2' });
  t.end();
});
