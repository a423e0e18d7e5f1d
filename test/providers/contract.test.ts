import { generateKeyPairSync, sign } from 'node:crypto';
import t from 'tap';
import { request } from '../raw.js';
import type { Test } from 'tap';
import { reasons } from '../../src/core/errors.js';
import { revokeGrant } from '../../src/core/revoke.js';
import { providers } from '../../src/providers/index.js';
import { standard } from '../../src/providers/standard.js';
import { demo, startServer, inject } from '../support.js';
import { providersOfFiles } from './files/providers-of-files.js';
import { Visit, auto, basic, credentials, hiddenFields, other, tokens } from './visit.js';
import type { Reason } from '../../src/core/errors.js';
import type { Provider } from '../../src/providers/provider.js';
import type { TestServer } from '../support.js';
import type { ParameterRules, ParameterStep } from '../../src/core/parameter-rules.js';
import type { Parameters } from './visit.js';

/** Provokes one reason at any provider. Changes the policy if that of the provider makes the reason unreachable. */
type Attempt = (
  visit: Visit,
) => Promise<{ readonly response: Response; readonly values?: Readonly<Record<string, string>> }>;

const verifier = 'v'.repeat(43);
const challenge = { code_challenge: verifier, code_challenge_method: 'plain' };
const narrow = { client_id: 'narrow-client', client_secret: 'narrow-secret' };
const bare = { client_id: 'bare-client', client_secret: 'bare-secret' };
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keyed = { id: 'keyed-client', publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string };
const open = (name: Provider['endpoints']['revoke']): string => name[0]!;

const clientCredentials = async (visit: Visit, parameters: Parameters = {}): ReturnType<Attempt> => ({
  response: await visit.token({ grant_type: 'client_credentials', ...credentials, ...parameters }),
});
const authorize = async (visit: Visit, parameters: Parameters): ReturnType<Attempt> => ({
  response: await visit.authorize(parameters),
});
const asForm = (body: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body,
});

/** Tokens that are revoked because their code was sent twice. */
async function revokedPair(visit: Visit): Promise<{ access: string; refresh: string }> {
  const code = await visit.code();
  const pair = await tokens(await visit.exchange(code));
  await visit.exchange(code);
  return pair;
}

/** A token request with two Authorization headers, which fetch cannot send. */
async function withTwoHeaders({ server, path, provider }: Visit): Promise<Response> {
  const { status, headers, body } = await request(
    server.url,
    `POST ${path}${provider.endpoints.token[0]}`,
    ['Content-Type: application/x-www-form-urlencoded', 'Authorization: Basic YTpi', 'Authorization: Basic YTpi'],
    'grant_type=refresh_token',
  );
  return new Response(body, { status, headers: { ...headers } });
}

/** 2026-01-01T00:00:00Z, at which the clock of a visit stands, in seconds. */
const start = 1_767_225_600;

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token request by a client with a key. Without changes it is right. */
async function asserted(
  visit: Visit,
  { signature, ...claims }: Readonly<Record<string, unknown>> = {},
  parameters: Parameters = {},
): ReturnType<Attempt> {
  const aud = visit.base + visit.provider.endpoints.token[0];
  const all = { iss: keyed.id, sub: keyed.id, aud, exp: start + 60, jti: 'one', ...claims };
  const signed = `${base64url({ alg: 'ES256' })}.${base64url(all)}`;
  const right = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const response = await visit.policy({ clientCredentialsIn: ['private-key-jwt'] }).token({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: `${signed}.${(signature as string | undefined) ?? right.toString('base64url')}`,
    ...parameters,
  });
  return { response };
}

/** The values of `aud` that name the server of a visit. */
function audiencesOf({ base, provider: { origin, endpoints } }: Visit): string {
  const all = [base, origin].flatMap((each) => [...endpoints.token, ''].map((path) => each + path));
  return [...new Set(all)].map((each) => `"${each}"`).join(', ');
}

/** The provider asks for parameters beyond RFC 6749. */
function asksFor(visit: Visit, step: ParameterStep, rules: ParameterRules): Visit {
  Object.assign(visit.realm, { parameters: { ...visit.realm.parameters, [step]: rules } });
  return visit;
}

const attempts: Readonly<Record<Reason, Attempt>> = {
  'request.method-not-allowed': async (visit) => ({
    response: await visit.fetch(visit.provider.endpoints.token[0], {
      method: 'DELETE',
      headers: { authorization: basic(demo.id, demo.secret) },
    }),
    values: { method: 'DELETE', allowed: visit.realm.policy.tokenMethods.map((each) => `"${each}"`).join(', ') },
  }),
  'request.path-unknown': async (visit) => ({
    response: await visit.fetch('/nowhere'),
    values: { path: `${visit.path}/nowhere`, known: known(visit) },
  }),
  'request.path-malformed': async (visit) => ({
    response: await visit.fetch('/%zz'),
    values: { path: `${visit.path}/%zz` },
  }),
  'request.body-malformed': async (visit) => ({
    response: await visit.policy({ tokenBodyTypes: ['form', 'json'] }).fetch(visit.provider.endpoints.token[0], {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"grant_type":',
    }),
  }),
  'request.body-too-large': async (visit) => ({
    response: await visit.fetch(visit.provider.endpoints.token[0], asForm(`a=${'a'.repeat(65_536)}`)),
  }),
  'request.content-type-unsupported': async (visit) => ({
    response: await visit.policy({ unreadBody: 'refused' }).fetch(visit.provider.endpoints.token[0], {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'grant_type=refresh_token',
    }),
  }),
  'request.content-type-malformed': async (visit) => ({
    response: await visit.policy({ unreadBody: 'ignored-unless-malformed' }).fetch(visit.provider.endpoints.token[0], {
      method: 'POST',
      headers: { 'content-type': 'form' },
      body: 'grant_type=refresh_token',
    }),
  }),
  'request.accept-malformed': async (visit) => ({
    response: await visit.policy({ acceptMalformed: 'refused' }).fetch(visit.provider.endpoints.token[0], {
      ...asForm('grant_type=refresh_token'),
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'json' },
    }),
  }),
  'request.parameter-repeated': async (visit) => ({
    response: await visit
      .policy({ parametersRepeated: 'refused' })
      .fetch(visit.provider.endpoints.token[0], asForm('grant_type=a&grant_type=b')),
  }),
  'request.parameter-missing': async (visit) => ({
    response: await asksFor(visit, 'token', { audience: { required: true, values: ['api', 'web'] } }).exchange(
      await visit.code(),
    ),
  }),
  'request.parameter-unsupported': async (visit) => ({
    response: await asksFor(visit, 'token', { audience: { values: ['api', 'web'] } }).exchange(await visit.code(), {
      audience: 'other',
    }),
  }),
  'authorize.parameters-too-long': (visit) =>
    authorize(asksFor(visit, 'authorize', { nonce: {} }), { state: 's', nonce: 'n'.repeat(2000) }),
  'request.secret-in-url': async (visit) => ({
    response: await visit
      .policy({ secretInUrl: 'refused' })
      .fetch(`${visit.provider.endpoints.token[0]}?client_secret=x`, asForm('grant_type=a')),
  }),
  'request.authorization-repeated': async (visit) => ({
    response: await withTwoHeaders(visit.policy({ authorizationTwice: 'refused' })),
  }),
  'request.parameter-malformed': async (visit) => ({
    response: await visit
      .policy({ tokenBodyTypes: ['form', 'json'], parameterSyntax: 'plain' })
      .fetch(visit.provider.endpoints.token[0], {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"grant_type":{"a":1}}',
      }),
  }),

  'client.missing': (visit) => clientCredentials(visit, { client_id: undefined, client_secret: undefined }),
  'client.unknown': (visit) => clientCredentials(visit, { client_id: 'nobody' }),
  'client.secret-missing': (visit) => clientCredentials(visit, { client_secret: undefined }),
  'client.secret-wrong': (visit) => clientCredentials(visit, { client_secret: 'wrong' }),
  'client.secret-unknown': async (visit) => ({
    response: await visit
      .policy({ clientCredentialsIn: ['basic-secret-as-user'] })
      .token({ grant_type: 'client_credentials' }, { headers: { authorization: basic('sk_wrong', '') } }),
  }),
  'client.assertion-type': (visit) => asserted(visit, {}, { client_assertion_type: 'saml' }),
  'client.assertion-malformed': (visit) => asserted(visit, {}, { client_assertion: 'a.b' }),
  'client.assertion-subject': (visit) => asserted(visit, { iss: 'somebody' }),
  'client.assertion-key-missing': (visit) => asserted(visit, { iss: demo.id, sub: demo.id }),
  'client.assertion-signature': (visit) => asserted(visit, { signature: 'wrong' }),
  'client.assertion-audience': async (visit) => ({
    ...(await asserted(visit, { aud: 'https://else.example' })),
    values: { audiences: audiencesOf(visit) },
  }),
  'client.assertion-expired': (visit) => asserted(visit, { exp: start - 5 }),
  async 'client.assertion-replayed'(visit) {
    await asserted(visit);
    return asserted(visit);
  },
  'client.ids-differ': async (visit) => ({
    response: await visit
      .policy({ clientCredentialsTwice: 'parameters-first' })
      .token(
        { grant_type: 'client_credentials', ...credentials },
        { headers: { authorization: basic(other.client_id, other.client_secret) } },
      ),
  }),
  'client.credentials-twice': async (visit) => ({
    response: await visit
      .policy({ clientCredentialsTwice: 'accepted-if-same' })
      .token(
        { grant_type: 'client_credentials', ...credentials },
        { headers: { authorization: basic(demo.id, 'wrong') } },
      ),
  }),

  'grant.missing': async (visit) => ({ response: await visit.token(credentials) }),
  'grant.unsupported': async (visit) => ({ response: await visit.token({ ...credentials, grant_type: 'made-up' }) }),
  'grant.implicit': async (visit) => ({
    response: await visit
      .policy({ implicitAtToken: 'invalid-grant' })
      .token({ ...credentials, grant_type: 'implicit' }),
  }),
  'grant.unauthorized': async (visit) => ({
    response: await visit.token({ ...bare, grant_type: 'client_credentials' }),
    values: { grantType: 'client_credentials' },
  }),

  'code.missing': async (visit) => ({
    response: await visit.token({ ...credentials, grant_type: 'authorization_code' }),
  }),
  'code.unknown': async (visit) => ({ response: await visit.exchange('made-up'), values: { code: 'made-up' } }),
  async 'code.expired'(visit) {
    const code = await visit.code();
    visit.advance(605);
    return { response: await visit.exchange(code), values: { code } };
  },
  async 'code.replayed'(visit) {
    const code = await visit.code();
    await visit.exchange(code);
    return { response: await visit.exchange(code), values: { code } };
  },
  async 'code.revoked'(visit) {
    const code = await visit.code();
    revokeGrant(visit.realm.codes.get(code)!.grant, visit.realm.now(), 'a test revoked it');
    return { response: await visit.exchange(code), values: { code } };
  },
  'code.other-client': async (visit) => ({ response: await visit.exchange(await visit.code(), other) }),
  async 'code.redirect-uri-missing'(visit) {
    visit.policy({ redirectUriAtToken: 'required' });
    return { response: await visit.exchange(await visit.code(), { redirect_uri: undefined }) };
  },
  'code.redirect-uri-differs': async (visit) => ({
    response: await visit.exchange(await visit.code(), { redirect_uri: 'http://localhost:3000/other' }),
  }),

  'pkce.verifier-missing': async (visit) => ({ response: await visit.exchange(await visit.code(challenge)) }),
  'pkce.verifier-malformed': async (visit) => ({
    response: await visit.exchange(await visit.code(challenge), { code_verifier: 'short' }),
  }),
  'pkce.verifier-mismatch': async (visit) => ({
    response: await visit.exchange(await visit.code(challenge), { code_verifier: 'w'.repeat(43) }),
  }),
  'pkce.verifier-unexpected': async (visit) => ({
    response: await visit.exchange(await visit.code(), { code_verifier: verifier }),
  }),
  'pkce.challenge-missing': (visit) => authorize(visit.policy({ pkce: 'required' }), { state: 's' }),
  'pkce.challenge-malformed': (visit) => authorize(visit, { state: 's', code_challenge: 'short' }),
  'pkce.method-missing': (visit) =>
    authorize(visit.policy({ pkceMethodOmitted: 'refused' }), { state: 's', code_challenge: verifier }),
  'pkce.method-unsupported': (visit) => authorize(visit, { state: 's', ...challenge, code_challenge_method: 'S512' }),

  'refresh.missing': async (visit) => ({
    response: await visit.token({ ...credentials, grant_type: 'refresh_token' }),
  }),
  'refresh.unknown': async (visit) => ({
    response: await visit.refresh('made-up'),
    values: { refreshToken: 'made-up' },
  }),
  async 'refresh.expired'(visit) {
    visit.policy({ refreshTokenSeconds: 3600 });
    const { refresh } = await visit.pair();
    visit.advance(3605);
    return { response: await visit.refresh(refresh), values: { refreshToken: refresh } };
  },
  async 'refresh.idle'(visit) {
    visit.policy({ refreshTokenIdleSeconds: 3600, refreshTokenSeconds: 7200 });
    const { refresh } = await visit.pair();
    visit.advance(3605);
    return { response: await visit.refresh(refresh), values: { refreshToken: refresh } };
  },
  async 'refresh.removed'(visit) {
    visit.policy({ refreshTokenSeconds: 3600, expiredTokens: 'removed-when-sent' });
    const { refresh } = await visit.pair();
    visit.advance(3605);
    await visit.refresh(refresh);
    return { response: await visit.refresh(refresh), values: { refreshToken: refresh } };
  },
  async 'refresh.revoked'(visit) {
    const { refresh } = await revokedPair(visit);
    return { response: await visit.refresh(refresh), values: { refreshToken: refresh } };
  },
  async 'refresh.replaced'(visit) {
    visit.policy({ refreshRotation: 'rotate' });
    const { refresh } = await visit.pair();
    const { refresh_token: replacedBy } = (await (await visit.refresh(refresh)).json()) as { refresh_token: string };
    return { response: await visit.refresh(refresh), values: { refreshToken: refresh, replacedBy } };
  },
  async 'refresh.client-missing'(visit) {
    visit.policy({ clientMissingAtRefresh: 'grant-refused' });
    const { refresh } = await visit.pair();
    return { response: await visit.refresh(refresh, { client_id: undefined, client_secret: undefined }) };
  },
  async 'refresh.other-client'(visit) {
    const { refresh } = await visit.pair();
    return { response: await visit.refresh(refresh, other), values: { refreshToken: refresh } };
  },

  'password.username-missing': async (visit) => ({
    response: await visit.token({ ...credentials, grant_type: 'password', password: 'p' }),
    values: { name: visit.realm.policy.passwordGrantUsername },
  }),
  'password.password-missing': async (visit) => ({
    response: await visit.token({
      ...credentials,
      grant_type: 'password',
      [visit.realm.policy.passwordGrantUsername]: demo.username,
    }),
  }),
  'password.provider-unknown': async (visit) => ({
    response: await visit
      .policy({ passwordGrantProvider: 'refused' })
      .token({ ...credentials, grant_type: 'password', provider: 'ldap' }),
  }),
  'password.wrong': async (visit) => ({
    response: await visit.token({
      ...credentials,
      grant_type: 'password',
      [visit.realm.policy.passwordGrantUsername]: demo.username,
      password: 'wrong',
    }),
  }),

  'scope.malformed': async (visit) => ({
    ...(await clientCredentials(visit, { scope: 'a"b' })),
    values: { scope: 'a"b' },
  }),
  'scope.missing': (visit) => clientCredentials(visit.policy({ scopeWhenOmitted: 'refused' })),
  'scope.unknown': async (visit) => ({
    ...(await clientCredentials(visit, { scope: 'made.up' })),
    values: { scope: 'made.up', allowed: 'open.scope closed.scope' },
  }),
  'scope.not-allowed': async (visit) => ({
    ...(await clientCredentials(visit, { ...narrow, scope: 'closed.scope' })),
    values: { scope: 'closed.scope', allowed: 'open.scope' },
  }),
  async 'scope.wider-than-granted'(visit) {
    const { refresh } = await visit.pair({ scope: 'open.scope' });
    return {
      response: await visit.refresh(refresh, { scope: 'closed.scope' }),
      values: { scope: 'closed.scope', allowed: 'open.scope' },
    };
  },

  'authorize.client-missing': (visit) => authorize(visit, { client_id: undefined }),
  'authorize.client-unknown': async (visit) => ({
    ...(await authorize(visit, { client_id: 'nobody' })),
    values: { clientId: 'nobody' },
  }),
  'authorize.secret-wrong': (visit) =>
    authorize(visit.policy({ secretAtAuthorize: 'checked', secretInUrl: 'accepted' }), { client_secret: 'wrong' }),
  'authorize.redirect-uri-missing': (visit) => authorize(visit, { redirect_uri: undefined }),
  'authorize.redirect-uri-malformed': (visit) => authorize(visit, { redirect_uri: 'javascript:alert(1)' }),
  'authorize.redirect-uri-unregistered': async (visit) => ({
    ...(await authorize(visit, { redirect_uri: 'http://localhost:3000/other' })),
    values: { received: 'http://localhost:3000/other' },
  }),
  'authorize.response-type-missing': (visit) => authorize(visit, { state: 's', response_type: undefined }),
  'authorize.response-type-unsupported': async (visit) => ({
    ...(await authorize(visit, { state: 's', response_type: 'token' })),
    values: { responseType: 'token' },
  }),
  'authorize.response-mode-unsupported': (visit) =>
    authorize(visit.policy({ responseModes: ['query', 'fragment'] }), { state: 's', response_mode: 'magic' }),
  'authorize.grant-unauthorized': (visit) => authorize(visit, { state: 's', client_id: bare.client_id }),
  'authorize.denied': (visit) => authorize(visit.policy({ interaction: auto('deny') }), { state: 's' }),
  'authorize.user-unknown': (visit) => authorize(visit.policy({ interaction: auto('allow', 'nobody') }), {}),

  'page.unknown': async (visit) => ({
    response: await visit.fetch(`${visit.provider.endpoints.login}?authorization=none`),
  }),
  async 'page.other-browser'(visit) {
    const { url, page } = await visit.begin();
    visit.cookie = '';
    return {
      response: await visit.submit(url, { ...hiddenFields(page), username: demo.username, password: demo.password }),
    };
  },
  async 'page.forged'(visit) {
    const { url } = await visit.begin();
    return { response: await visit.submit(url, { username: demo.username, password: demo.password }) };
  },

  'bearer.missing': async (visit) => ({ response: await visit.api('/stub') }),
  'bearer.malformed': async (visit) => ({
    response: await visit.api('/stub', undefined, { headers: { authorization: 'Token abc' } }),
  }),
  'bearer.twice': async (visit) => ({ response: await visit.api('/stub?access_token=b', 'a') }),
  'bearer.unknown': async (visit) => ({ response: await visit.api('/stub', 'made-up'), values: { token: 'made-up' } }),
  async 'bearer.expired'(visit) {
    visit.policy({ accessTokenSeconds: 3600 });
    const { access } = await visit.pair();
    visit.advance(3605);
    return { response: await visit.api('/stub', access), values: { token: access } };
  },
  async 'bearer.removed'(visit) {
    visit.policy({ accessTokenSeconds: 3600, expiredTokens: 'removed-when-sent' });
    const { access } = await visit.pair();
    visit.advance(3605);
    await visit.api('/stub', access);
    return { response: await visit.api('/stub', access), values: { token: access } };
  },
  async 'bearer.revoked'(visit) {
    const { access } = await revokedPair(visit);
    return { response: await visit.api('/stub', access), values: { token: access } };
  },
  async 'bearer.insufficient-scope'(visit) {
    const { access } = await visit.pair({ scope: 'open.scope' });
    return { response: await visit.api('/guarded', access) };
  },
  async 'resource.suspended'(visit) {
    const { access } = await visit.pair();
    visit.realm.users.set(demo.username, { ...visit.realm.user(demo.username)!, suspended: true });
    return { response: await visit.api('/stub', access) };
  },
  async 'resource.too-many-calls'(visit) {
    visit.policy({ callsPerSecond: 1 });
    const { access } = await visit.pair();
    await visit.api('/stub', access);
    return { response: await visit.api('/stub', access), values: { limit: '1', actual: '2' } };
  },
  async 'resource.unknown'(visit) {
    const { access } = await visit.pair();
    return {
      response: await visit.api('/nowhere', access),
      values: { path: `${visit.provider.endpoints.api[0]}/nowhere` },
    };
  },

  'revoke.token-missing': async (visit) => ({
    response: await visit.token(credentials, { path: open(visit.provider.endpoints.revoke) }),
  }),
  'revoke.unauthorized': async (visit) => ({
    response: await visit
      .policy({ revokeClientFailure: 'as-unauthorized' })
      .token({ token: 'made-up' }, { path: open(visit.provider.endpoints.revoke) }),
  }),
  'introspect.token-missing': async (visit) => ({
    response: await visit.token(credentials, { path: open(visit.provider.endpoints.introspect) }),
  }),
  'introspect.unauthorized': async (visit) => ({
    response: await visit.token({ token: 'made-up' }, { path: open(visit.provider.endpoints.introspect) }),
  }),
  async 'introspect.bearer-not-allowed'(visit) {
    visit.policy({ introspectionBy: ['bearer'] });
    const { access } = await visit.pair();
    const headers = { authorization: `Bearer ${access}` };
    return {
      response: await visit.token({ token: access }, { path: open(visit.provider.endpoints.introspect), headers }),
    };
  },

  async 'server.failed'(visit) {
    const accessToken = (): never => {
      throw new Error('no chance left');
    };
    Object.assign(visit.realm, { generate: { ...visit.realm.generate, accessToken } });
    return clientCredentials(visit);
  },
};

function known({ path, provider: { endpoints } }: Visit): string {
  const { authorize: first, token, revoke, introspect, tokenInfo, userinfo, metadata, api } = endpoints;
  const called = [...token, ...revoke, ...introspect, ...tokenInfo, ...userinfo];
  return [...first, ...called, ...api.map((each) => `${each}/…`), ...metadata]
    .map((each) => `"${path}${each}"`)
    .join(', ');
}

const clients = '"understudy-client", "other-client", "narrow-client", "bare-client", "keyed-client"';
const redirectUris = '"http://localhost:3000/callback", "http://127.0.0.1:3000/callback"';

/** Explanations in the journal, the same for every provider. */
const explanations: Readonly<Record<Reason, string>> = {
  'request.method-not-allowed': 'the method was DELETE; allowed: <allowed>',
  'request.path-unknown': 'nothing is served at "<path>"; served here: <known>',
  'request.path-malformed': 'the path "<path>" cannot be percent-decoded (RFC 3986 §2.1)',
  'request.body-malformed': 'the body could not be read: Unexpected end of JSON input',
  'request.body-too-large': 'the body is larger than 65536 bytes',
  'request.content-type-unsupported':
    'the body has the Content-Type "text/plain"; accepted: "application/x-www-form-urlencoded", "application/json"',
  'request.content-type-malformed': 'the Content-Type "form" is not a media type (RFC 9110 §8.3.1)',
  'request.accept-malformed': 'the Accept header "json" is no list of media types (RFC 9110 §12.5.1)',
  'request.parameter-repeated': '"grant_type" was sent 2 times ("a", "b"); RFC 6749 §3.1 and §3.2 allow it once',
  'request.parameter-missing': '"audience" was not sent; the provider requires it: "api", "web"',
  'request.parameter-unsupported': '"audience" was "other"; it can be "api", "web"',
  'authorize.parameters-too-long':
    'the provider keeps parameters for later, 1 of this request with 2005 characters (names and values), ' +
    'and at most 20 with 2000 characters; the longest is "nonce"',
  'request.secret-in-url':
    '"client_secret" is in the URL, where logs and the browser\'s history keep it; RFC 6749 §2.3.1 forbids that',
  'request.authorization-repeated':
    '2 Authorization headers were sent; RFC 9110 §5.3 allows one, and RFC 6749 §2.3 one way of authentication a request',
  'request.parameter-malformed': '"grant_type" is malformed: it is an object, and text was expected',
  'client.missing': 'no client authentication was sent',
  'client.unknown': `client "nobody", sent by body, is not registered; registered: ${clients}`,
  'client.secret-missing': 'client "understudy-client" is confidential and sent no secret',
  'client.secret-wrong': 'the secret sent by body is not the secret of client "understudy-client"',
  'client.secret-unknown': 'no client has the secret that was sent by basic-secret-as-user',
  'client.assertion-type':
    'client_assertion_type was "saml"; it must be "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"',
  'client.assertion-malformed': 'client_assertion is malformed: it is no JSON Web Token (RFC 7523 §3)',
  'client.assertion-subject': 'iss is "somebody" and sub is "keyed-client"; all must be the client_id (RFC 7523 §3)',
  'client.assertion-key-missing': 'client "understudy-client" is registered without a publicKey that can be read',
  'client.assertion-signature': 'the signature by ES256 does not fit the publicKey (ec) of "keyed-client"',
  'client.assertion-audience': 'aud is "https://else.example"; expected one of <audiences>',
  'client.assertion-expired':
    'the client_assertion expired at 2025-12-31T23:59:55.000Z, 5 s before it was sent (2026-01-01T00:00:00.000Z)',
  'client.assertion-replayed':
    'a client_assertion with the jti "one" was already used at 2026-01-01T00:00:00.000Z (RFC 7523 §3)',
  'client.ids-differ': 'client "understudy-client" authenticated by parameters, and client "other-client" by Basic',
  'client.credentials-twice':
    'credentials were sent by basic and by body, and they differ; RFC 6749 §2.3 allows one method per request',
  'grant.missing': 'grant_type was not sent',
  'grant.unsupported':
    'grant_type was "made-up"; supported: "authorization_code", "refresh_token", "password", "client_credentials"',
  'grant.implicit': 'grant_type was "implicit"; the implicit grant ends at the authorization endpoint (RFC 6749 §4.2)',
  'grant.unauthorized': 'client "bare-client" may not use "client_credentials"; allowed: "refresh_token"',
  'code.missing': 'code was not sent',
  'code.unknown': 'the code was not issued by this realm, was altered, or is no longer stored',
  'code.expired': 'the code expired at 2026-01-01T00:10:00.000Z, 5 s before it was sent (2026-01-01T00:10:05.000Z)',
  'code.replayed':
    'the code was already used at 2026-01-01T00:00:00.000Z (entry 2); its tokens are now revoked (RFC 6749 §4.1.2)',
  'code.revoked': 'the code was revoked at 2026-01-01T00:00:00.000Z (a test revoked it)',
  'code.other-client': 'the code was issued to client "understudy-client", and client "other-client" sent it',
  'code.redirect-uri-missing': 'redirect_uri was not sent',
  'code.redirect-uri-differs': 'redirect_uri differs: the path is "/other"; in the authorization request: "/callback"',
  'pkce.verifier-missing':
    'the authorization request had a code_challenge, but the token request has no code_verifier (RFC 7636 §4.5)',
  'pkce.verifier-malformed': 'code_verifier has 5 characters; RFC 7636 §4.1 requires 43 to 128 of [A-Za-z0-9-._~]',
  'pkce.verifier-mismatch': 'the code_verifier does not match the code_challenge by the method plain (RFC 7636 §4.6)',
  'pkce.verifier-unexpected':
    'code_verifier was sent, but the authorization request had no code_challenge, ' +
    'as in a PKCE downgrade attack (RFC 9700 §2.1.1)',
  'pkce.challenge-missing': 'this realm requires PKCE, and no code_challenge was sent (RFC 7636 §4.4.1)',
  'pkce.challenge-malformed': 'code_challenge has 5 characters; RFC 7636 §4.2 requires 43 to 128 of [A-Za-z0-9-._~]',
  'pkce.method-missing': 'code_challenge came without code_challenge_method; supported: "S256", "plain"',
  'pkce.method-unsupported': 'code_challenge_method was "S512"; supported: "S256", "plain"',
  'refresh.missing': 'refresh_token was not sent',
  'refresh.unknown': 'the refresh token was not issued by this realm, was altered, or is no longer stored',
  'refresh.expired':
    'the refresh token expired at 2026-01-01T01:00:00.000Z, 5 s before it was sent (2026-01-01T01:00:05.000Z)',
  'refresh.idle':
    'the refresh token expired at 2026-01-01T01:00:00.000Z, 5 s before it was sent (2026-01-01T01:00:05.000Z); ' +
    'it was not used for too long',
  'refresh.removed':
    'the refresh token expired at 2026-01-01T01:00:00.000Z, and was removed when it was sent at 2026-01-01T01:00:05.000Z',
  'refresh.revoked': 'the refresh token was revoked at 2026-01-01T00:00:00.000Z (its code was replayed)',
  'refresh.replaced':
    'the refresh token was already replaced at 2026-01-01T00:00:00.000Z (entry 3) by a new one (<replacedBy>), which was never used: perhaps the client never got it',
  'refresh.client-missing':
    'the refresh token was issued to client "understudy-client", and no client authentication was sent',
  'refresh.other-client':
    'the refresh token was issued to client "understudy-client", and client "other-client" sent it',
  'password.username-missing': '<name> was not sent',
  'password.password-missing': 'password was not sent',
  'password.provider-unknown': 'provider was "ldap", and no such login provider is set up here',
  'password.wrong': 'the password of "ada@example.test" is wrong',
  'scope.malformed': 'scope "a\\"b" has characters outside RFC 6749 §3.3',
  'scope.missing': 'scope was not sent; known: "open.scope", "closed.scope"',
  'scope.unknown': 'scope "made.up" is unknown here; known: "open.scope", "closed.scope"',
  'scope.not-allowed': 'scope "closed.scope" is not allowed in this request; allowed: "open.scope"',
  'scope.wider-than-granted': 'scope "closed.scope" was not granted; granted: "open.scope" (RFC 6749 §6)',
  'authorize.client-missing': 'client_id was not sent',
  'authorize.client-unknown': `client "nobody" is not registered; registered: ${clients}`,
  'authorize.secret-wrong': 'the client_secret in the URL is not the secret of client "understudy-client"',
  'authorize.redirect-uri-missing': `redirect_uri was not sent; registered: ${redirectUris}`,
  'authorize.redirect-uri-malformed':
    'redirect_uri "javascript:alert(1)" has the scheme javascript:, which a browser would run or refuse',
  'authorize.redirect-uri-unregistered':
    'redirect_uri differs from the nearest of 2 registered ones: the path is "/other"; registered: "/callback"',
  'authorize.response-type-missing': 'response_type was not sent; it must be "code"',
  'authorize.response-type-unsupported': 'response_type was "token"; it must be "code"',
  'authorize.response-mode-unsupported': 'response_mode was "magic"; it can be "query", "fragment"',
  'authorize.grant-unauthorized': 'client "bare-client" may not use "authorization_code"; allowed: "refresh_token"',
  'authorize.denied': 'user "ada@example.test" denied the request',
  'authorize.user-unknown': 'interaction.user is "nobody"; the users are "ada@example.test", "grace@example.test"',
  'page.unknown':
    'no pending authorization has this id: it was answered, it expired, it ended with a restart, a reset or a change of the provider, or it never existed',
  'page.other-browser': 'the request does not have the session cookie of the browser that started this authorization',
  'page.forged': 'the anti-forgery value of the form is missing or wrong',
  'bearer.missing': 'no access token was sent',
  'bearer.malformed': 'the Authorization header is not a bearer token: the scheme is "Token", and Bearer was expected',
  'bearer.twice': 'the access token was sent in header and in query; RFC 6750 §2 allows one method per request',
  'bearer.unknown': 'the access token was not issued by this realm, was altered, or is no longer stored',
  'bearer.expired':
    'the access token expired at 2026-01-01T01:00:00.000Z, 5 s before it was sent (2026-01-01T01:00:05.000Z)',
  'bearer.removed':
    'the access token expired at 2026-01-01T01:00:00.000Z, and was removed when it was sent at 2026-01-01T01:00:05.000Z',
  'bearer.revoked': 'the access token was revoked at 2026-01-01T00:00:00.000Z (its code was replayed)',
  'bearer.insufficient-scope': 'this call needs one of "closed.scope"; the token has "open.scope"',
  'resource.suspended': 'the account "ada@example.test" is suspended',
  'resource.too-many-calls': '2 calls in one second; the limit is 1',
  'resource.unknown': 'no resource is served for GET "<path>"; a scenario can define a stub for it',
  'revoke.token-missing': 'token was not sent',
  'revoke.unauthorized': 'client authentication is missing or failed',
  'introspect.token-missing': 'token was not sent',
  'introspect.unauthorized': 'introspection needs client authentication',
  'introspect.bearer-not-allowed':
    'the access token in the header is the one to introspect, and a token may not introspect itself',
  'server.failed': 'Understudy itself failed: no chance left',
};

/** Status, error, description; at DottedSign also its code and key. */
type Row = readonly [status: number, error: string, description: string, code?: number, key?: string];

const grantInvalid =
  'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.';
const clientFailed =
  'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.';
const redirectInvalid = "The requested redirect uri is malformed or doesn't match client redirect URI.";

/** Answers to the client, as JSON or redirect. `<name>` stands for a value of the request. */
const rows: Readonly<Partial<Record<string, Readonly<Record<Reason, Row>>>>> = {
  mailup: {
    'request.method-not-allowed': [405, 'invalid_request', 'This method is not allowed here.'],
    'request.path-unknown': [404, 'not_found', 'There is nothing at this path.'],
    'request.path-malformed': [400, 'invalid_request', 'The path is not valid percent-encoding.'],
    'request.body-malformed': [400, 'invalid_request', 'The request body cannot be read.'],
    'request.body-too-large': [413, 'invalid_request', 'The request body is too large.'],
    'request.content-type-unsupported': [400, 'invalid_request', 'The content type is not supported.'],
    'request.content-type-malformed': [400, 'invalid_request', 'The content type is malformed.'],
    'request.accept-malformed': [406, 'invalid_request', 'The header Accept is malformed.'],
    'request.parameter-repeated': [400, 'invalid_request', 'A parameter is included more than once.'],
    'request.parameter-missing': [400, 'invalid_request', 'A required parameter is missing.'],
    'request.parameter-unsupported': [400, 'invalid_request', 'The value of a parameter is not supported.'],
    'authorize.parameters-too-long': [400, 'invalid_request', 'The parameters are too long.'],
    'request.secret-in-url': [400, 'invalid_request', 'Credentials must not be sent in the URL.'],
    'request.authorization-repeated': [400, 'invalid_request', 'The header Authorization is included more than once.'],
    'request.parameter-malformed': [400, 'invalid_request', 'A parameter is malformed.'],
    'client.missing': [400, 'invalid_client', 'Client credentials are invalid'],
    'client.unknown': [400, 'invalid_client', 'Client credentials are invalid'],
    'client.secret-missing': [400, 'invalid_client', 'Client credentials are invalid'],
    'client.secret-wrong': [400, 'invalid_client', 'Client credentials are invalid'],
    'client.secret-unknown': [400, 'invalid_client', 'Client credentials are invalid'],
    'client.assertion-type': [400, 'invalid_client', 'Client credentials are invalid'],
    'client.assertion-malformed': [400, 'invalid_client', 'Client credentials are invalid'],
    'client.assertion-subject': [400, 'invalid_client', 'Client credentials are invalid'],
    'client.assertion-key-missing': [400, 'invalid_client', 'Client credentials are invalid'],
    'client.assertion-signature': [400, 'invalid_client', 'Client credentials are invalid'],
    'client.assertion-audience': [400, 'invalid_client', 'Client credentials are invalid'],
    'client.assertion-expired': [400, 'invalid_client', 'Client credentials are invalid'],
    'client.assertion-replayed': [400, 'invalid_client', 'Client credentials are invalid'],
    'client.ids-differ': [400, 'invalid_client', 'Client credentials are invalid'],
    'client.credentials-twice': [400, 'invalid_request', 'More than one way of client authentication was used.'],
    'grant.missing': [400, 'invalid_request', 'The parameter grant_type is missing.'],
    'grant.unsupported': [400, 'unsupported_grant_type', 'The grant type is not supported.'],
    'grant.implicit': [400, 'invalid_grant', 'The implicit grant has no token request.'],
    'grant.unauthorized': [400, 'unauthorized_client', 'The client may not use this grant type.'],
    'code.missing': [400, 'invalid_request', 'The parameter code is missing.'],
    'code.unknown': [400, 'invalid_grant', 'The authorization code is unknown.'],
    'code.expired': [400, 'invalid_grant', 'The authorization code has expired.'],
    'code.replayed': [400, 'invalid_grant', 'The authorization code was already used.'],
    'code.revoked': [400, 'invalid_grant', 'The authorization code was revoked.'],
    'code.other-client': [400, 'invalid_grant', 'The authorization code was issued to another client.'],
    'code.redirect-uri-missing': [400, 'invalid_request', 'The parameter redirect_uri is missing.'],
    'code.redirect-uri-differs': [
      400,
      'invalid_grant',
      'The redirect_uri differs from the one of the authorization request.',
    ],
    'pkce.verifier-missing': [400, 'invalid_grant', 'The parameter code_verifier is missing.'],
    'pkce.verifier-malformed': [400, 'invalid_grant', 'The code_verifier is malformed.'],
    'pkce.verifier-mismatch': [400, 'invalid_grant', 'The code_verifier does not match.'],
    'pkce.verifier-unexpected': [400, 'invalid_grant', 'A code_verifier came without a code_challenge.'],
    'pkce.challenge-missing': [400, 'invalid_request', 'The parameter code_challenge is missing.'],
    'pkce.challenge-malformed': [400, 'invalid_request', 'The code_challenge is malformed.'],
    'pkce.method-missing': [400, 'invalid_request', 'The parameter code_challenge_method is missing.'],
    'pkce.method-unsupported': [400, 'invalid_request', 'The code_challenge_method is not supported.'],
    'refresh.missing': [400, 'invalid_request', 'The parameter refresh_token is missing.'],
    'refresh.unknown': [400, 'invalid_grant', 'The refresh token is unknown.'],
    'refresh.expired': [400, 'invalid_grant', 'The refresh token has expired.'],
    'refresh.idle': [400, 'invalid_grant', 'The refresh token has expired.'],
    'refresh.removed': [400, 'invalid_grant', 'The refresh token is unknown.'],
    'refresh.revoked': [400, 'invalid_grant', 'The refresh token was revoked.'],
    'refresh.replaced': [400, 'invalid_grant', 'The refresh token was already used.'],
    'refresh.client-missing': [400, 'invalid_grant', 'The refresh token was issued to a client.'],
    'refresh.other-client': [400, 'invalid_grant', 'The refresh token was issued to another client.'],
    'password.username-missing': [400, 'invalid_request', 'The username is missing.'],
    'password.password-missing': [400, 'invalid_request', 'The password is missing.'],
    'password.provider-unknown': [400, 'invalid_request', 'The login provider is not set up.'],
    'password.wrong': [400, 'invalid_grant', 'The username or the password is wrong.'],
    'scope.malformed': [400, 'invalid_scope', 'The scope is malformed.'],
    'scope.missing': [400, 'invalid_scope', 'The parameter scope is missing.'],
    'scope.unknown': [400, 'invalid_scope', 'The scope is unknown.'],
    'scope.not-allowed': [400, 'invalid_scope', 'The client may not ask for this scope.'],
    'scope.wider-than-granted': [400, 'invalid_scope', 'The scope is wider than the one that was granted.'],
    'authorize.client-missing': [400, 'invalid_request', 'The parameter client_id is missing.'],
    'authorize.client-unknown': [400, 'invalid_client', 'The client is unknown.'],
    'authorize.secret-wrong': [400, 'invalid_client', 'Client authentication failed.'],
    'authorize.redirect-uri-missing': [400, 'invalid_request', 'The parameter redirect_uri is missing.'],
    'authorize.redirect-uri-malformed': [400, 'invalid_request', 'The redirect_uri is malformed.'],
    'authorize.redirect-uri-unregistered': [400, 'invalid_request', 'The redirect_uri is not registered.'],
    'authorize.response-type-missing': [400, 'invalid_request', 'The parameter response_type is missing.'],
    'authorize.response-type-unsupported': [400, 'unsupported_response_type', 'The response type is not supported.'],
    'authorize.response-mode-unsupported': [400, 'unsupported_response_mode', 'The response mode is not supported.'],
    'authorize.grant-unauthorized': [400, 'unauthorized_client', 'The client may not ask for a code.'],
    'authorize.denied': [403, 'access_denied', 'The resource owner denied the request.'],
    'authorize.user-unknown': [500, 'server_error', 'The policy names a user who does not exist.'],
    'page.unknown': [400, 'invalid_request', 'This page is no longer valid.'],
    'page.other-browser': [403, 'invalid_request', 'This page was opened in another browser.'],
    'page.forged': [403, 'invalid_request', 'This form is not the one that was shown.'],
    'bearer.missing': [401, 'invalid_token', 'Authorization error: Access token is missing'],
    'bearer.malformed': [400, 'invalid_token', 'Authorization error: Access token is malformed'],
    'bearer.twice': [400, 'invalid_request', 'Authorization error: Access token was sent twice'],
    'bearer.unknown': [400, 'invalid_token', 'Authorization error: Access token is invalid'],
    'bearer.expired': [401, 'invalid_token', 'Authorization error: Access token is expired'],
    'bearer.removed': [400, 'invalid_token', 'Authorization error: Access token is invalid'],
    'bearer.revoked': [401, 'invalid_token', 'Authorization error: Access token is revoked'],
    'bearer.insufficient-scope': [
      403,
      'insufficient_scope',
      'Authorization error: The access token does not carry the scope.',
    ],
    'resource.suspended': [
      403,
      'access_denied',
      'Authorization error: Contract not signed, please login in console and accept terms of service.',
    ],
    'resource.too-many-calls': [
      429,
      'too_many_requests',
      'Authorization error (too_many_requests): Too many requests. Max:<limit> calls per second , actual:<actual>.',
    ],
    'resource.unknown': [404, 'not_found', 'There is nothing at this path.'],
    'revoke.token-missing': [400, 'invalid_request', 'The parameter token is missing.'],
    'revoke.unauthorized': [401, 'invalid_client', 'The client may not revoke this token.'],
    'introspect.token-missing': [400, 'invalid_request', 'The parameter token is missing.'],
    'introspect.unauthorized': [401, 'invalid_client', 'No client authentication was included.'],
    'introspect.bearer-not-allowed': [401, 'invalid_token', 'The access token does not allow this introspection.'],
    'server.failed': [500, 'server_error', 'Understudy itself failed.'],
  },
  tinyemail: {
    'request.method-not-allowed': [405, 'method_not_allowed', "Request method '<method>' not supported"],
    'request.path-unknown': [404, 'not_found', 'There is nothing at this path.'],
    'request.path-malformed': [400, 'invalid_request', 'The path is not valid percent-encoding.'],
    'request.body-malformed': [400, 'invalid_request', 'The request body cannot be read.'],
    'request.body-too-large': [413, 'invalid_request', 'The request body is too large.'],
    'request.content-type-unsupported': [400, 'invalid_request', 'The content type is not supported.'],
    'request.content-type-malformed': [400, 'invalid_request', 'The content type is malformed.'],
    'request.accept-malformed': [406, 'invalid_request', 'The header Accept is malformed.'],
    'request.parameter-repeated': [400, 'invalid_request', 'A parameter is included more than once.'],
    'request.parameter-missing': [400, 'invalid_request', 'A required parameter is missing.'],
    'request.parameter-unsupported': [400, 'invalid_request', 'The value of a parameter is not supported.'],
    'authorize.parameters-too-long': [400, 'invalid_request', 'The parameters are too long.'],
    'request.secret-in-url': [400, 'invalid_request', 'Credentials must not be sent in the URL.'],
    'request.authorization-repeated': [400, 'invalid_request', 'The header Authorization is included more than once.'],
    'request.parameter-malformed': [400, 'invalid_request', 'A parameter is malformed.'],
    'client.missing': [401, 'unauthorized', 'Full authentication is required to access this resource'],
    'client.unknown': [401, 'invalid_client', 'Bad client credentials'],
    'client.secret-missing': [401, 'invalid_client', 'Bad client credentials'],
    'client.secret-wrong': [401, 'invalid_client', 'Bad client credentials'],
    'client.secret-unknown': [401, 'invalid_client', 'Bad client credentials'],
    'client.assertion-type': [401, 'invalid_client', 'Bad client credentials'],
    'client.assertion-malformed': [401, 'invalid_client', 'Bad client credentials'],
    'client.assertion-subject': [401, 'invalid_client', 'Bad client credentials'],
    'client.assertion-key-missing': [401, 'invalid_client', 'Bad client credentials'],
    'client.assertion-signature': [401, 'invalid_client', 'Bad client credentials'],
    'client.assertion-audience': [401, 'invalid_client', 'Bad client credentials'],
    'client.assertion-expired': [401, 'invalid_client', 'Bad client credentials'],
    'client.assertion-replayed': [401, 'invalid_client', 'Bad client credentials'],
    'client.ids-differ': [401, 'invalid_client', 'Given client ID does not match authenticated client'],
    'client.credentials-twice': [400, 'invalid_request', 'More than one way of client authentication was used.'],
    'grant.missing': [400, 'invalid_request', 'Missing grant type'],
    'grant.unsupported': [400, 'unsupported_grant_type', 'Unsupported grant type'],
    'grant.implicit': [400, 'invalid_grant', 'Implicit grant type not supported from token endpoint'],
    'grant.unauthorized': [401, 'invalid_client', 'Unauthorized grant type: <grantType>'],
    'code.missing': [400, 'invalid_request', 'An authorization code must be supplied.'],
    'code.unknown': [400, 'invalid_grant', 'Invalid authorization code: <code>'],
    'code.expired': [400, 'invalid_grant', 'Invalid authorization code: <code>'],
    'code.replayed': [400, 'invalid_grant', 'Invalid authorization code: <code>'],
    'code.revoked': [400, 'invalid_grant', 'Invalid authorization code: <code>'],
    'code.other-client': [401, 'invalid_client', 'Client ID mismatch'],
    'code.redirect-uri-missing': [400, 'invalid_grant', 'Redirect URI mismatch.'],
    'code.redirect-uri-differs': [400, 'invalid_grant', 'Redirect URI mismatch.'],
    'pkce.verifier-missing': [400, 'invalid_grant', 'The parameter code_verifier is missing.'],
    'pkce.verifier-malformed': [400, 'invalid_grant', 'The code_verifier is malformed.'],
    'pkce.verifier-mismatch': [400, 'invalid_grant', 'The code_verifier does not match.'],
    'pkce.verifier-unexpected': [400, 'invalid_grant', 'A code_verifier came without a code_challenge.'],
    'pkce.challenge-missing': [400, 'invalid_request', 'The parameter code_challenge is missing.'],
    'pkce.challenge-malformed': [400, 'invalid_request', 'The code_challenge is malformed.'],
    'pkce.method-missing': [400, 'invalid_request', 'The parameter code_challenge_method is missing.'],
    'pkce.method-unsupported': [400, 'invalid_request', 'The code_challenge_method is not supported.'],
    'refresh.missing': [400, 'invalid_request', 'refresh_token parameter not provided'],
    'refresh.unknown': [400, 'invalid_grant', 'Invalid refresh token: <refreshToken>'],
    'refresh.expired': [401, 'invalid_token', 'Invalid refresh token (expired): <refreshToken>'],
    'refresh.idle': [401, 'invalid_token', 'Invalid refresh token (expired): <refreshToken>'],
    'refresh.removed': [400, 'invalid_grant', 'Invalid refresh token: <refreshToken>'],
    'refresh.revoked': [400, 'invalid_grant', 'Invalid refresh token: <refreshToken>'],
    'refresh.replaced': [400, 'invalid_grant', 'Invalid refresh token: <refreshToken>'],
    'refresh.client-missing': [400, 'invalid_grant', 'The refresh token was issued to a client.'],
    'refresh.other-client': [400, 'invalid_grant', 'Wrong client for this refresh token: <refreshToken>'],
    'password.username-missing': [400, 'invalid_request', 'The username is missing.'],
    'password.password-missing': [400, 'invalid_request', 'The password is missing.'],
    'password.provider-unknown': [400, 'invalid_request', 'The login provider is not set up.'],
    'password.wrong': [400, 'invalid_grant', 'The username or the password is wrong.'],
    'scope.malformed': [400, 'invalid_scope', 'Invalid scope: <scope>'],
    'scope.missing': [400, 'invalid_scope', 'The parameter scope is missing.'],
    'scope.unknown': [400, 'invalid_scope', 'Invalid scope: <scope>'],
    'scope.not-allowed': [400, 'invalid_scope', 'Invalid scope: <scope>'],
    'scope.wider-than-granted': [
      400,
      'invalid_scope',
      'Unable to narrow the scope of the client authentication to [<scope>].',
    ],
    'authorize.client-missing': [401, 'invalid_client', 'Bad client credentials'],
    'authorize.client-unknown': [401, 'invalid_client', 'Bad client credentials'],
    'authorize.secret-wrong': [400, 'invalid_client', 'Client authentication failed.'],
    'authorize.redirect-uri-missing': [
      400,
      'invalid_grant',
      'Invalid redirect: null does not match one of the registered values.',
    ],
    'authorize.redirect-uri-malformed': [
      400,
      'invalid_grant',
      'Invalid redirect: javascript:alert(1) does not match one of the registered values.',
    ],
    'authorize.redirect-uri-unregistered': [
      400,
      'invalid_grant',
      'Invalid redirect: <received> does not match one of the registered values.',
    ],
    'authorize.response-type-missing': [400, 'unsupported_response_type', 'Unsupported response types: []'],
    'authorize.response-type-unsupported': [
      400,
      'unsupported_response_type',
      'Unsupported response types: [<responseType>]',
    ],
    'authorize.response-mode-unsupported': [400, 'unsupported_response_mode', 'The response mode is not supported.'],
    'authorize.grant-unauthorized': [400, 'unauthorized_client', 'The client may not ask for a code.'],
    'authorize.denied': [403, 'access_denied', 'User denied access'],
    'authorize.user-unknown': [500, 'server_error', 'The policy names a user who does not exist.'],
    'page.unknown': [400, 'invalid_request', 'This page is no longer valid.'],
    'page.other-browser': [403, 'invalid_request', 'This page was opened in another browser.'],
    'page.forged': [403, 'invalid_request', 'This form is not the one that was shown.'],
    'bearer.missing': [401, 'unauthorized', 'Full authentication is required to access this resource'],
    'bearer.malformed': [401, 'unauthorized', 'Full authentication is required to access this resource'],
    'bearer.twice': [400, 'invalid_request', 'The access token was sent in more than one way.'],
    'bearer.unknown': [401, 'invalid_token', 'Invalid access token: <token>'],
    'bearer.expired': [401, 'invalid_token', 'Access token expired: <token>'],
    'bearer.removed': [401, 'invalid_token', 'Invalid access token: <token>'],
    'bearer.revoked': [401, 'invalid_token', 'Invalid access token: <token>'],
    'bearer.insufficient-scope': [403, 'insufficient_scope', 'Insufficient scope for this resource'],
    'resource.suspended': [403, 'access_denied', 'The account is suspended.'],
    'resource.too-many-calls': [429, 'too_many_requests', 'Too many requests.'],
    'resource.unknown': [404, 'not_found', 'There is nothing at this path.'],
    'revoke.token-missing': [400, 'invalid_request', 'The parameter token is missing.'],
    'revoke.unauthorized': [401, 'invalid_client', 'The client may not revoke this token.'],
    'introspect.token-missing': [400, 'invalid_request', 'The parameter token is missing.'],
    'introspect.unauthorized': [401, 'invalid_client', 'No client authentication was included.'],
    'introspect.bearer-not-allowed': [401, 'invalid_token', 'The access token does not allow this introspection.'],
    'server.failed': [500, 'server_error', 'Internal Server Error'],
  },
  dottedsign: {
    'request.method-not-allowed': [404, 'not_found', 'No route matches.'],
    'request.path-unknown': [404, 'not_found', 'There is nothing at this path.', 404001, 'not_found'],
    'request.path-malformed': [
      400,
      'invalid_request',
      'The path is not valid percent-encoding.',
      400004,
      'invalid_request',
    ],
    'request.body-malformed': [400, 'invalid_request', 'The request body cannot be read.'],
    'request.body-too-large': [413, 'invalid_request', 'The request body is too large.', 400004, 'invalid_request'],
    'request.content-type-unsupported': [
      400,
      'invalid_request',
      'The content type is not supported.',
      400004,
      'invalid_request',
    ],
    'request.content-type-malformed': [406, 'not_acceptable', 'Not Acceptable'],
    'request.accept-malformed': [406, 'not_acceptable', 'Not Acceptable'],
    'request.parameter-repeated': [
      400,
      'invalid_request',
      'A parameter is included more than once.',
      400004,
      'invalid_request',
    ],
    'request.parameter-missing': [
      400,
      'invalid_request',
      'A required parameter is missing.',
      400004,
      'invalid_request',
    ],
    'request.parameter-unsupported': [
      400,
      'invalid_request',
      'The value of a parameter is not supported.',
      400004,
      'invalid_request',
    ],
    'authorize.parameters-too-long': [400, 'invalid_request', 'The parameters are too long.'],
    'request.secret-in-url': [
      400,
      'invalid_request',
      'Credentials must not be sent in the URL.',
      400004,
      'invalid_request',
    ],
    'request.authorization-repeated': [
      400,
      'invalid_request',
      'The header Authorization is included more than once.',
      400004,
      'invalid_request',
    ],
    'request.parameter-malformed': [400, 'invalid_request', 'A parameter is malformed.', 400004, 'invalid_request'],
    'client.missing': [401, 'invalid_client', clientFailed, 400005, 'invalid_client'],
    'client.unknown': [401, 'invalid_client', clientFailed, 400005, 'invalid_client'],
    'client.secret-missing': [401, 'invalid_client', clientFailed, 400005, 'invalid_client'],
    'client.secret-wrong': [401, 'invalid_client', clientFailed, 400005, 'invalid_client'],
    'client.secret-unknown': [401, 'invalid_client', clientFailed, 400005, 'invalid_client'],
    'client.assertion-type': [401, 'invalid_client', clientFailed, 400005, 'invalid_client'],
    'client.assertion-malformed': [401, 'invalid_client', clientFailed, 400005, 'invalid_client'],
    'client.assertion-subject': [401, 'invalid_client', clientFailed, 400005, 'invalid_client'],
    'client.assertion-key-missing': [401, 'invalid_client', clientFailed, 400005, 'invalid_client'],
    'client.assertion-signature': [401, 'invalid_client', clientFailed, 400005, 'invalid_client'],
    'client.assertion-audience': [401, 'invalid_client', clientFailed, 400005, 'invalid_client'],
    'client.assertion-expired': [401, 'invalid_client', clientFailed, 400005, 'invalid_client'],
    'client.assertion-replayed': [401, 'invalid_client', clientFailed, 400005, 'invalid_client'],
    'client.ids-differ': [401, 'invalid_client', clientFailed, 400005, 'invalid_client'],
    'client.credentials-twice': [
      400,
      'invalid_request',
      'More than one way of client authentication was used.',
      400004,
      'invalid_request',
    ],
    'grant.missing': [400, 'invalid_request', 'Missing required parameter: grant_type.', 400004, 'invalid_request'],
    'grant.unsupported': [
      400,
      'unsupported_grant_type',
      'The authorization grant type is not supported by the authorization server.',
    ],
    'grant.implicit': [400, 'invalid_grant', 'The implicit grant has no token request.', 401001, 'invalid_grant'],
    'grant.unauthorized': [
      400,
      'unauthorized_client',
      'The client is not authorized to perform this request using this method.',
    ],
    'code.missing': [400, 'invalid_request', 'Missing required parameter: code.', 400004, 'invalid_request'],
    'code.unknown': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'code.expired': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'code.replayed': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'code.revoked': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'code.other-client': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'code.redirect-uri-missing': [
      400,
      'invalid_request',
      'Missing required parameter: redirect_uri.',
      400004,
      'invalid_request',
    ],
    'code.redirect-uri-differs': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'pkce.verifier-missing': [
      400,
      'invalid_request',
      'Missing required parameter: code_verifier.',
      400004,
      'invalid_request',
    ],
    'pkce.verifier-malformed': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'pkce.verifier-mismatch': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'pkce.verifier-unexpected': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'pkce.challenge-missing': [
      400,
      'invalid_request',
      'The parameter code_challenge is missing.',
      400004,
      'invalid_request',
    ],
    'pkce.challenge-malformed': [400, 'invalid_request', 'The code_challenge is malformed.', 400004, 'invalid_request'],
    'pkce.method-missing': [400, 'invalid_code_challenge_method', 'The code challenge method must be plain or S256.'],
    'pkce.method-unsupported': [
      400,
      'invalid_code_challenge_method',
      'The code challenge method must be plain or S256.',
    ],
    'refresh.missing': [
      400,
      'invalid_request',
      'Missing required parameter: refresh_token.',
      400004,
      'invalid_request',
    ],
    'refresh.unknown': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'refresh.expired': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'refresh.idle': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'refresh.removed': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'refresh.revoked': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'refresh.replaced': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'refresh.client-missing': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'refresh.other-client': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'password.username-missing': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'password.password-missing': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'password.provider-unknown': [
      400,
      'strategy_not_found',
      'The authentication strategy is not found.',
      404046,
      'strategy_not_found',
    ],
    'password.wrong': [400, 'invalid_grant', grantInvalid, 401001, 'invalid_grant'],
    'scope.malformed': [
      400,
      'invalid_scope',
      'The requested scope is invalid, unknown, or malformed.',
      400008,
      'invalid_scope',
    ],
    'scope.missing': [400, 'invalid_scope', 'The parameter scope is missing.', 400008, 'invalid_scope'],
    'scope.unknown': [
      400,
      'invalid_scope',
      'The requested scope is invalid, unknown, or malformed.',
      400008,
      'invalid_scope',
    ],
    'scope.not-allowed': [
      400,
      'invalid_scope',
      'The requested scope is invalid, unknown, or malformed.',
      400008,
      'invalid_scope',
    ],
    'scope.wider-than-granted': [
      400,
      'invalid_scope',
      'The requested scope is invalid, unknown, or malformed.',
      400008,
      'invalid_scope',
    ],
    'authorize.client-missing': [
      400,
      'invalid_request',
      'Missing required parameter: client_id.',
      400004,
      'invalid_request',
    ],
    'authorize.client-unknown': [401, 'invalid_client', clientFailed, 400005, 'invalid_client'],
    'authorize.secret-wrong': [400, 'invalid_client', 'Client authentication failed.', 400005, 'invalid_client'],
    'authorize.redirect-uri-missing': [400, 'invalid_redirect_uri', redirectInvalid],
    'authorize.redirect-uri-malformed': [400, 'invalid_redirect_uri', redirectInvalid],
    'authorize.redirect-uri-unregistered': [400, 'invalid_redirect_uri', redirectInvalid],
    'authorize.response-type-missing': [
      400,
      'invalid_request',
      'Missing required parameter: response_type.',
      400004,
      'invalid_request',
    ],
    'authorize.response-type-unsupported': [
      400,
      'unsupported_response_type',
      'The authorization server does not support this response type.',
    ],
    'authorize.response-mode-unsupported': [
      400,
      'unsupported_response_mode',
      'The authorization server does not support this response mode.',
    ],
    'authorize.grant-unauthorized': [400, 'unauthorized_client', 'The client may not ask for a code.'],
    'authorize.denied': [403, 'access_denied', 'The resource owner or authorization server denied the request.'],
    'authorize.user-unknown': [500, 'server_error', 'The policy names a user who does not exist.'],
    'page.unknown': [400, 'invalid_request', 'This page is no longer valid.', 400004, 'invalid_request'],
    'page.other-browser': [
      403,
      'invalid_request',
      'This page was opened in another browser.',
      400004,
      'invalid_request',
    ],
    'page.forged': [422, 'invalid_request', 'This form is not the one that was shown.', 400004, 'invalid_request'],
    'bearer.missing': [401, 'invalid_token', 'The access token is invalid', 401001, 'invalid_grant'],
    'bearer.malformed': [401, 'invalid_token', 'The access token is invalid', 401001, 'invalid_grant'],
    'bearer.twice': [
      400,
      'invalid_request',
      'The access token was sent in more than one way.',
      400004,
      'invalid_request',
    ],
    'bearer.unknown': [401, 'invalid_token', 'The access token is invalid', 401001, 'invalid_grant'],
    'bearer.expired': [401, 'invalid_token', 'The access token expired', 401001, 'invalid_grant'],
    'bearer.removed': [401, 'invalid_token', 'The access token is invalid', 401001, 'invalid_grant'],
    'bearer.revoked': [401, 'invalid_token', 'The access token was revoked', 401001, 'invalid_grant'],
    'bearer.insufficient-scope': [
      403,
      'insufficient_scope',
      'Access to this resource requires scope "closed.scope".',
      403001,
      'doorkeeper_forbidden',
    ],
    'resource.suspended': [403, 'access_denied', 'The account is suspended.', 403002, 'invalid_action'],
    'resource.too-many-calls': [429, 'too_many_requests', 'Too many requests.', 429001, 'rate_limit'],
    'resource.unknown': [404, 'not_found', 'There is nothing at this path.', 404001, 'not_found'],
    'revoke.token-missing': [400, 'invalid_request', 'The parameter token is missing.', 400004, 'invalid_request'],
    'revoke.unauthorized': [403, 'unauthorized_client', 'You are not authorized to revoke this token'],
    'introspect.token-missing': [400, 'invalid_request', 'The parameter token is missing.', 400004, 'invalid_request'],
    'introspect.unauthorized': [
      400,
      'invalid_request',
      'The request is missing a required parameter, includes an unsupported parameter value, or is otherwise malformed.',
      400004,
      'invalid_request',
    ],
    'introspect.bearer-not-allowed': [401, 'invalid_token', 'The access token is invalid', 400002, 'invalid_token'],
    'server.failed': [500, 'server_error', 'Understudy itself failed.'],
  },
};

interface Wire {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | null>>;
  readonly body: string;
}

type Dress = (reason: Reason, row: Row, values: Readonly<Record<string, string>>) => Wire;

/** DottedSign: answered by Rails before the application. */
const ofRails =
  /^(?:request\.(?:path-.*|method-not-allowed|(?:accept|body|content-type|parameter)-malformed)|resource\.unknown)$/;
const railsError = (status: number): Wire => ({
  status,
  headers: { ...noHeaders, 'content-type': 'text/html; charset=UTF-8' },
  body: '',
});

const quoted = (text: string): string => `"${text.replaceAll('"', '\\"')}"`;
/** As tinyEmail writes a description in a JSON body. */
const asHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
const noHeaders = { 'www-authenticate': null, 'cache-control': null, pragma: null, allow: null };
const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' };
/** Messages of DottedSign's error table that are not the key in words. */
const dottedsignMessages: Readonly<Record<string, string>> = {
  doorkeeper_forbidden: 'doorkeeper_forbidden',
  invalid_action: 'not allow for this action',
};
const mailupNames: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
};

/** The format of a refusal at the token, revocation and introspection endpoints, and at the API. */
const dresses: Readonly<Partial<Record<string, { readonly token: Dress; readonly api: Dress }>>> = {
  mailup: {
    token: (_reason, [status, error, error_description]) => ({
      status,
      headers: {
        ...noHeaders,
        'content-type': 'application/json; charset=utf-8',
        allow: status === 405 ? 'GET, POST' : null,
      },
      body: JSON.stringify({ error, error_description }),
    }),
    api: (_reason, [status, , ErrorDescription]) => ({
      status,
      headers: { ...noHeaders, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({
        ErrorCode: String(status),
        ErrorDescription,
        ErrorName: mailupNames[status] ?? null,
        ErrorStack: null,
      }),
    }),
  },
  tinyemail: {
    token(reason, [status, error, error_description], { allowed }) {
      const scheme =
        reason.startsWith('client.') && reason !== 'client.ids-differ' ? 'Form realm="oauth2/client",' : 'Bearer';
      const challenged =
        status === 401 ? `${scheme} error=${quoted(error)}, error_description=${quoted(error_description)}` : null;
      return {
        status,
        headers: {
          ...noHeaders,
          ...noStore,
          'content-type': 'application/json;charset=UTF-8',
          'www-authenticate': challenged,
          allow: status === 405 ? 'GET, POST' : null,
        },
        body: JSON.stringify({
          error,
          error_description: asHtml(error_description),
          ...(error === 'invalid_scope' && reason !== 'scope.missing' && allowed !== undefined
            ? { scope: allowed }
            : {}),
        }),
      };
    },
    api(reason, [status, error, error_description]) {
      const scope = reason === 'bearer.insufficient-scope' ? { scope: 'closed.scope' } : {};
      const realm = status === 401 ? 'realm="oauth2-resource", ' : '';
      const challenged = `Bearer ${realm}error=${quoted(error)}, error_description=${quoted(error_description)}${scope.scope === undefined ? '' : ', scope="closed.scope"'}`;
      return {
        status,
        headers: {
          ...noHeaders,
          ...noStore,
          'content-type': 'application/json;charset=UTF-8',
          'www-authenticate': status === 401 || reason === 'bearer.insufficient-scope' ? challenged : null,
        },
        body: JSON.stringify({ error, error_description: asHtml(error_description), ...scope }),
      };
    },
  },
  dottedsign: {
    token(reason, [status, error, error_description, error_code, error_key]) {
      if (ofRails.test(reason)) return railsError(status);
      const isRevocation = reason === 'revoke.unauthorized';
      return {
        status,
        headers: {
          ...noHeaders,
          'cache-control': isRevocation ? 'no-cache' : 'no-store',
          'content-type': 'application/json; charset=utf-8',
          'www-authenticate': isRevocation
            ? null
            : `Bearer realm="Doorkeeper", error=${quoted(error)}, error_description=${quoted(error_description)}`,
        },
        body: JSON.stringify({
          error,
          error_description,
          ...(error === 'invalid_token' ? { state: 'unauthorized', app_code: 4000 } : {}),
          error_code,
          error_message: error_key?.replaceAll('_', ' '),
          error_key,
        }),
      };
    },
    api(reason, [status, error, error_description, error_code, error_key]) {
      if (ofRails.test(reason)) return railsError(status);
      const message = dottedsignMessages[String(error_key)] ?? String(error_key).replaceAll('_', ' ');
      const isRefusedToken = reason.startsWith('bearer.') && (status === 401 || status === 403);
      return {
        status,
        headers: {
          ...noHeaders,
          'cache-control': isRefusedToken ? 'no-store' : 'no-cache',
          'content-type': 'application/json; charset=utf-8',
          'www-authenticate':
            isRefusedToken && reason !== 'bearer.insufficient-scope'
              ? `Bearer realm="Doorkeeper", error=${quoted(error)}, error_description=${quoted(error_description)}`
              : null,
        },
        body: JSON.stringify({
          error_code,
          error_message: reason.startsWith('bearer.') ? `${message}: ${error_description}` : message,
          error_key,
        }),
      };
    },
  },
};

/** The row of a reason that a provider does not override in `rows`. */
const standardRow = (reason: Reason): Row => [
  reasons[reason].status,
  reasons[reason].error,
  reasons[reason].description,
];

/** The answers of a provider that is not in `dresses`: RFC 6749 §5.2 and RFC 6750 §3. */
const standardDress: { readonly token: Dress; readonly api: Dress } = {
  token: (_reason, [status, error, error_description]) => ({
    status,
    headers: {
      ...noHeaders,
      ...noStore,
      'content-type': 'application/json;charset=UTF-8',
      'www-authenticate': status === 401 ? 'Basic realm="token"' : null,
      allow: status === 405 ? 'POST' : null,
    },
    body: JSON.stringify({ error, error_description }),
  }),
  api: (_reason, [status, error, error_description]) => ({
    status,
    headers: {
      ...noHeaders,
      'content-type': 'application/json;charset=UTF-8',
      'www-authenticate':
        status === 401 || status === 403
          ? `Bearer realm="api", error=${quoted(error)}, error_description=${quoted(error_description)}`
          : null,
    },
    body: JSON.stringify({ error, error_description }),
  }),
};

const scope = (words: string): { words: string } => ({ words });

/** A provider with missing revocation and introspection endpoints added, so that their refusals are tested too. */
const complete = (provider: Provider): Provider => {
  const { revoke, introspect } = provider.endpoints;
  return {
    ...provider,
    endpoints: {
      ...provider.endpoints,
      revoke: revoke.length > 0 ? revoke : ['/revoke'],
      introspect: introspect.length > 0 ? introspect : ['/introspect'],
    },
  };
};
const completeProviders = [...providers, plain()].map(complete);

function openVisit(server: Awaited<ReturnType<typeof startServer>>, name: string): Visit {
  const visit = new Visit(server, name, {
    policy: {
      grants: ['authorization_code', 'refresh_token', 'password', 'client_credentials'],
      pkceMethods: ['S256', 'plain'],
    },
    clients: [
      { id: narrow.client_id, secret: narrow.client_secret, scopes: ['open.scope'] },
      { id: bare.client_id, secret: bare.client_secret, redirectUris: [demo.redirectUri], grants: ['refresh_token'] },
      keyed,
    ],
    resources: [
      { method: 'GET', path: '/stub', body: {} },
      { method: 'GET', path: '/guarded', scopes: ['closed.scope'], body: {} },
    ],
  });
  // Two scopes replace those of the provider, so that MailUp has a scope that can be refused.
  Object.assign(visit.realm, { scopes: { 'open.scope': scope('Open'), 'closed.scope': scope('Closed') } });
  return visit.policy({
    scopeParameter: 'checked',
    pkce: 'optional',
    tokenBodyTypes: ['form', 'json'],
    bearerIn: ['header', 'query'],
    replayRevokesTokens: true,
    scopeSyntax: 'rfc6749',
    pkceMethodOmitted: 'plain',
    pkceSyntax: 'checked',
    bearerHeader: 'rfc6750',
    bearerTwice: 'refused',
    apiChecksFirst: 'token',
    tokenParameterMissing: 'refused',
    expiredTokens: 'remembered',
  });
}

const pageReasons = /^(page|authorize)\./;
/** Reasons that may be answered by redirect, because client and redirect_uri were valid. */
const redirectReasons = /^(authorize\.(response|grant|parameters)|pkce\.(challenge|method))/;

t.test('every reason is caused at every provider, with the right answer and the right journal entry', async (t) => {
  const server = await startServer(completeProviders);
  t.teardown(() => server.close());
  await causeEveryReason(t, server, completeProviders);
});

/** Reasons that DottedSign's framework answers. No file can say so: it takes a function of the request. */
const byFramework: ReadonlyMap<string, RegExp> = new Map([
  [
    'dottedsign',
    /^(?:request\.(?:path|method|body-malformed|parameter-malformed|accept|content-type-malformed)|page\.forged|authorize\.denied|resource\.unknown)/,
  ],
]);

t.test('providers that are written as files answer as those in TypeScript do', async (t) => {
  const files = providersOfFiles().map(complete);
  const server = await startServer([], 'silent', undefined, files);
  t.teardown(() => server.close());
  await causeEveryReason(t, server, files, byFramework);
});

async function causeEveryReason(
  t: Test,
  server: TestServer,
  played: readonly Provider[],
  leftOut: ReadonlyMap<string, RegExp> = new Map(),
): Promise<void> {
  for (const { name } of played) {
    const unprovoked = new Set(Object.keys(reasons));
    for (const [reason, attempt] of Object.entries(attempts) as [Reason, Attempt][]) {
      if (leftOut.get(name)?.test(reason) === true) {
        unprovoked.delete(reason);
        continue;
      }
      await t.test(`${name}: ${reason}`, async (t) => {
        const visit = openVisit(server, name);
        const { response, values = {} } = await attempt(visit);
        const entry = visit.entry();
        t.equal(entry.reason, reason, 'the journal has the reason');
        unprovoked.delete(reason);
        t.equal(entry.explanation, filled(explanations[reason], values), 'the journal has the explanation');
        t.equal(entry.status, response.status, 'the journal has the status');
        t.equal(entry.provider, name);

        const [status, error, description, ...code] = rows[name]?.[reason] ?? standardRow(reason);
        const row: Row = [status, error, filled(description, values), ...code];
        if (reason === 'request.path-unknown' || reason === 'request.path-malformed') {
          await (name === 'dottedsign'
            ? assertRailsError(t, response, row)
            : assertProblem(t, response, row, entry.explanation!));
        } else if (
          reason === 'authorize.denied' ||
          (redirectReasons.test(reason) && visit.realm.policy.authorizeRefusals === 'redirect')
        ) {
          assertRedirect(t, visit, response, row);
        } else if (pageReasons.test(reason) || redirectReasons.test(reason)) {
          await assertPage(t, visit, response, row, entry.explanation!);
        } else {
          const { token, api } = dresses[name] ?? standardDress;
          const dress = /^(bearer|resource)\./.test(reason) ? api : token;
          const expected = dress(reason, row, values);
          t.equal(await response.text(), expected.body, 'the body');
          t.equal(response.status, expected.status, 'the status');
          for (const [header, value] of Object.entries(expected.headers)) {
            t.equal(response.headers.get(header), value, header);
          }
        }
      });
    }
    t.same([...unprovoked], [], `${name}: every reason was provoked`);
  }
}

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/<(\w+)>/g, (_, name: string) => values[name] ?? `<${name}>`);
const inHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

async function assertRailsError(t: Test, response: Response, [status]: Row): Promise<void> {
  t.equal(response.status, status);
  t.equal(response.headers.get('content-type'), 'text/html; charset=UTF-8');
  t.equal(await response.text(), '');
}

async function assertProblem(t: Test, response: Response, [status, , title]: Row, explanation: string): Promise<void> {
  t.equal(response.status, status);
  t.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  t.match(await response.json(), { type: 'about:blank', title, status, detail: explanation });
}

function assertRedirect(
  t: Test,
  { base, realm: { policy } }: Visit,
  response: Response,
  [, error, description, code, key]: Row,
): void {
  t.equal(response.status, policy.redirectStatus);
  t.equal(response.headers.get('cache-control'), policy.pageCaching === 'no-store' ? 'no-store' : 'no-cache');
  const triple =
    code === undefined
      ? {}
      : { error_code: String(code), error_message: String(key).replaceAll('_', ' '), error_key: String(key) };
  const query = new URLSearchParams({
    error,
    error_description: description,
    ...triple,
    ...(policy.echoState ? { state: 's' } : {}),
    ...(policy.issuerInRedirect === 'sent' ? { iss: base } : {}),
  }).toString();
  const [uri, sent] = (response.headers.get('location') ?? '').split('?');
  t.equal(uri, demo.redirectUri);
  // each provider has its own encoding, which its own tests assert
  t.same([...new URLSearchParams(sent)], [...new URLSearchParams(query)]);
}

async function assertPage(
  t: Test,
  { realm: { policy }, provider }: Visit,
  response: Response,
  [status, error, description]: Row,
  explanation: string,
): Promise<void> {
  if (status === 422) {
    t.same([response.status, await response.text()], [422, ''], 'Rails answers a forged form without a page');
    return;
  }
  const always200 =
    policy.refusalPageStatus === 'always-200' &&
    status < 500 &&
    !/no longer|another browser|not the one/.test(description);
  t.equal(response.status, always200 ? 200 : status);
  t.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
  t.equal(response.headers.get('location'), null);
  const page = await response.text();
  // The page capitalises the first letter.
  for (const text of [provider.refusedHeading, description, error, explanation.slice(1)]) {
    t.ok(page.includes(inHtml(text)), text);
  }
}

/** A provider with standard behaviour only. Its generator repeats the first code, which must not be issued twice. */
function plain(): Provider {
  let drawn = 0;
  return {
    ...standard,
    name: 'plain',
    title: 'Plain',
    origin: 'https://plain.example.test',
    hosts: [],
    endpoints: {
      authorize: ['/authorize'],
      token: ['/token'],
      revoke: ['/revoke'],
      introspect: ['/introspect'],
      tokenInfo: [],
      userinfo: [],
      metadata: [],
      login: '/login',
      api: ['/api'],
    },
    scopes: { 'open.scope': scope('Open'), 'closed.scope': scope('Closed') },
    generators(random) {
      const own = standard.generators(random);
      return { ...own, code: () => ((drawn += 1) <= 2 ? 'again' : own.code()) };
    },
    resources: [{ method: 'GET', path: '/stub', scopes: ['closed.scope'], answer: () => ({ body: {} }) }],
    facts: [],
  };
}

t.test('a provider without overrides answers as the RFCs require', async (t) => {
  const server = await startServer([plain()]);
  t.teardown(() => server.close());
  const visit = new Visit(server, 'plain');
  const first = await visit.code({ state: 's' });
  const second = await visit.code({ scope: 'open.scope' });
  t.not(first, second, 'no code is given twice');

  const answer = await visit.exchange(second);
  const { body, access, refresh } = await tokens(answer);
  t.equal(
    body,
    `{"access_token":"${access}","token_type":"Bearer","expires_in":3600,"refresh_token":"${refresh}","scope":"open.scope"}`,
  );
  t.same([answer.headers.get('cache-control'), answer.headers.get('pragma')], ['no-store', 'no-cache']);

  const refused = async (
    response: Response,
    status: number,
    error: string,
    challenged: string | null,
  ): Promise<void> => {
    t.equal(response.status, status);
    t.match(await response.json(), { error });
    t.equal(response.headers.get('www-authenticate'), challenged);
  };
  await refused(await visit.exchange('none', { client_secret: 'wrong' }), 401, 'invalid_client', 'Basic realm="token"');
  await refused(await visit.exchange('none'), 400, 'invalid_grant', null);
  await refused(
    await visit.api('/stub'),
    401,
    'invalid_token',
    'Bearer realm="api", error="invalid_token", error_description="No access token was sent."',
  );
  await refused(
    await visit.api('/stub', access),
    403,
    'insufficient_scope',
    'Bearer realm="api", error="insufficient_scope", error_description="The access token does not carry the scope."',
  );
  await refused(await visit.api('/nowhere', access), 404, 'not_found', null);

  t.equal(await (await visit.token({ ...credentials, token: access }, { path: '/revoke' })).text(), '{}');
  t.equal(
    await (await visit.token({ ...credentials, token: access }, { path: '/introspect' })).text(),
    '{"active":false}',
  );
  const { url, page } = await visit.consentPage();
  const denied = await visit.submit(url, { ...hiddenFields(page), decision: 'deny' });
  t.match(denied.headers.get('location'), /\?error=access_denied&/);
});

t.test('tokens revoked without a reason are refused, and internal errors are answered with 500', async (t) => {
  const server = await startServer(completeProviders);
  t.teardown(() => server.close());
  const visit = openVisit(server, 'dottedsign');
  const at = visit.realm.now();
  const sentence = async (response: Promise<Response>): Promise<string | undefined> => {
    await response;
    return visit.entry().explanation;
  };
  const pair = await visit.pair();
  visit.realm.accessTokens.get(pair.access)!.revokedAt = at;
  visit.realm.refreshTokens.get(pair.refresh)!.revokedAt = at;
  t.equal(
    await sentence(visit.api('/stub', pair.access)),
    'the access token was revoked at 2026-01-01T00:00:00.000Z (revoked)',
  );
  t.equal(
    await sentence(visit.refresh(pair.refresh)),
    'the refresh token was revoked at 2026-01-01T00:00:00.000Z (revoked)',
  );
  const code = await visit.code();
  visit.realm.codes.get(code)!.grant.revokedAt = at;
  t.equal(await sentence(visit.exchange(code)), 'the code was revoked at 2026-01-01T00:00:00.000Z (revoked)');

  const broken = (): never => {
    throw new Error('broken');
  };
  const { generate } = visit.realm;
  const { url, page } = await visit.begin();
  Object.assign(visit.realm, { generate: { ...generate, id: broken } });
  const login = await visit.submit(url, { ...hiddenFields(page), username: demo.username, password: demo.password });
  t.same(
    [login.status, visit.entry().reason],
    [500, 'server.failed'],
    'an internal error is not shown as a wrong password',
  );
  Object.assign(visit.realm, { generate });
  Object.assign(visit.realm, { scopes: new Proxy({}, { ownKeys: broken }) });
  const authorization = await visit.authorize();
  t.same(
    [authorization.status, authorization.headers.get('location'), visit.entry().explanation],
    [500, null, 'Understudy itself failed: broken'],
    'an internal error is not redirected to the client',
  );
  Object.assign(visit.realm, { clients: { has: broken, get: broken, keys: () => [], values: () => [] } });
  for (const path of ['/v1/oauth/revoke', '/v1/oauth/introspect']) {
    const failed = await visit.token({ ...credentials, token: 'x' }, { path });
    t.equal(failed.status, 500, path);
    t.equal(visit.entry().reason, 'server.failed');
  }
  const failure = await visit.authorize();
  t.equal(failure.status, 500);
  t.notMatch(await failure.text(), 'broken', 'the page does not show the internal error');
  t.match(visit.entry().explanation, 'broken');
});

t.test('an internal error is logged with its stack trace, without values of the request', async (t) => {
  const stderr = t.capture(process.stderr, 'write', () => true);
  const server = await startServer(providers, 'trace');
  t.teardown(() => server.close());
  const visit = new Visit(server, 'mailup');
  const broken = (): never => {
    throw new Error('broken');
  };
  Object.assign(visit.realm, { clients: { get: broken, has: broken } });
  const secrets = {
    client_id: demo.id,
    client_secret: 's3cret',
    username: 's3cret',
    password: 's3cret',
    code: 's3cret',
    state: 's3cret',
  };
  for (const place of ['query', 'body'] as const) {
    t.equal((await visit.token({ grant_type: 'password', ...secrets }, { place })).status, 500);
  }
  t.equal(
    (
      await visit.token(
        { grant_type: 'authorization_code', code: 's3cret' },
        { headers: { authorization: basic('s3cret', 's3cret') } },
      )
    ).status,
    500,
  );
  t.equal(
    (await visit.fetch(visit.authorizeUrl(secrets), { headers: { cookie: 'understudy_session=s3cret' } })).status,
    500,
  );
  stderr.restore();
  const log = stderr()
    .map(({ args: [line] }) => String(line))
    .join('');
  t.equal(log.match(/"message":"broken","stack":"Error: broken\\n +at /g)?.length, 4);
  t.notMatch(log, /s3cret|czNjcmV0/);
});

t.test('expired pages are removed when there are many of them', async (t) => {
  const server = await startServer([plain()]);
  t.teardown(() => server.close());
  const visit = new Visit(server, 'plain');
  visit.policy({ interaction: { mode: 'manual' } });
  const begin = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i += 1) {
      t.equal((await inject(server.app, visit.path + visit.authorizeUrl())).statusCode, 302);
    }
  };
  const { pending } = visit.realm;
  await begin(150);
  t.equal(pending.size, 150, 'pages that have not expired are kept');
  visit.advance(3600);
  await begin(150);
  t.equal(pending.size, 150, 'only the later pages are kept');
  t.ok([...pending.values()].every(({ expiresAt }) => expiresAt > visit.realm.now()));
});

/** Requests that the RFCs do not allow. If a provider takes one, a note or a finding says so. */
const deviations: Readonly<Record<string, (visit: Visit) => Promise<Response>>> = {
  'a parameter twice': async (visit) => {
    const form = { ...credentials, grant_type: 'authorization_code', redirect_uri: demo.redirectUri };
    const body = new URLSearchParams({ ...form, code: await visit.code() }).toString();
    return visit.fetch(visit.provider.endpoints.token[0], asForm(`${body}&grant_type=authorization_code`));
  },
  'a parameter of the authorization twice': (visit) => visit.fetch(`${visit.authorizeUrl()}&prompt=a&prompt=b`),
  'a body of an unknown type': async (visit) =>
    visit.token(
      { ...credentials, grant_type: 'authorization_code', code: await visit.code(), redirect_uri: demo.redirectUri },
      { headers: { 'content-type': 'text/plain' } },
    ),
  'credentials in two places': async (visit) =>
    visit.token(
      { ...credentials, grant_type: 'authorization_code', code: await visit.code(), redirect_uri: demo.redirectUri },
      { headers: { authorization: basic(demo.id, demo.secret) } },
    ),
  'a redirect_uri with a query at the exchange': async (visit) =>
    visit.exchange(await visit.code(), { redirect_uri: `${demo.redirectUri}?code=x` }),
  'an access token in two places': async (visit) => {
    const { access } = await visit.pair();
    const [call] = visit.provider.resources.filter(({ method, path }) => method === 'GET' && !path.includes('{'));
    return visit.api(`${call?.path ?? ''}?access_token=${access}`, access);
  },
};

for (const { name } of providers) {
  t.test(`${name}: what the RFCs do not allow is refused, or taken and named by a note or a finding`, async (t) => {
    const server = await startServer();
    t.teardown(() => server.close());
    for (const [deviation, send] of Object.entries(deviations)) {
      const visit = new Visit(server, name);
      await send(visit);
      const { reason, notes } = visit.entry();
      const answer = await fetch(`${server.url}/w/${visit.world.id}/__admin/findings`);
      const { findings } = (await answer.json()) as { findings: readonly { rule: string }[] };
      const said = [
        reason ?? '',
        ...notes.filter((note) => !note.startsWith('client authentication')),
        ...findings.map(({ rule }) => rule).filter((rule) => rule !== 'no-csrf-protection'),
      ];
      t.ok(said.join('') !== '', `${deviation}: ${said.join('; ')}`);
    }
  });
}
