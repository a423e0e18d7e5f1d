import t from 'tap';
import { mistakesOf } from './files/shop.js';

t.test('fields of a form that a browser could not send apart are told', (t) => {
  const told = (pages: string): string[] => mistakesOf(t, { 'a.yaml': `pages: ${pages}` });
  t.match(told('{ scopeField: nope }'), [/^1:10 pages\.scopeField: has no \{scope\}/]);
  t.same(told("{ scopeField: 'scopes[{scope}]' }"), []);
  t.match(told('{ hidden: [{ name: h, value: x }, { name: h, value: y }] }'), [
    /pages\.hidden\.1\.name: "h" is also the name of the field hidden\.0$/,
  ]);
  const hidden = 'hidden: [{ name: h, value: x }]';
  t.match(told(`{ antiForgery: h, ${hidden} }`), [
    /pages\.hidden\.0\.name: "h" is also the name of the field antiForgery$/,
  ]);
  // a button replaces the hidden field, as at tinyEmail, or the hidden field itself allows
  t.same(told(`{ deny: { name: h, value: y }, ${hidden} }`), []);
  t.same(told(`{ allowedBy: { name: h, value: x }, ${hidden} }`), []);
  t.end();
});

t.test('an alphabet that is none says which characters it can have', (t) => {
  t.match(mistakesOf(t, { 'a.yaml': 'tokens: { code: { shape: characters, alphabet: éö } }' }), [
    /tokens\.code\.alphabet: expected: visible characters of ASCII, .*, got "éö"$/,
  ]);
  t.end();
});
