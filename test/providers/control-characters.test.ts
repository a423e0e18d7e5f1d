import t from 'tap';
import { mistakesOf } from './files/shop.js';
import type { Test } from 'tap';

const escape = String.fromCharCode(27);

/** The document as a file, with the mistakes in it without their position. */
const told = (t: Test, document: object): string[] =>
  mistakesOf(t, { 'acme.json': JSON.stringify(document) }).map((each) => each.replace(/^\d+:\d+ /, ''));

t.test('a control character in a text for people is a mistake, where it stands', (t) => {
  const wrong = `Lo${escape}[31mRED`;
  const expected = 'has the control character U+001B; expected a text that can be shown';
  for (const [path, document] of Object.entries({
    title: { title: wrong },
    origin: { origin: `https://a${escape}b` },
    'pages.loginButton': { pages: { loginButton: wrong } },
    'pages.allow.value': { pages: { allow: { name: 'allow', value: wrong } } },
    'scopes.read': { scopes: { read: wrong } },
    'scopes.write.words': { scopes: { write: { words: wrong } } },
    'facts.0.behaviour': { facts: [{ behaviour: wrong, source: 'x', confidence: 'GUESS' }] },
    'variables.a.description': { variables: { a: { example: 'x', description: wrong } } },
    'users.0.name': { users: [{ id: 'u', name: wrong }] },
  })) {
    t.same(told(t, document), [`${path}: ${expected}`]);
  }
  t.match(mistakesOf(t, { 'a.yaml': 'like: standard\ntitle: "a\\0b"' }), [
    /^2:1 title: has the control character U\+0000/,
  ]);
  t.match(told(t, { title: 'two\nlines' }), [/U\+000A/]);
  t.match(told(t, { title: 'two\u2028lines' }), [/U\+2028/]);
  t.match(told(t, { pages: { loginHeading: 'a\u0085b' } }), [/pages\.loginHeading: .* U\+0085/]);
  t.end();
});

t.test('a text of several lines about a scope or a fact is none, and neither is what a client is sent', (t) => {
  const lines = 'two\n\tlines\r\n';
  const fact = { behaviour: lines, source: lines, confidence: 'GUESS' };
  const errors = { reasons: { 'code.unknown': { description: `a${escape}b` } } };
  t.same(told(t, { title: 'عربي\u200F – Übung', scopes: { read: lines }, facts: [fact], errors }), []);
  t.end();
});
