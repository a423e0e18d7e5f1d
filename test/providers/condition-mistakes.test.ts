import t from 'tap';
import { compileCondition, compileTemplate } from '../../src/providers/files/template.js';

const mistakeIn = (compile: (text: string) => unknown, text: string): string | undefined => {
  try {
    compile(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

t.test('a condition that is written as in another language is told with what was meant', (t) => {
  const meant: readonly (readonly [string, string, string])[] = [
    ["a = 'x'", '=', '=='],
    ["a='x'", '=', '=='],
    ["a === 'x'", '===', '=='],
    ["a !== 'x'", '!==', '!='],
    ['a <> 1', '<>', '!='],
    ['a => 1', '=>', '>='],
    ['a =< 1', '=<', '<='],
    ["a =~ 'x'", '=~', 'contains'],
    ["a == 'x' & b", '&', 'and'],
    ["a == 'x' && b", '&&', 'and'],
    ["a == 'x' || b", '||', 'or'],
    ["a == 'x' AND b", 'AND', 'and'],
    ["a == 'x' OR b", 'OR', 'or'],
    ['query.or OR b', 'OR', 'or'],
    ['NOT a', 'NOT', 'not'],
    ['a and NOT b', 'NOT', 'not'],
    ['!a', '!', 'not'],
  ];
  for (const [text, given, expected] of meant) {
    const message = `${JSON.stringify(given)} is no operator here; did you mean ${JSON.stringify(expected)}?`;
    t.equal(mistakeIn(compileCondition, text), message, text);
  }
  t.match(mistakeIn(compileCondition, "a == 'x' | b == 'y'"), /"\|" begins a filter; did you mean "or"\?$/);
  t.match(mistakeIn(compileCondition, "(a == 'x') and b"), /; a condition has no parentheses$/);
  t.match(mistakeIn(compileCondition, "{{ a }} == 'x'"), /^a condition stands without \{\{ \}\}/);
  t.equal(mistakeIn(compileCondition, "a == 'x' and"), 'a value is missing after "and"');
  t.equal(mistakeIn(compileCondition, 'a =='), 'a value is missing after "=="');
  t.equal(mistakeIn(compileCondition, 'a == 1 and or b'), 'a value is missing before "or"');
  t.equal(mistakeIn(compileCondition, 'contains a'), 'a value is missing before "contains"');
  t.equal(mistakeIn(compileCondition, 'a and b c'), '"c" is no operator here', 'the library ignores it');
  t.equal(mistakeIn(compileCondition, 'a not b'), '"not" is no operator here');
  t.equal(mistakeIn(compileCondition, 'not'), 'a value is missing after "not"');
  t.equal(mistakeIn(compileCondition, "a ~ 'x'"), 'expected "|" before filter', 'not known: as the library says it');
  t.end();
});

t.test('a good condition is left alone, also one with such signs in its texts', (t) => {
  for (const text of [
    "a == 'x' and b != 'y' or c contains 'z'",
    'a == \'x = y\' or b == "p && q | !r"',
    'a >= 1 and b <= 2 and c != 3',
    'not a',
    "a | default: 'x'",
    '(1..3) contains a',
    'ANDROID == NOTE',
    'query.or',
    'query.or and query.OR',
    'query.contains or query.and',
    "headers.x-not or headers['x-and'] == 'AND OR NOT'",
    'headers.x-NOT',
    'a == parameters.AND',
    'a == parameters.OR or parameters.NOT-x == 1',
    'a == "say \\"AND\\"; x = y" and b == \'it\\\'s && OR\'',
    'a == not b',
  ]) {
    t.equal(mistakeIn(compileCondition, text), undefined, text);
  }
  t.end();
});

t.test('the same is told of the values in a template, whether the library refuses them or not', (t) => {
  t.match(mistakeIn(compileTemplate, "{% if a == 1 %}{% elsif a = 'x' %}y{% endif %}"), /; "=" is no operator here/);
  t.match(mistakeIn(compileTemplate, '{%- unless a && b -%}y{% endunless %}'), /did you mean "and"/);
  t.equal(mistakeIn(compileTemplate, '{% if a %}{{ a | nofilter }}{% endif %}'), 'undefined filter: nofilter');
  t.match(mistakeIn(compileTemplate, '{% if a == 1'), /not closed/);
  t.match(mistakeIn(compileTemplate, `{% if a = 1 %}${'x'.repeat(20_000)}`), /parse length limit exceeded/);
  const and = '"AND" is no operator here; did you mean "and"?';
  for (const text of [
    '{% if a AND b %}y{% endif %}',
    'x{%- if a -%}{%- elsif a AND b -%}y{% endif %}',
    '{% unless a AND b %}y{% endunless %}',
    "{% case a %}{% when 'x' AND 'y' %}1{% endcase %}",
    '{% assign both = a AND b %}{{ both }}',
    'x {{- a AND b | upcase -}} y',
    '{% comment %}{% comment %}{% endcomment %}{{ a AND b }}',
  ]) {
    t.equal(mistakeIn(compileTemplate, text), and, text);
  }
  t.match(mistakeIn(compileTemplate, "{% case a %}{% when 'x' || 'y' %}1{% endcase %}"), /did you mean "or"/);
  t.equal(mistakeIn(compileTemplate, '{% if a or %}y{% endif %}'), 'a value is missing after "or"');
  t.end();
});

t.test('good values of a template are left alone, and what is text or a comment', (t) => {
  for (const text of [
    '{% raw %}{% if a AND b %}{{ a OR b }}{% endraw %}',
    '{% comment %}{% if a AND b %}{% endif %}{{ a OR b }}{% endcomment %}{% # if a AND b %}',
    '{{ "{% if a AND b %}" }}',
    "{% case a %}{% when 'x', 'y' %}1{% when 'a, b AND c' or b %}2{% endcase %}",
    '{% assign either = query.or or query.OR %}{{ either | default: query.AND, allow_false: true }}',
    '{%- if headers.x-not -%}y{%- else -%}n{%- endif -%}',
  ]) {
    t.equal(mistakeIn(compileTemplate, text), undefined, text);
  }
  t.end();
});
