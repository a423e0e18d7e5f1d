import t from 'tap';
import { differenceFrom } from '../../src/panel/views/timeline/entry/difference.js';
import { factsOf, instant, list, textOf } from '../../src/panel/views/timeline/entry/fact-text.js';

const at = Date.parse('2026-11-21T12:00:00Z');

void t.test('two values are split where they differ', (t) => {
  const url = 'http://localhost:3000/callback';
  t.same(differenceFrom(`${url}/`, url), { before: url, middle: '/', after: '' });
  t.same(differenceFrom(url, `${url}/`), { before: url, middle: '', after: '' });
  t.same(differenceFrom('http://a:3000/c', 'http://a:3001/c'), { before: 'http://a:300', middle: '0', after: '/c' });
  t.same(differenceFrom('', 'x'), { before: '', middle: '', after: '' });
  t.same(differenceFrom('aa', 'a'), { before: 'a', middle: 'a', after: '' });
  t.end();
});

void t.test('facts are shown in words', (t) => {
  const facts = { at, refreshToken: 'fp:1', familyRevoked: true, revoked: false, known: [], scopes: ['a', 'b'] };
  t.same(
    factsOf({ ...facts, replacedAtEntry: 7, newTokenUsedAt: null, atEntry: 'x' }).map(({ label, text }) => [
      label,
      text,
    ]),
    [
      ['at', '2026-11-21 12:00:00.000'],
      ['refresh token', 'fp:1'],
      ['family revoked', 'yes'],
      ['revoked', 'no'],
      ['known', 'none'],
      ['scopes', 'a, b'],
      ['replaced at entry', '7'],
      ['new token used at', 'never'],
      ['at entry', 'x'],
    ],
  );
  t.same(
    factsOf({ at, spentAtEntry: 7, atEntry: undefined }).map(({ isEntry }) => isEntry),
    [false, true, false],
  );
  t.same(factsOf(undefined), []);
  t.same(factsOf(null), []);
  t.equal(instant('2026-11-21T12:00:00Z'), '2026-11-21 12:00:00.000');
  t.equal(instant(253_402_300_799_000), '9999-12-31 23:59:59.000');
  t.equal(instant(9e15), '9000000000000000');
  t.equal(instant('soon'), 'soon');
  t.equal(textOf(undefined), 'none');
  t.same(list(undefined), []);
  t.end();
});
