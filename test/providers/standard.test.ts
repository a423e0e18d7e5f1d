import { createHash } from 'node:crypto';
import t from 'tap';
import { demo, startServer } from '../support.js';
import { providers } from '../../src/providers/index.js';
import { standardProvider } from '../../src/providers/standard-provider.js';
import { Visit, auto, basic, credentials, hiddenFields, location, pick, tokens, withHost } from './visit.js';
import type { Provider } from '../../src/providers/provider.js';
import type { RealmSetup } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());

const publicClient = { id: 'app', redirectUris: ['http://127.0.0.1/callback', demo.redirectUri] };
const visitWith = (setup: RealmSetup = {}): Visit => new Visit(server, 'standard', setup);

const verifier = 'v'.repeat(43);
const challenge = {
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
};
const json = async (response: Response | Promise<Response>): Promise<Record<string, unknown>> =>
  (await (await response).json()) as Record<string, unknown>;
const errorOf = async (response: Response | Promise<Response>): Promise<unknown> => (await json(response)).error;
const parametersOf = (response: Response): Record<string, string> =>
  Object.fromEntries(location(response).searchParams);

t.test('[standard.grants] a code, a refresh, and the client itself; no password, no implicit grant', async (t) => {
  const visit = visitWith({ clients: [publicClient] });
  t.ok((await visit.pair()).refresh);
  const own = await json(visit.token({ ...credentials, grant_type: 'client_credentials' }));
  t.same([typeof own.access_token, own.refresh_token], ['string', undefined]);
  t.equal(await errorOf(visit.token({ client_id: 'app', grant_type: 'client_credentials' })), 'unauthorized_client');
  const password = { ...credentials, grant_type: 'password', username: demo.username, password: demo.password };
  t.equal(await errorOf(visit.token(password)), 'unsupported_grant_type');
  const implicit = await visit.authorize({ response_type: 'token', state: 's' });
  t.match(parametersOf(implicit), { error: 'unsupported_response_type', state: 's', iss: visit.base });
});

t.test(
  '[standard.authorize.redirect-uri] exactly the registered one, but for the port of a loopback address',
  async (t) => {
    const visit = visitWith({ clients: [publicClient] });
    const of = async (redirect_uri: string): Promise<number> =>
      (await visit.authorize({ client_id: 'app', redirect_uri, ...challenge })).status;
    t.equal(await of('http://127.0.0.1:51234/callback'), 303);
    for (const other of [
      'http://127.0.0.1:51234/callback/',
      'http://127.0.0.1:51234/callback?a=b',
      'http://localhost:51234/callback',
      'HTTP://127.0.0.1:51234/callback',
      `${demo.redirectUri}?a=b`,
    ]) {
      t.equal(await of(other), 400, other);
    }
  },
);

t.test('[standard.authorize.pkce] [standard.authorize.pkce-methods] S256, required of a public client', async (t) => {
  const visit = visitWith({ clients: [publicClient] });
  const error = async (parameters: Record<string, string>): Promise<unknown[]> => {
    const { error } = parametersOf(await visit.authorize(parameters));
    return [error, visit.entry().reason];
  };
  t.same(await error({ client_id: 'app' }), ['invalid_request', 'pkce.challenge-missing']);
  t.same(await error({ code_challenge: verifier, code_challenge_method: 'plain' }), [
    'invalid_request',
    'pkce.method-unsupported',
  ]);
  t.same(await error({ code_challenge: verifier }), ['invalid_request', 'pkce.method-unsupported']);
  const code = await visit.code({ client_id: 'app', ...challenge });
  const exchanged = await visit.exchange(code, { client_id: 'app', client_secret: undefined, code_verifier: verifier });
  t.equal(exchanged.status, 200);
  t.equal(await errorOf(visit.exchange(await visit.code(), { code_verifier: verifier })), 'invalid_grant');
});

t.test('[standard.authorize.issuer] iss is in the redirect with a code and with an error, in each mode', async (t) => {
  const visit = visitWith();
  t.equal(parametersOf(await visit.authorize({ state: 's' })).iss, visit.base);
  const fragment = location(await visit.authorize({ response_mode: 'fragment' }));
  t.equal(new URLSearchParams(fragment.hash.slice(1)).get('iss'), visit.base);
  const form = await (await visit.authorize({ response_mode: 'form_post' })).text();
  t.equal(hiddenFields(form).iss, visit.base);
  visit.policy({ interaction: auto('deny') });
  t.match(parametersOf(await visit.authorize()), { error: 'access_denied', iss: visit.base });
  visit.policy({ issuerInRedirect: 'absent' });
  t.equal(parametersOf(await visit.authorize()).iss, undefined);
});

t.test('a page that is answered over the admin API redirects with the issuer that its browser sees', async (t) => {
  const visit = visitWith({ policy: { interaction: { mode: 'manual' } } });
  const answered = async (): Promise<string | null> => {
    const id = [...visit.realm.pending.values()].at(-1)!.id;
    const approve = `/w/${visit.world.id}/__admin/providers/standard/authorizations/${id}/approve`;
    const sent = await json(
      fetch(server.url + approve, {
        method: 'POST',
        body: `{"user":"${demo.username}"}`,
        headers: { 'content-type': 'application/json' },
      }),
    );
    return new URL(String(sent.redirectTo)).searchParams.get('iss');
  };
  await visit.authorize();
  t.equal(await answered(), visit.base);
  await withHost(server, 'mock.test:8080', visit.path + visit.authorizeUrl());
  t.equal(await answered(), `http://mock.test:8080${visit.path}`);
});

t.test(
  '[standard.authorize.response-modes] [standard.authorize.redirect-status] [standard.authorize.cors] how the answer is sent',
  async (t) => {
    const visit = visitWith();
    const sent = await visit.fetch(visit.authorizeUrl(), { headers: { origin: 'http://app.test' } });
    t.equal(sent.status, 303);
    t.equal(sent.headers.get('access-control-allow-origin'), null);
    const unknown = await visit.authorize({ response_mode: 'magic' });
    t.equal(parametersOf(unknown).error, 'unsupported_response_mode');
    const preflight = {
      method: 'OPTIONS',
      headers: { origin: 'http://app.test', 'access-control-request-method': 'GET' },
    };
    t.equal((await visit.fetch('/userinfo', preflight)).status, 405);
    visit.policy({ cors: true });
    for (const path of ['/userinfo', '/.well-known/oauth-authorization-server']) {
      const allowed = await visit.fetch(path, preflight);
      t.same([allowed.status, allowed.headers.get('access-control-allow-origin')], [204, '*'], path);
    }
  },
);

t.test(
  '[standard.client.authentication] [standard.token.requests] one way, a form, and 401 with a challenge',
  async (t) => {
    const visit = visitWith();
    const request = { grant_type: 'client_credentials' };
    const ofHeader = { headers: { authorization: basic(demo.id, demo.secret) } };
    t.equal((await visit.token(request, ofHeader)).status, 200);
    const wrong = await visit.token(request, { headers: { authorization: basic(demo.id, 'wrong') } });
    t.same([wrong.status, wrong.headers.get('www-authenticate')], [401, 'Basic realm="token"']);
    t.equal(await errorOf(wrong), 'invalid_client');
    t.equal(await errorOf(visit.token({ ...request, ...credentials }, ofHeader)), 'invalid_request');
    t.equal(await errorOf(visit.token({ ...request, ...credentials }, { place: 'query' })), 'invalid_request');
    t.equal(await errorOf(visit.token({ ...request, ...credentials }, { place: 'json' })), 'invalid_request');
    t.equal((await visit.token(request, { ...ofHeader, method: 'PUT' })).status, 405);
  },
);

t.test('[standard.token.answer] [standard.lifetimes] the members and headers of an answer with tokens', async (t) => {
  const visit = visitWith();
  const answer = await visit.exchange(await visit.code());
  t.same(pick(answer, 'cache-control', 'pragma'), { 'cache-control': 'no-store', pragma: 'no-cache' });
  t.match(await json(answer), { token_type: 'Bearer', expires_in: 3600, scope: 'profile email' });
  t.equal(visit.realm.policy.refreshTokenSeconds, Infinity);
});

t.test('[standard.code.replay] [standard.code.redirect-uri] a code is good once', async (t) => {
  const visit = visitWith();
  const code = await visit.code();
  t.equal(await errorOf(visit.exchange(code, { redirect_uri: undefined })), 'invalid_request');
  const { access } = await tokens(await visit.exchange(code));
  t.equal(await errorOf(visit.exchange(code)), 'invalid_grant');
  t.equal((await visit.api('/me', access)).status, 401, 'the tokens of the first exchange ended');
  const late = await visit.code();
  visit.advance(600);
  t.equal(await errorOf(visit.exchange(late)), 'invalid_grant');
});

t.test('[standard.refresh.rotation] [standard.refresh.scope] each refresh replaces its token', async (t) => {
  const visit = visitWith();
  const first = await visit.pair();
  const narrow = await json(visit.refresh(first.refresh, { scope: 'email' }));
  t.equal(narrow.scope, 'email');
  const wide = await json(visit.refresh(String(narrow.refresh_token)));
  t.equal(wide.scope, 'profile email');
  t.equal(await errorOf(visit.refresh(first.refresh)), 'invalid_grant');
  t.equal(await errorOf(visit.refresh(String(wide.refresh_token))), 'invalid_grant', 'the whole family ended');
});

t.test('[standard.revoke] [standard.introspect] a client sees and ends its own tokens', async (t) => {
  const visit = visitWith();
  const { access, refresh } = await visit.pair();
  const introspected = (token: string, own: Record<string, string> = credentials): Promise<Record<string, unknown>> =>
    json(visit.token({ ...own, token }, { path: '/introspect' }));
  t.match(await introspected(access), { active: true, client_id: demo.id, token_type: 'Bearer' });
  const other = { client_id: 'other-client', client_secret: 'other-secret' };
  t.same(await introspected(access, other), { active: false });
  const revoke = async (token: string, own: Record<string, string>): Promise<number> =>
    (await visit.token({ ...own, token }, { path: '/revoke' })).status;
  t.equal(await revoke('made-up', credentials), 200);
  await revoke(refresh, other);
  t.match(await introspected(access), { active: true }, 'of another client');
  t.equal(await revoke(refresh, credentials), 200);
  t.same(await introspected(access), { active: false });
});

t.test('[standard.api.bearer] 401 and 403 with a challenge, and the calls of its API', async (t) => {
  const visit = visitWith();
  const { access } = await visit.pair({ scope: 'profile' });
  t.same(await json(visit.api('/me', access)), {
    id: demo.username,
    username: demo.username,
    name: 'Ada Lovelace',
    client_id: demo.id,
    scope: 'profile',
  });
  const narrow = await visit.api('/me/email', access);
  t.match([narrow.status, narrow.headers.get('www-authenticate')], [403, /error="insufficient_scope"/]);
  const missing = await visit.api('/me');
  t.match([missing.status, missing.headers.get('www-authenticate')], [401, /^Bearer realm="api"/]);
  t.equal((await visit.api(`/me?access_token=${access}`)).status, 401, 'not in the URL');
  const wide = await visit.pair();
  t.same(await json(visit.api('/me/email', wide.access)), { email: demo.username });
  const own = await json(visit.token({ ...credentials, grant_type: 'client_credentials' }));
  t.same(await json(visit.api('/me', String(own.access_token))), { client_id: demo.id, scope: 'profile email' });
  t.same(await json(visit.api('/me/email', String(own.access_token))), { email: null });
});

t.test(
  '[standard.userinfo] claims about the user by GET and POST; its journal entries and faults are its own',
  async (t) => {
    const profile = { email: 'ada@lovelace.test' };
    const visit = visitWith({ users: [{ username: demo.username, name: 'Ada Lovelace', profile }] });
    const { access } = await visit.pair();
    const claims = { sub: demo.username, name: 'Ada Lovelace', preferred_username: demo.username, ...profile };
    const headers = { authorization: `Bearer ${access}` };
    for (const method of ['GET', 'POST']) {
      const answer = await visit.fetch('/userinfo', { method, headers });
      t.same([await json(answer), answer.headers.get('cache-control')], [claims, 'no-store'], method);
      t.match(visit.entry(), { endpoint: 'userinfo', clientId: demo.id, userId: demo.username, status: 200 });
    }
    t.equal((await visit.fetch('/userinfo', { method: 'HEAD', headers })).status, 200);
    const refused = await visit.fetch('/userinfo');
    t.match(
      [refused.status, refused.headers.get('www-authenticate')],
      [401, /^Bearer realm="api", error="invalid_token"/],
    );
    t.equal((await visit.fetch('/userinfo', { method: 'PUT', headers })).headers.get('allow'), 'GET, HEAD, POST');
    const own = await json(visit.token({ ...credentials, grant_type: 'client_credentials' }));
    const ofClient = { authorization: `Bearer ${String(own.access_token)}` };
    t.same(await json(visit.fetch('/userinfo', { headers: ofClient })), { sub: demo.id });
    const body = new URLSearchParams({ access_token: access });
    t.equal((await visit.fetch('/userinfo', { method: 'POST', body })).status, 401);
    visit.policy({ bearerIn: ['header', 'body'] });
    t.same(await json(visit.fetch('/userinfo', { method: 'POST', body })), claims);

    visit.world.faults.add([{ match: { endpoint: 'userinfo' }, times: 1, fault: { kind: 'status', status: 503 } }]);
    t.equal((await visit.api('/me', access)).status, 200);
    t.equal((await visit.fetch('/userinfo', { headers })).status, 503);
  },
);

const wellKnown = '/.well-known/oauth-authorization-server';

t.test('[standard.metadata] all that the policy says now, and at both places', async (t) => {
  const visit = visitWith();
  const { base } = visit;
  const metadata = {
    issuer: base,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    revocation_endpoint: `${base}/revoke`,
    introspection_endpoint: `${base}/introspect`,
    userinfo_endpoint: `${base}/userinfo`,
    scopes_supported: ['profile', 'email'],
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256'],
    revocation_endpoint_auth_methods_supported: [
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
      'none',
    ],
    revocation_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256'],
    introspection_endpoint_auth_methods_supported: [
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
      'none',
    ],
    introspection_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  };
  const answer = await visit.fetch(wellKnown);
  t.same(pick(answer, 'content-type', 'cache-control'), {
    'content-type': 'application/json',
    'cache-control': 'no-store',
  });
  t.same(await json(answer), metadata);
  t.match(visit.entry(), { endpoint: 'metadata', provider: 'standard', status: 200 });
  t.same(await json(fetch(server.url + wellKnown + visit.path)), metadata, 'before the path of the issuer');
  t.match(visit.entry(), { endpoint: 'metadata', url: wellKnown + visit.path });

  visit.policy({
    grants: ['client_credentials'],
    grantsPerClient: ['password'],
    responseModes: [],
    pkce: 'ignored',
    clientCredentialsIn: ['basic', 'query'],
    introspectionBy: ['bearer'],
    issuerInRedirect: 'absent',
  });
  const {
    authorization_response_iss_parameter_supported: _sent,
    code_challenge_methods_supported: _m,
    ...rest
  } = metadata;
  const withoutAlgorithms = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.includes('_alg_')));
  t.same(await json(visit.fetch(wellKnown)), {
    ...withoutAlgorithms,
    response_types_supported: [],
    response_modes_supported: ['query'],
    grant_types_supported: ['client_credentials', 'password'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'none'],
    revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'none'],
    introspection_endpoint_auth_methods_supported: ['Bearer'],
  });

  t.equal((await visit.fetch(wellKnown, { method: 'HEAD' })).status, 200);
  const posted = await visit.fetch(wellKnown, { method: 'POST' });
  t.same([posted.status, posted.headers.get('allow')], [405, 'GET, HEAD']);
  visit.world.faults.add([{ match: { endpoint: 'metadata' }, times: 1, fault: { kind: 'status', status: 503 } }]);
  t.equal((await fetch(server.url + wellKnown + visit.path)).status, 503);
});

t.test('metadata before the path of an issuer are only those of providers that have some', async (t) => {
  const issuerOf = async (path: string): Promise<unknown> => {
    const answer = await fetch(server.url + path);
    return answer.status === 200 ? (await json(answer)).issuer : answer.status;
  };
  t.equal(await issuerOf(`${wellKnown}/standard`), `${server.url}/standard`);
  for (const path of ['', '/', '/mailup', '/nobody', '/standard/', '/standard/x', '/w/none/standard']) {
    t.equal(await issuerOf(wellKnown + path), 404, path);
  }
  t.equal(await issuerOf('/.well-known/openid-configuration/standard'), 404);
});

t.test('the issuer is the URL by which the client came: base URL, own host', async (t) => {
  const hosted: Provider = { ...standardProvider, name: 'hosted', hosts: ['auth.hosted.test'] };
  const behind = await startServer([...providers, hosted], 'silent', 'https://mock.test/sub');
  t.teardown(() => behind.close());
  const issuerOf = async (host: string, path: string): Promise<unknown> => {
    const { status, body } = await withHost(behind, host, path);
    return status === 200 ? (JSON.parse(body) as { issuer: string }).issuer : status;
  };
  t.equal(await issuerOf('mock.test', `/sub/standard${wellKnown}`), 'https://mock.test/sub/standard');
  t.equal(await issuerOf('mock.test', `${wellKnown}/sub/standard`), 'https://mock.test/sub/standard');
  t.equal(await issuerOf('auth.hosted.test', wellKnown), 'https://auth.hosted.test');
  t.equal(await issuerOf('auth.hosted.test', `${wellKnown}/standard`), 404, 'there is nothing but the provider');
});
