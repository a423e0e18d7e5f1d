import { runInThisContext } from 'node:vm';
import t from 'tap';
import { parse } from 'yaml';
import { literal } from '../../src/panel/writing/literal.js';
import { shellWord } from '../../src/panel/writing/shell-word.js';
import { ruleTexts } from '../../src/panel/views/faults/rule-texts.js';

const rule = {
  match: { endpoint: 'token', query: { 'a-b': 'it\'s "x"' } },
  times: 1,
  fault: { kind: 'status', status: 503, body: '<p>\n' },
};

void t.test('a rule is written as YAML, as curl and as a call', (t) => {
  const { yaml, curl, call } = ruleTexts(rule, 'http://127.0.0.1:8080/w/mine', false);
  t.same(parse(yaml), { faults: [rule] });
  t.equal(
    curl,
    [
      'curl http://127.0.0.1:8080/w/mine/__admin/faults \\',
      "  --header 'content-type: application/json' \\",
      `  --data-raw '${JSON.stringify(rule).replaceAll("'", `'\\''`)}'`,
    ].join('\n'),
  );
  t.equal(
    call,
    [
      'await world.faults.add({',
      "  match: { endpoint: 'token', query: { 'a-b': 'it\\'s \"x\"' } },",
      '  times: 1,',
      "  fault: { kind: 'status', status: 503, body: '<p>\\n' },",
      '});',
    ].join('\n'),
  );
  t.match(ruleTexts(rule, 'http://x', true).curl, '--header "authorization: Bearer $UNDERSTUDY_ADMIN_TOKEN"');
  t.end();
});

void t.test('a value is written as JavaScript that gives the same value', (t) => {
  const values = [
    {},
    [],
    null,
    true,
    1.5,
    'a',
    [1, [2, { a: null }]],
    { list: ['x'.repeat(50), 'y'.repeat(50)] },
    rule,
  ];
  for (const value of values) t.same(runInThisContext(`(${literal(value)})`), value);
  t.equal(literal({ a: [1] }), '{ a: [1] }');
  t.end();
});

void t.test('a word of a shell has quotes where it needs them', (t) => {
  t.equal(shellWord('a-b_c/1.2:3'), 'a-b_c/1.2:3');
  t.equal(shellWord(''), "''");
  t.equal(shellWord("a 'b'"), `'a '\\''b'\\'''`);
  t.end();
});
