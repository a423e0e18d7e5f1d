import t from 'tap';
import { reasons } from '../../src/core/errors.js';
import { comparisonOf } from '../../src/admin/comparison/comparisons.js';

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
    'Sent before 2026-11-21T12:00:00.000Z, when it expired',
    'Sent at 2026-11-21T12:00:01.500Z',
  ],
  ['bearer.removed', { at, removedAt: now }, 'access token', /Sent before .*12:00:00.000Z/, /after .*12:00:01.500Z/],
  [
    'bearer.revoked',
    { at, because: 'a test' },
    'access token',
    'An access token that is valid',
    /12:00:00.000Z: a test$/,
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
  ['client.secret-unknown', { method: 'basic' }, 'client secret', /registered client/, /sent by basic/],
  ['client.assertion-type', { expected: 'a', type: 'b' }, 'client_assertion_type', ['a'], ['b']],
  ['client.assertion-audience', { expected: ['a'], received: ['b'] }, /^aud/, ['a'], ['b']],
  ['client.assertion-expired', { at, now }, 'client_assertion', /12:00:00/, /12:00:01/],
  ['client.ids-differ', { inBasic: 'a', inParameters: 'b' }, /client_id/, ['a'], ['b']],
  ['code.missing', {}, 'code', /redirect/, 'Nothing was sent'],
  ['code.unknown', { code: 'fp:1' }, 'authorization code', /that this provider issued/, ['fp:1']],
  ['code.expired', { at, now }, 'authorization code', /12:00:00/, /12:00:01/],
  ['code.replayed', { spentAt: at }, 'authorization code', /not used yet/, 'Already used at 2026-11-21T12:00:00.000Z'],
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
  ['refresh.idle', { at, now }, 'refresh token', /12:00:00/, /12:00:01/],
  ['refresh.removed', { at, removedAt: now }, 'refresh token', /12:00:00/, /12:00:01/],
  ['refresh.revoked', { at, because: 'b' }, 'refresh token', /valid/, /b$/],
  ['refresh.replaced', { at }, 'refresh token', /newer/, 'The old one, replaced at 2026-11-21T12:00:00.000Z'],
  ['refresh.client-missing', { ownerId: 'a' }, 'client', ['a'], 'Nothing was sent'],
  ['refresh.other-client', { ownerId: 'a', clientId: 'b' }, 'client', ['a'], ['b']],
  ['request.method-not-allowed', { allowed: ['POST'], method: 'GET' }, 'method', ['POST'], ['GET']],
  ['request.content-type-unsupported', { accepted: ['a'] }, 'Content-Type', ['a'], 'Nothing was sent'],
  ['request.parameter-repeated', { name: 'state', values: ['1', '2'] }, 'parameter state', 'Sent once', ['1', '2']],
  ['request.parameter-missing', { name: 'a', values: ['b'] }, 'parameter a', ['b'], 'Nothing was sent'],
  ['request.parameter-missing', { name: 'a', values: [] }, 'parameter a', 'A value', 'Nothing was sent'],
  ['request.parameter-unsupported', { name: 'a', value: 'x', values: ['b'] }, 'parameter a', ['b'], ['x']],
  [
    'request.parameter-unsupported',
    { name: 'a', value: 'x', values: [], pattern: '^b' },
    'parameter a',
    'What matches ^b',
    ['x'],
  ],
  [
    'authorize.parameters-too-long',
    { count: 2, length: 2001, longest: 'nonce', mostKept: 20, maxKept: 2000 },
    'parameters that the provider keeps',
    'At most 20, with 2000 characters',
    '2, with 2001 characters',
  ],
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
    t.match(comparisonOf(reason, facts), { what, expected: side(expected), received: side(received) });
    t.end();
  });
}

void t.test('a reason that compares nothing has no comparison, and facts can be absent', (t) => {
  t.equal(comparisonOf('resource.unknown', {}), undefined);
  t.match(comparisonOf('code.missing', undefined), { what: 'code' });
  t.end();
});
