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
    ['a => 1', '=>', '>='],
    ['a =< 1', '=<', '<='],
    ["a =~ 'x'", '=~', 'contains'],
    ["a == 'x' & b", '&', 'and'],
    ["a == 'x' && b", '&&', 'and'],
    ["a == 'x' || b", '||', 'or'],
    ["a == 'x' AND b", 'AND', 'and'],
    ["a == 'x' OR b", 'OR', 'or'],
    ['NOT a', 'NOT', 'not'],
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
  t.equal(mistakeIn(compileCondition, "a ~ 'x'"), 'expected "|" before filter', 'not known: as the library says it');
  t.end();
});

t.test('a good condition is left alone, also one with such signs in its texts', (t) => {
  for (const text of [
    "a == 'x' and b != 'y' or c contains 'z'",
    'a == \'x = y\' or b == "p && q | !r"',
    'a >= 1 and b <= 2 and c <> 3',
    'not a',
    "a | default: 'x'",
    '(1..3) contains a',
    'ANDROID == NOTE',
  ]) {
    t.equal(mistakeIn(compileCondition, text), undefined, text);
  }
  t.end();
});

t.test('the same is told of the conditions in a template that the library refuses', (t) => {
  t.match(mistakeIn(compileTemplate, "{% if a == 1 %}{% elsif a = 'x' %}y{% endif %}"), /"=" is no operator here/);
  t.match(mistakeIn(compileTemplate, '{%- unless a && b -%}y{% endunless %}'), /did you mean "and"/);
  t.equal(mistakeIn(compileTemplate, '{% if a %}{{ a | nofilter }}{% endif %}'), 'undefined filter: nofilter');
  t.equal(mistakeIn(compileTemplate, '{% raw %}{% if a = b %}{% endraw %}'), undefined, 'it is text');
  t.match(mistakeIn(compileTemplate, '{% if a == 1'), /not closed/);
  t.match(mistakeIn(compileTemplate, `{% if a = 1 %}${'x'.repeat(20_000)}`), /parse length limit exceeded/);
  t.end();
});
