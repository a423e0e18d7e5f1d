import t from 'tap';
import { reasons } from '../../src/core/errors.js';
import { comparisonOf } from '../../src/panel/views/timeline/entry/expected.js';
import { differenceFrom } from '../../src/panel/views/timeline/entry/difference.js';
import { factsOf, instant, list, textOf } from '../../src/panel/views/timeline/entry/fact-text.js';

const [at, now] = [Date.parse('2026-11-21T12:00:00Z'), Date.parse('2026-11-21T12:00:01.5Z')];

/** The reason, its facts, and what is compared: values are a list, words are a text. */
const cases: readonly (readonly [
  reason: string,
  facts: object,
  what: string | RegExp,
  expected: unknown,
  received: unknown,
])[] = [
  ['authorize.client-missing', {}, 'client_id', 'The id of a registered client', 'Nothing was sent'],
  ['authorize.client-unknown', { clientId: 'x', known: ['a', 'b'] }, 'client_id', ['a', 'b'], ['x']],
  [
    'authorize.secret-wrong',
    { clientId: 'a', recognizedAs: 'an access token' },
    'client secret',
    'The secret of client a',
    'It is an access token',
  ],
  ['authorize.redirect-uri-missing', { registered: ['http://a'] }, 'redirect_uri', ['http://a'], 'Nothing was sent'],
  ['authorize.redirect-uri-malformed', { registered: [], received: 'x' }, 'redirect_uri', [], ['x']],
  ['authorize.redirect-uri-unregistered', { registered: ['a'], received: 'b' }, 'redirect_uri', ['a'], ['b']],
  ['authorize.response-type-missing', {}, 'response_type', 'code', 'Nothing was sent'],
  ['authorize.response-type-unsupported', { responseType: 'token' }, 'response_type', ['code'], ['token']],
  ['authorize.response-mode-unsupported', { allowed: ['query'], responseMode: 'x' }, 'response_mode', ['query'], ['x']],
  [
    'authorize.grant-unauthorized',
    { allowed: ['password'] },
    'grant of the client',
    ['authorization_code'],
    ['password'],
  ],
  ['authorize.grant-unauthorized', {}, 'grant of the client', ['authorization_code'], 'Nothing was sent'],
  ['bearer.missing', {}, 'access token', /Authorization: Bearer/, 'Nothing was sent'],
  ['bearer.unknown', { token: 'fp:1' }, 'access token', 'An access token that this provider issued', ['fp:1']],
  [
    'bearer.unknown',
    { token: 'x', recognizedAs: 'a code' },
    'access token',
    'An access token that this provider issued',
    'It is a code',
  ],
  [
    'bearer.expired',
    { at, now },
    'access token',
    'Sent before 2026-11-21 12:00:00.000, when it expired',
    'Sent at 2026-11-21 12:00:01.500',
  ],
  ['bearer.removed', { at, removedAt: now }, 'access token', /Sent before .* 12:00:00.000/, /after .* 12:00:01.500/],
  [
    'bearer.revoked',
    { at, because: 'a test' },
    'access token',
    'An access token that is valid',
    /12:00:00.000: a test$/,
  ],
  ['bearer.insufficient-scope', { needed: ['r', 'w'], granted: ['x'] }, 'scope', ['r', 'w'], ['x']],
  ['client.missing', {}, 'client authentication', /id and the secret/, 'Nothing was sent'],
  ['client.unknown', { known: ['a'], clientId: 'b' }, 'client_id', ['a'], ['b']],
  ['client.secret-missing', {}, 'client secret', 'The secret of the client', 'Nothing was sent'],
  [
    'client.secret-wrong',
    { clientId: 'a', method: 'basic' },
    'client secret',
    'The secret of client a',
    'Another secret, sent by basic',
  ],
  ['client.ids-differ', { inBasic: 'a', inParameters: 'b' }, /client_id/, ['a'], ['b']],
  ['code.missing', {}, 'code', /redirect/, 'Nothing was sent'],
  ['code.unknown', { code: 'fp:1' }, 'authorization code', /that this provider issued/, ['fp:1']],
  ['code.expired', { at, now }, 'authorization code', /12:00:00/, /12:00:01/],
  ['code.replayed', { spentAt: at }, 'authorization code', /not used yet/, 'Already used at 2026-11-21 12:00:00.000'],
  ['code.revoked', { at, because: 'b' }, 'authorization code', /valid/, /b$/],
  ['code.other-client', { ownerId: 'a', clientId: 'b' }, 'client', ['a'], ['b']],
  ['code.redirect-uri-missing', { expected: 'http://a' }, 'redirect_uri', ['http://a'], 'Nothing was sent'],
  ['code.redirect-uri-missing', {}, 'redirect_uri', 'That of the authorization request', 'Nothing was sent'],
  ['code.redirect-uri-differs', { expected: 'a', received: 'b' }, 'redirect_uri', ['a'], ['b']],
  ['grant.missing', {}, 'grant_type', /grant type/, 'Nothing was sent'],
  ['grant.unsupported', { supported: ['a'], grantType: 'b' }, 'grant_type', ['a'], ['b']],
  ['grant.unauthorized', { allowed: ['a'], grantType: 'b' }, 'grant_type', ['a'], ['b']],
  ['pkce.verifier-missing', {}, 'code_verifier', /code_challenge/, 'Nothing was sent'],
  ['pkce.verifier-malformed', { length: 3 }, 'code_verifier', /43 to 128/, '3 characters'],
  ['pkce.verifier-mismatch', { method: 'S256' }, 'code_verifier', /S256$/, 'Another verifier'],
  ['pkce.verifier-unexpected', {}, 'code_verifier', /None/, 'A verifier'],
  ['pkce.challenge-missing', {}, 'code_challenge', /PKCE/, 'Nothing was sent'],
  ['pkce.challenge-malformed', { length: 3 }, 'code_challenge', /43 to 128/, '3 characters'],
  ['pkce.method-missing', { supported: ['S256'] }, 'code_challenge_method', ['S256'], 'Nothing was sent'],
  ['pkce.method-unsupported', { supported: ['S256'], method: 'x' }, 'code_challenge_method', ['S256'], ['x']],
  ['refresh.missing', {}, 'refresh_token', 'A refresh token', 'Nothing was sent'],
  ['refresh.unknown', { refreshToken: 'fp:1' }, 'refresh token', 'A refresh token that this provider issued', ['fp:1']],
  ['refresh.expired', { at, now }, 'refresh token', /12:00:00/, /12:00:01/],
  ['refresh.removed', { at, removedAt: now }, 'refresh token', /12:00:00/, /12:00:01/],
  ['refresh.revoked', { at, because: 'b' }, 'refresh token', /valid/, /b$/],
  ['refresh.replaced', { at }, 'refresh token', /newer/, 'The old one, replaced at 2026-11-21 12:00:00.000'],
  ['refresh.client-missing', { ownerId: 'a' }, 'client', ['a'], 'Nothing was sent'],
  ['refresh.other-client', { ownerId: 'a', clientId: 'b' }, 'client', ['a'], ['b']],
  ['request.method-not-allowed', { allowed: ['POST'], method: 'GET' }, 'method', ['POST'], ['GET']],
  ['request.content-type-unsupported', { accepted: ['a'] }, 'Content-Type', ['a'], 'Nothing was sent'],
  ['request.parameter-repeated', { name: 'state', values: ['1', '2'] }, 'parameter state', 'Sent once', ['1', '2']],
  ['request.body-too-large', { limitBytes: 9 }, 'length of the body', 'At most 9 bytes', 'More'],
  ['resource.too-many-calls', { limit: 2, actual: 3 }, 'calls in one second', 'At most 2', '3'],
  ['revoke.token-missing', {}, 'token', 'The token to revoke', 'Nothing was sent'],
  ['introspect.token-missing', {}, 'token', 'The token to introspect', 'Nothing was sent'],
  ['scope.missing', { known: ['a'] }, 'scope', ['a'], 'Nothing was sent'],
  ['scope.unknown', { allowed: ['a'], scope: 'b' }, 'scope', ['a'], ['b']],
  ['scope.not-allowed', { allowed: ['a'], scope: 'b' }, 'scope', ['a'], ['b']],
  ['scope.wider-than-granted', { allowed: ['a'], scope: 'b' }, 'scope', ['a'], ['b']],
];

for (const [reason, facts, what, expected, received] of cases) {
  void t.test(`${reason}: what was expected beside what was received`, (t) => {
    t.ok(reason in reasons, 'the server has this reason');
    const side = (of: unknown): object => (Array.isArray(of) ? { values: of } : { words: of });
    t.match(comparisonOf({ reason, facts }), { what, expected: side(expected), received: side(received) });
    t.end();
  });
}

void t.test('an entry whose reason compares nothing has no comparison', (t) => {
  t.equal(comparisonOf({ reason: 'resource.unknown', facts: {} }), undefined);
  t.equal(comparisonOf({}), undefined);
  t.match(comparisonOf({ reason: 'code.missing' }), { what: 'code' });
  t.end();
});

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
