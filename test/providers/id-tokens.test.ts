// ID tokens of provider files: their claims, who gets them, and the key that checks them.
import { createHash, createPublicKey, verify } from 'node:crypto';
import t from 'tap';
import { Shop, mistakesOf } from './files/shop.js';
import type { JsonWebKey } from 'node:crypto';
import type { Test } from 'tap';
import type { ProviderDocument } from '../../src/providers/files/schema/document.js';

type Claims = Readonly<Record<string, unknown>>;
type TokenDocument = NonNullable<NonNullable<ProviderDocument['answers']>['token']>;

/** A provider with ID tokens, as short as it can be. */
const shop: ProviderDocument = {
  endpoints: { metadata: '/.well-known/openid-configuration', jwks: '/keys', userinfo: '/userinfo' },
  scopes: { openid: 'Know who you are', read: 'Read' },
  policy: { refreshRotation: 'keep' },
  answers: { idToken: {} },
};

const now = Date.parse('2026-01-01T00:00:00Z');
const sub = 'ada@example.test';

/** A shop whose clock is stopped. */
async function open(t: Test, document: ProviderDocument = {}): Promise<Shop> {
  const opened = await Shop.open(t, { ...shop, ...document });
  await opened.world.clock.set({ now: '2026-01-01T00:00:00Z', frozen: true });
  return opened;
}

const part = (token: string, index: number): Claims =>
  JSON.parse(Buffer.from(String(token.split('.')[index]), 'base64url').toString()) as Claims;
const claimsOf = (token: unknown): Claims => part(String(token), 1);

/** Whether the signature of a token is that of a key of the shop. */
async function isGood({ url }: Shop, token: string): Promise<boolean> {
  const { keys } = (await (await fetch(`${url}/keys`)).json()) as { keys: (JsonWebKey & { kid: string })[] };
  const { alg, kid } = part(token, 0);
  const key = keys.find((each) => each.kid === kid);
  if (key === undefined || alg !== 'RS256') return false;
  const end = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(end + 1), 'base64url');
  return verify('sha256', Buffer.from(token.slice(0, end)), createPublicKey({ key, format: 'jwk' }), signature);
}

t.test('a signed ID token is beside the access token of the scope openid, and only there', async (t) => {
  const opened = await open(t);
  const body = await opened.tokens({ scope: 'openid read', nonce: 'n "1"' });
  t.same(Object.keys(body), ['access_token', 'token_type', 'expires_in', 'refresh_token', 'scope', 'id_token']);
  const half = createHash('sha256').update(String(body.access_token)).digest().subarray(0, 16);
  t.same(claimsOf(body.id_token), {
    iss: opened.url,
    sub,
    aud: Shop.client.id,
    exp: now / 1000 + 3600,
    iat: now / 1000,
    nonce: 'n "1"',
    at_hash: half.toString('base64url'),
  });
  t.equal((await opened.get('/userinfo', body.access_token)).json.sub, sub, 'the same as at the userinfo endpoint');
  t.notOk((await opened.tokens({ scope: 'read', nonce: 'n' })).id_token, 'without the scope');
  t.notOk(claimsOf((await opened.tokens({ scope: 'openid' })).id_token).nonce, 'the request had no nonce');
  await opened.world.clock.advance('5m');
  const aged = claimsOf((await opened.tokens({ scope: 'openid', max_age: '60' })).id_token);
  t.same([aged.iat, aged.auth_time], [now / 1000 + 300, now / 1000 + 300], 'by the clock of the world');
});

t.test('the signature is that of the key at the JWKS endpoint, and a changed token is refused', async (t) => {
  const opened = await open(t);
  const { id_token: token = '' } = await opened.tokens({ scope: 'openid' });
  t.equal(await isGood(opened, token), true);
  const [head, , signature] = token.split('.');
  const forged = Buffer.from(JSON.stringify({ ...claimsOf(token), sub: 'grace' })).toString('base64url');
  t.equal(await isGood(opened, [head, forged, signature].join('.')), false);

  const answer = await opened.get('/keys');
  t.match(answer.headers.get('content-type'), 'application/json');
  const { keys } = answer.json as unknown as { keys: Record<string, string>[] };
  const [{ kty, n, e, ...key } = {}] = keys;
  const thumbprint = createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
  t.same([keys.length, kty, key], [1, 'RSA', { use: 'sig', alg: 'RS256', kid: thumbprint }], 'RFC 7638');
  t.equal((await opened.newest()).endpoint, 'metadata');
  const refused = await opened.send('/keys', { method: 'POST' });
  t.same([refused.status, refused.headers.get('allow')], [405, 'GET, HEAD']);
});

t.test('claims, life, condition and refresh of ID tokens are those of the file', async (t) => {
  const opened = await open(t, {
    variables: { tenant: { example: 'common' } },
    endpoints: { token: '/{tenant}/token', jwks: '/keys' },
    policy: { accessToken: 'never', refreshRotation: 'keep' },
    answers: {
      idToken: {
        when: "authorize.id == 'yes'",
        life: '10m',
        atRefresh: 'absent',
        claims: {
          iss: '{{ claims.iss }}/{{ path.tenant }}',
          aud: ['{{ client.id }}', 'other'],
          nonce: 'wrong',
          at_hash: null,
          email: '{{ user.username }}',
          phone: '{{ user.profile.phone }}',
          address: '{{ user.profile.address | or_null }}',
          groups: ['a'],
          since: '{{ auth_time }}',
        },
      },
      token: {
        body: { access_token: '{{ access_token }}', refresh_token: '{{ refresh_token }}', jwt: '{{ id_token }}' },
      },
    },
    parameters: { authorize: { id: {} } },
  });
  const body = await opened.tokens({ scope: 'read', id: 'yes', nonce: 'right' }, '/mine/token');
  t.same(claimsOf(body.jwt), {
    iss: `${opened.url}/mine`,
    sub,
    aud: [Shop.client.id, 'other'],
    exp: now / 1000 + 600,
    iat: now / 1000,
    nonce: 'wrong',
    email: sub,
    address: null,
    groups: ['a'],
    since: now / 1000,
  });
  t.notOk((await opened.tokens({ scope: 'openid' }, '/mine/token')).jwt, 'the condition does not hold');
  const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token };
  t.strictSame(Object.keys((await opened.post('/mine/token', refresh)).json), ['access_token', 'refresh_token']);
});

t.test('a refresh gives a new ID token of the same user and the same login, without nonce', async (t) => {
  const opened = await open(t, { policy: { accessToken: 'never', refreshRotation: 'keep' } });
  const first = await opened.tokens({ scope: 'openid', nonce: 'n', max_age: '60' });
  await opened.world.clock.advance('2h');
  const refresh = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
  const { id_token: token } = (await opened.post('/token', refresh)).json;
  const { at_hash: hash, ...claims } = claimsOf(token);
  t.same(claims, {
    iss: opened.url,
    sub,
    aud: Shop.client.id,
    // an access token without an end: an hour
    exp: now / 1000 + 7200 + 3600,
    iat: now / 1000 + 7200,
    auth_time: now / 1000,
  });
  t.not(hash, claimsOf(first.id_token).at_hash);
});

t.test(
  'the subject is that of the profile, as at the userinfo endpoint, and a token can be without an end',
  async (t) => {
    const opened = await open(t, { answers: { idToken: { life: 'never' } } });
    const username = 'hedy@example.test';
    await opened.world.users.add({ provider: 'shop', username, name: 'Hedy Lamarr', profile: { sub: 'g-1' } });
    await opened.world.providers.policy({ provider: 'shop', interaction: { mode: 'auto', user: username } });
    const { id_token: token, access_token: access } = await opened.tokens({ scope: 'openid' });
    t.equal(claimsOf(token).sub, 'g-1');
    t.equal((await opened.get('/userinfo', access)).json.sub, 'g-1');
    t.notOk('exp' in claimsOf(token));
  },
);

t.test('a token without a user has no ID token, and a nonce that is too long is refused', async (t) => {
  const opened = await open(t, { policy: { grants: ['authorization_code', 'client_credentials'] } });
  const own = await opened.post('/token', { grant_type: 'client_credentials', scope: 'openid' });
  t.same([own.status, own.json.id_token], [200, undefined]);
  const nonce = 'n'.repeat(1990);
  t.equal(claimsOf((await opened.tokens({ scope: 'openid', nonce })).id_token).nonce, nonce);
  const refused = await opened.callback({ scope: 'openid', nonce: `${nonce}more-than-fits` });
  t.equal(refused.get('error'), 'invalid_request');
  t.equal((await opened.newest()).reason, 'authorize.parameters-too-long');
});

t.test('the metadata say where the keys are, and how the tokens are signed', async (t) => {
  const opened = await open(t);
  t.match((await opened.get('/.well-known/openid-configuration')).json, {
    issuer: opened.url,
    userinfo_endpoint: `${opened.url}/userinfo`,
    jwks_uri: `${opened.url}/keys`,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'read'],
  });
  const plain = await open(t, { answers: {}, endpoints: { metadata: '/about' } });
  const about = (await plain.get('/about')).json;
  for (const member of ['jwks_uri', 'subject_types_supported', 'id_token_signing_alg_values_supported']) {
    t.notOk(member in about, member);
  }
});

t.test('a file of another file has its ID tokens, and changes some claims', async (t) => {
  const opened = await open(t, { answers: { idToken: { claims: { email: '{{ user.username }}', nonce: null } } } });
  await opened.world.defineProvider('shop', {
    like: 'shop',
    answers: { idToken: { life: '1m', claims: { aud: 'somebody-else' } } },
  });
  const { id_token: token = '' } = await opened.tokens({ scope: 'openid', nonce: 'n' });
  t.match(claimsOf(token), { aud: 'somebody-else', email: sub, exp: now / 1000 + 60 });
  t.notOk('nonce' in claimsOf(token));
  t.equal(await isGood(opened, token), true);
});

t.test('answers of another form have the ID token, too', async (t) => {
  for (const like of ['mailup', 'tinyemail', 'github']) {
    const opened = await open(t, {
      like,
      endpoints: { authorize: '/authorize', token: '/token', jwks: '/keys' },
      parameters: {},
      policy: { clientCredentialsIn: ['basic'] },
    });
    const code = await opened.code({ scope: 'openid' });
    const exchange = { grant_type: 'authorization_code', redirect_uri: Shop.redirectUri, code };
    const { json, text } = await opened.post('/token', exchange);
    const token = json.id_token ?? new URLSearchParams(text).get('id_token') ?? '';
    t.equal(await isGood(opened, token), true, like);
  }
});

/** A provider without ID tokens whose answers with tokens are of a type, and one like it that has them. */
const likeTyped = (token: TokenDocument): Record<string, ProviderDocument> => ({
  typed: { answers: { token } },
  shop: { ...shop, like: 'typed' },
});

t.test('an answer that is neither JSON nor a form needs its own place for the ID token', (t) => {
  const mistakes = (token: TokenDocument, own: ProviderDocument = {}): string[] => {
    const files = likeTyped(token);
    files.shop = { ...files.shop, ...own };
    const texts = Object.entries(files).map(([name, document]) => [`${name}.json`, JSON.stringify(document)] as const);
    return mistakesOf(t, Object.fromEntries(texts)).map((told) => told.replace(/^\S+ /, ''));
  };
  const told = (type: string): string[] => [
    `answers.idToken: the answer with tokens of the provider "typed" is ${type}, which has no member for an ID token: ` +
      'write answers.token with {{ id_token }}',
  ];
  t.same(mistakes({ as: 'text', body: '{{ access_token }}' }), told('text/plain'));
  t.same(
    mistakes({ as: 'text', headers: { 'Content-Type': 'Text/XML; charset=utf-8' }, body: '<a/>' }),
    told('text/xml'),
  );
  t.same(mistakes({ cases: [{ when: 'accept', as: 'text' }], body: {} }), [], 'only in one of its cases');
  t.same(mistakes({ headers: { 'content-type': '{{ accept }}' }, body: {} }), [], 'only a template knows it');
  t.same(mistakes({ headers: { 'content-type': 'application/vnd.a+json' }, body: {} }), []);
  t.same(mistakes({ as: 'form', body: {}, cases: [{ when: 'accept', as: 'json' }] }), []);
  const answers = { idToken: {}, token: { as: 'text', body: '{{ id_token }}' } } as const;
  t.same(mistakes({ as: 'text', body: '{{ access_token }}' }, { answers }), []);
  t.end();
});

t.test('an ID token is added to JSON and to forms, and to no other text', async (t) => {
  const tokenAnswer = async (token: TokenDocument): Promise<[Shop, string, number]> => {
    const { shop: document, typed } = likeTyped(token);
    const opened = await Shop.open(t, typed as ProviderDocument);
    await opened.world.defineProvider('shop', {
      ...document,
      like: 'shop',
      policy: { interaction: { mode: 'auto', user: sub, decision: 'allow' } },
    });
    const code = await opened.code({ scope: 'openid' });
    const { status, text } = await opened.post('/token', {
      grant_type: 'authorization_code',
      redirect_uri: Shop.redirectUri,
      code,
    });
    return [opened, text, status];
  };
  const [ofForm, form] = await tokenAnswer({ as: 'form', body: { a: '{not json' } });
  t.equal(await isGood(ofForm, new URLSearchParams(form).get('id_token') ?? ''), true, 'a form');
  const [, empty] = await tokenAnswer({ as: 'form' });
  t.match(empty, /^id_token=/);
  const [ofText, text] = await tokenAnswer({ as: 'text', headers: { 'content-type': 'text/json' }, body: ' {"a":1}' });
  t.equal(await isGood(ofText, (JSON.parse(text) as { id_token: string }).id_token), true, 'a text that is JSON');
  for (const body of ['[]', '{"a"', '"a"', 'null']) {
    const [opened, , status] = await tokenAnswer({ as: 'text', headers: { 'content-type': 'text/json' }, body });
    t.equal(status, 500, body);
    t.match((await opened.newest()).explanation, /the type "text\/json" has no member for an ID token/);
  }
  const [, , status] = await tokenAnswer({ headers: { 'content-type': "{{ 'text/plain' }}" }, body: {} });
  t.equal(status, 500, 'only a template knows the type');
});

t.test('by the answers of the RFCs an ID token is sent as well', async (t) => {
  const opened = await open(t, {
    policy: { answerFormat: 'rfc' },
    answers: { token: { body: { access_token: '{{ access_token }}' } }, idToken: {} },
  });
  const { id_token: token = '' } = await opened.tokens({ scope: 'openid' });
  t.equal(await isGood(opened, token), true);
});

t.test('the journal shows an ID token as a fingerprint, wherever it is', async (t) => {
  const opened = await open(t, {
    answers: { idToken: {}, token: { body: { access_token: '{{ access_token }}', jwt: '{{ id_token }}' } } },
  });
  const { jwt = '' } = await opened.tokens({ scope: 'openid' });
  const exchanged = JSON.stringify(await opened.newest());
  t.notOk(exchanged.includes(jwt));
  t.match(exchanged, /"jwt":"[^".]+"/, 'its member is there');
  await opened.get(`/.well-known/openid-configuration?id_token_hint=${jwt}`);
  t.notOk(JSON.stringify(await opened.newest()).includes(jwt));
});

t.test('a call of the API can send the key in another form', async (t) => {
  const opened = await open(t, {
    resources: [
      {
        path: '/certs',
        authentication: 'none',
        as: 'text',
        headers: { 'content-type': 'application/json' },
        body: '{ {{ signing_key.kid | json }}: {{ signing_key.pem | json }} }',
      },
    ],
  });
  const { id_token: token = '' } = await opened.tokens({ scope: 'openid' });
  const { json } = await opened.get('/api/certs');
  const end = token.lastIndexOf('.');
  const pem = String(json[String(part(token, 0).kid)]);
  t.match(pem, /^-----BEGIN PUBLIC KEY-----\n/);
  t.ok(verify('sha256', Buffer.from(token.slice(0, end)), pem, Buffer.from(token.slice(end + 1), 'base64url')));
});

t.test('a file that has the ID tokens of another one is judged by what it makes of them', (t) => {
  const mistakes = (members: ProviderDocument, base: ProviderDocument = shop): string[] =>
    mistakesOf(t, {
      'base.json': JSON.stringify(base),
      'heir.json': JSON.stringify({ like: 'base', ...members }),
    }).map((told) => told.replace(/^\S+ /, ''));
  const whose = 'the ID tokens are those of the provider "base": ';
  const noScope = 'no answer would have one: the provider has no scope "openid", and there is no condition (when)';
  t.same(mistakes({}), []);
  t.same(mistakes({ scopes: { read: 'Read' } }), [`scopes: ${whose}${noScope}`]);
  t.same(mistakes({ endpoints: { metadata: '/about' } }), [
    `endpoints: ${whose}needs endpoints.jwks beside endpoints.metadata`,
  ]);
  t.same(mistakes({ scopes: { read: 'Read' }, answers: { idToken: { life: '1m' } } }), [`answers.idToken: ${noScope}`]);
  t.same(mistakes({ scopes: { read: 'Read' }, answers: { idToken: { when: 'user' } } }), []);
  t.same(mistakes({ scopes: { read: 'Read' } }, { ...shop, answers: { idToken: { when: 'user' } } }), []);
  t.end();
});

t.test('a file with ID tokens that nobody gets or checks is refused, with the place', async (t) => {
  const mistakes = (members: ProviderDocument): string[] =>
    mistakesOf(t, { 'shop.json': JSON.stringify({ ...shop, ...members }) }).map((told) => told.replace(/^\S+ /, ''));
  t.same(mistakes({}), []);
  t.same(mistakes({ scopes: { read: 'Read' } }), [
    'answers.idToken: no answer would have one: the provider has no scope "openid", and there is no condition (when)',
  ]);
  t.same(mistakes({ endpoints: { metadata: '/about' } }), [
    'answers.idToken: needs endpoints.jwks beside endpoints.metadata',
  ]);
  t.same(mistakes({ endpoints: { jwks: ['/token', '/{of}/keys'] } }), [
    'endpoints.jwks: the variable {of} is not among the variables of this file',
    'endpoints.jwks: /token is also a path of the endpoint token',
  ]);
  t.same(mistakes({ answers: { idToken: { when: 'scope = 1', claims: { a: '{{ user.mail }}' } } } }), [
    'answers.idToken.when: "=" is no operator here; did you mean "=="?',
    'answers.idToken.claims.a: "user" has no member "mail"; known: id, username, name, profile, suspended',
  ]);
  t.same(mistakes({ answers: { idTokens: {} } as object }), [
    'answers.idTokens: is not a member here; did you mean "idToken"?',
  ]);
  t.same(mistakes({ answers: { idToken: { life: 'soon', atRefresh: 'no' } } as object }), [
    'answers.idToken.life: expected: the lifetime of an ID token as a duration: 90s, 61m, 2h30m, 1d, PT15M, or never, got "soon"',
    'answers.idToken.atRefresh: expected one of sent, absent, got "no"',
  ]);
});
