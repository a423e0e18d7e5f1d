import t from 'tap';
import { RuleSchema } from '../../src/faults/rule.js';
import { kinds } from '../../src/faults/kinds/index.js';
import { ruleFormOf } from '../../src/panel/views/faults/form-schema.js';
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

void t.test('what is no rule fills the form with the first kind, and an unknown member is left out', (t) => {
  const empty = { match: {}, fault: { kind: 'oauth-error' } };
  for (const nothing of [
    undefined,
    null,
    7,
    [],
    {},
    { match: null, fault: [] },
    { fault: { kind: 'nope' }, more: 1 },
  ]) {
    t.same(again(nothing), empty, JSON.stringify(nothing));
  }
  const none: RuleForm = { match: [], until: [], limits: [], kinds: [] };
  t.same(draftOfRule(none, { fault: { kind: 'drop' } }).steps, [{ kind: '' }]);
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
    ]);
    t.equal(
      ruleOfDraft(form, { match: {}, until: {}, limits: {}, steps: [{ kind: 'patch', set: '-' }] }).mistakes[0]?.path,
      'fault.set',
    );
    t.end();
  },
);

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
