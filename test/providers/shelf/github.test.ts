import t from 'tap';
import { basic, client, redirect_uri, seen, serve } from './served.js';

const token = '/login/oauth/access_token';
const json = { accept: 'application/json' };
const code = (value: string): Record<string, string> => ({
  grant_type: 'authorization_code',
  code: value,
  redirect_uri,
  ...client,
});

t.test('GitHub: the token answer is a form, or what Accept asks for', async (t) => {
  const github = await serve(t, 'github');
  const asked = await github.authorize({ scope: 'repo gist' });
  t.match(asked.code, /^[0-9a-f]{20}$/);
  t.equal(new URL(asked.redirectTo).search, `?code=${String(asked.code)}&state=a+b`);
  const answer = await github.post(token, code(String(asked.code)));
  t.equal(answer.headers.get('content-type'), 'application/x-www-form-urlencoded; charset=utf-8');
  t.match(await answer.text(), /^access_token=gho_[0-9A-Za-z]{36}&scope=repo%2Cgist&token_type=bearer$/);

  const asJson = await github.post(token, code(await github.code({ scope: 'repo,gist' })), json);
  t.equal(asJson.headers.get('content-type'), 'application/json; charset=utf-8');
  t.match(await asJson.text(), /^\{"access_token":"gho_\w{36}","scope":"repo,gist","token_type":"bearer"\}$/);

  const asXml = await github.post(token, code(await github.code()), { accept: 'application/xml' });
  t.match(
    await asXml.text(),
    /^<OAuth><token_type>bearer<\/token_type><scope><\/scope><access_token>gho_\w{36}<\/access_token><\/OAuth>$/,
  );
});

t.test('GitHub: refusals of the token endpoint have the status 200', async (t) => {
  const github = await serve(t, 'github');
  const docs = 'https://docs.github.com/apps/managing-oauth-apps';
  const wrongCode = `{"error":"bad_verification_code","error_description":"The code passed is incorrect or expired.","error_uri":"${docs}/troubleshooting-oauth-app-access-token-request-errors/#bad-verification-code"}`;
  t.same(await seen(github.post(token, code('wrong'), json)), [200, wrongCode]);
  const good = await github.code();
  t.same(await seen(github.post(token, { ...code(good), client_secret: 'x' }, json)), [
    200,
    `{"error":"incorrect_client_credentials","error_description":"The client_id and/or client_secret passed are incorrect.","error_uri":"${docs}/troubleshooting-oauth-app-access-token-request-errors/#incorrect-client-credentials"}`,
  ]);
  t.same(await seen(github.post(token, { ...code(good), redirect_uri: 'http://other.test/' }, json)), [
    200,
    `{"error":"redirect_uri_mismatch","error_description":"The redirect_uri MUST match the registered callback URL for this application.","error_uri":"${docs}/troubleshooting-authorization-request-errors/#redirect-uri-mismatch2"}`,
  ]);
  t.same(
    await seen(github.post(token, code('wrong'))),
    [
      200,
      'error=bad_verification_code&error_description=The+code+passed+is+incorrect+or+expired.&error_uri=https%3A%2F%2Fdocs.github.com%2Fapps%2Fmanaging-oauth-apps%2Ftroubleshooting-oauth-app-access-token-request-errors%2F%23bad-verification-code',
    ],
    'a form without Accept',
  );
  await github.world.clock.advance('11m');
  t.same(await seen(github.post(token, code(good), json)), [200, wrongCode], 'a code lives ten minutes');
  const [entry] = await github.world.journal.list({ provider: 'github', order: 'newest' });
  t.equal(entry?.reason, 'code.expired');
});

t.test('GitHub: id and secret in JSON, in the query, in Basic; no redirect_uri; PKCE without plain', async (t) => {
  const github = await serve(t, 'github');
  const asJson = await fetch(github.base + token, {
    method: 'POST',
    headers: { ...json, 'content-type': 'application/json' },
    body: JSON.stringify({ ...code(await github.code()), redirect_uri: undefined }),
  });
  t.match(await asJson.text(), /^\{"access_token":"gho_/);
  const query = new URLSearchParams(code(await github.code())).toString();
  t.match(await (await fetch(`${github.base}${token}?${query}`, { method: 'POST' })).text(), /^access_token=gho_/);
  const asBasic = { grant_type: 'authorization_code', code: await github.code() };
  t.match(await (await github.post(token, asBasic, { authorization: basic })).text(), /^access_token=gho_/);
  const plain = await fetch(github.authorizeUrl({ code_challenge: 'c'.repeat(43), code_challenge_method: 'plain' }), {
    redirect: 'manual',
  });
  t.match(new URL(String(plain.headers.get('location'))).searchParams.get('error'), 'invalid_request');
});

t.test('GitHub: a denial says where to read about it', async (t) => {
  const github = await serve(t, 'github');
  const { redirectTo } = await github.authorize({}, { decision: 'deny' });
  t.equal(
    redirectTo,
    `${redirect_uri}?error=access_denied&error_description=The+user+has+denied+your+application+access.&error_uri=https%3A%2F%2Fdocs.github.com%2Fapps%2Fmanaging-oauth-apps%2Ftroubleshooting-authorization-request-errors%2F%23access-denied&state=a+b`,
  );
});

t.test('GitHub: the API, check a token, ten tokens', async (t) => {
  const github = await serve(t, 'github');
  const login = async (scope: string): Promise<string> => {
    const answer = await github.post(token, code(await github.code({ scope })), json);
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  const first = await login('user:email');
  const user = await github.get('/user', first);
  t.equal(user.headers.get('x-oauth-scopes'), 'user:email');
  t.match(await user.json(), { login: 'ada', id: 16, type: 'User', name: 'Ada Lovelace', email: 'ada@example.test' });
  t.same(await seen(github.get('/user/emails', first)), [
    200,
    '[{"email":"ada@example.test","primary":true,"verified":true,"visibility":"public"}]',
  ]);
  t.match(await (await github.get('/api/v3/repos/acme/anvils', first)).json(), { full_name: 'acme/anvils' });
  t.same(await seen(github.get('/user')), [
    401,
    '{"message":"Requires authentication","documentation_url":"https://docs.github.com/rest","status":"401"}',
  ]);
  const bad = '{"message":"Bad credentials","documentation_url":"https://docs.github.com/rest","status":"401"}';
  t.same(await seen(github.get('/user', 'gho_wrong')), [401, bad]);

  const check = (access_token: string): Promise<Response> =>
    fetch(`${github.base}/applications/${client.client_id}/token`, {
      method: 'POST',
      headers: { authorization: basic.toLowerCase().slice(0, 5) + basic.slice(5), 'content-type': 'application/json' },
      body: JSON.stringify({ access_token }),
    });
  t.match(await (await check(first)).json(), {
    scopes: ['user:email'],
    created_at: '2026-01-01T00:00:00Z',
    expires_at: null,
    user: { login: 'ada' },
  });
  t.match(await (await check(await login(''))).json(), { scopes: [] });
  t.same(await seen(check('gho_wrong')), [
    404,
    '{"message":"Not Found","documentation_url":"https://docs.github.com/rest/apps/oauth-applications#check-a-token","status":"404"}',
  ]);
  for (let i = 0; i < 9; i += 1) await login('repo');
  t.same(await seen(github.get('/user', first)), [401, bad], 'the eleventh token ended the first');
});

t.test('GitHub App: expiring tokens, refresh tokens that are replaced', async (t) => {
  const app = `
like: github
policy: { accessToken: 8h, refreshToken: 184d, refreshTokenIssued: true, refreshRevokesAccessToken: true }
tokens: { accessToken: { shape: alphanumeric, length: 36, prefix: ghu_ } }
`;
  const github = await serve(t, 'github', { name: 'github-app', more: { 'github-app': app } });
  const form = await (await github.post(token, code(await github.code()))).text();
  t.match(
    form,
    /^access_token=ghu_\w{36}&expires_in=28800&refresh_token=ghr_\w{76}&refresh_token_expires_in=15897600&scope=&token_type=bearer$/,
  );
  const { access_token: access = '', refresh_token = '' } = Object.fromEntries(new URLSearchParams(form));
  const refresh = { grant_type: 'refresh_token', refresh_token, ...client };
  const next = (await (await github.post(token, refresh, json)).json()) as Record<string, unknown>;
  t.strictSame(Object.keys(next), [
    'access_token',
    'expires_in',
    'refresh_token',
    'refresh_token_expires_in',
    'scope',
    'token_type',
  ]);
  t.equal((await github.get('/user', access)).status, 401, 'a refresh ends the old access token');
  t.same(await seen(github.post(token, refresh, json)), [
    200,
    '{"error":"bad_refresh_token","error_description":"The refresh token passed is incorrect or expired.","error_uri":"https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/#bad-verification-code"}',
  ]);
});
