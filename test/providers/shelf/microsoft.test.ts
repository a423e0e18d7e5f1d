import t from 'tap';
import { client, redirect_uri, seen, serve } from './served.js';

const token = '/organizations/oauth2/v2.0/token';
const code = (value: string): Record<string, string> => ({
  grant_type: 'authorization_code',
  code: value,
  redirect_uri,
  ...client,
});
const scope = 'openid offline_access User.Read';
type Json = Record<string, unknown>;

/** Ids that are drawn for each answer. */
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

t.test('Microsoft: any tenant; a refresh token only with offline_access, which scope does not list', async (t) => {
  const microsoft = await serve(t, 'microsoft', { at: '/contoso.test/oauth2/v2.0/authorize' });
  const { redirectTo, code: given = '' } = await microsoft.authorize({ scope });
  t.match(given, /^1\.AQ[\w-]{700}$/);
  t.match(new URL(redirectTo).search, /^\?code=1\.AQ[\w-]{700}&state=a%20b&session_state=[0-9a-f-]{36}$/);
  const text = await (await microsoft.post(token, code(given))).text();
  t.match(
    text,
    /^\{"token_type":"Bearer","scope":"openid User\.Read","expires_in":3599,"ext_expires_in":3599,"access_token":"eyJ[\w-]+\.[\w-]{1000}\.[\w-]+","refresh_token":"1\.AQ[\w-]{900}","id_token":"[\w.-]+"\}$/,
  );
  const { id_token: idToken } = JSON.parse(text) as { id_token: string };
  const claims = JSON.parse(Buffer.from(String(idToken.split('.')[1]), 'base64url').toString()) as Json;
  t.match(claims, { aud: client.client_id, ver: '2.0', preferred_username: 'ada@example.test', exp: 1_767_229_199 });
  const online = await microsoft.post(token, code(await microsoft.code({ scope: 'User.Read' })));
  t.strictSame(Object.keys((await online.json()) as Json), [
    'token_type',
    'scope',
    'expires_in',
    'ext_expires_in',
    'access_token',
  ]);
});

t.test('Microsoft: an old refresh token stays good until it expires', async (t) => {
  const microsoft = await serve(t, 'microsoft');
  const first = (await (await microsoft.post(token, code(await microsoft.code({ scope })))).json()) as Json;
  const refresh = { grant_type: 'refresh_token', refresh_token: String(first.refresh_token), ...client };
  const second = (await (await microsoft.post(token, refresh)).json()) as Json;
  t.not(second.refresh_token, first.refresh_token);
  await microsoft.world.clock.advance('89d');
  t.equal((await microsoft.post(token, refresh)).status, 200, 'it was replaced, and is not revoked');
  await microsoft.world.clock.advance('2d');
  const [status, text] = await seen(microsoft.post(token, refresh));
  t.equal(status, 400);
  t.match(
    text,
    /^\{"error":"invalid_grant","error_description":"AADSTS700082: The refresh token has expired due to inactivity\. The token was issued on 2026-01-01T00:00:00\.0000000Z and was inactive for 90\.00:00:00\. Trace ID: /,
  );
});

t.test('Microsoft: refusals have a number of AADSTS', async (t) => {
  const microsoft = await serve(t, 'microsoft');
  const refused = (parameters: Record<string, string>): Promise<readonly [number, string]> =>
    seen(microsoft.post(token, parameters)).then(([status, text]) => [status, text.replaceAll(uuid, 'ID')]);
  const body = (error: string, number: number, words: string): string =>
    `{"error":"${error}","error_description":"AADSTS${number}: ${words} Trace ID: ID Correlation ID: ID Timestamp: 2026-01-01 00:00:00Z","error_codes":[${number}],"timestamp":"2026-01-01 00:00:00Z","trace_id":"ID","correlation_id":"ID","error_uri":"https://login.microsoftonline.com/error?code=${number}"}`;
  const good = code(await microsoft.code({ scope }));
  t.same(await refused({ ...good, client_secret: 'x' }), [
    401,
    body(
      'invalid_client',
      7000215,
      "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app 'understudy-client'.",
    ),
  ]);
  t.same(await refused({ ...good, client_secret: '' }), [
    401,
    body(
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    ),
  ]);
  t.same(await refused({ ...good, client_id: 'x' }), [
    400,
    body('unauthorized_client', 700016, "Application with identifier 'x' was not found in the directory 'Understudy'."),
  ]);
  t.same(await refused({ ...good, code: 'x' }), [
    400,
    body('invalid_grant', 9002313, 'Invalid request. Request is malformed or invalid.'),
  ]);
  t.match((await refused({ ...good, redirect_uri: 'http://x.test/' }))[1], /AADSTS500112: The reply address 'http:/);
  t.same(await refused({ ...client, grant_type: 'authorization_code', redirect_uri }), [
    400,
    body('invalid_request', 900144, "The request body must contain the following parameter: 'code'."),
  ]);
  t.equal((await refused(good))[0], 200);
  t.same(await refused(good), [
    400,
    body(
      'invalid_grant',
      54005,
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    ),
  ]);
});

t.test('Microsoft: client credentials; response modes; a denial', async (t) => {
  const microsoft = await serve(t, 'microsoft');
  const app = { grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default', ...client };
  t.match(
    await (await microsoft.post(token, app)).text(),
    /^\{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"eyJ/,
  );
  const { redirectTo } = await microsoft.authorize({ scope, response_mode: 'fragment' });
  t.match(new URL(redirectTo).hash, /^#code=1\.AQ/);
  const denied = await microsoft.authorize({ scope }, { decision: 'deny' });
  t.equal(
    new URL(denied.redirectTo).search,
    '?error=access_denied&error_description=AADSTS65004%3A%20User%20declined%20to%20consent%20to%20access%20the%20app.&state=a%20b',
  );
  const none = await fetch(microsoft.authorizeUrl(), { redirect: 'manual' });
  t.match(none.headers.get('location'), /error=invalid_request&error_description=AADSTS900144/);
});

t.test('Microsoft: Graph', async (t) => {
  const microsoft = await serve(t, 'microsoft');
  const answer = await microsoft.post(token, code(await microsoft.code({ scope })));
  const { access_token: access } = (await answer.json()) as { access_token: string };
  t.match(await (await microsoft.get('/v1.0/me', access)).json(), {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users/$entity',
    displayName: 'Ada Lovelace',
    jobTitle: null,
    surname: 'Lovelace',
    userPrincipalName: 'ada@example.test',
  });
  const refused = async (path: string, sent?: string): Promise<unknown> => {
    const { error } = (await (await microsoft.get(path, sent)).json()) as { error: Json };
    return [error.code, error.message];
  };
  t.same(await refused('/v1.0/users/7', access), [
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
  ]);
  t.same(await refused('/v1.0/me'), ['InvalidAuthenticationToken', 'Access token is empty.']);
  t.same(await refused('/v1.0/me', 'x'), [
    'InvalidAuthenticationToken',
    'CompactToken parsing failed with error code: 80049217',
  ]);
  await microsoft.world.clock.advance('1h');
  const expired = await microsoft.get('/v1.0/me', access);
  t.match(expired.headers.get('www-authenticate'), /^Bearer realm="", authorization_uri="https:/);
  const [status, text] = await seen(expired);
  t.same(
    [status, text.replaceAll(uuid, 'ID')],
    [
      401,
      '{"error":{"code":"InvalidAuthenticationToken","message":"Lifetime validation failed, the token is expired.","innerError":{"date":"2026-01-01T01:00:00","request-id":"ID","client-request-id":"ID"}}}',
    ],
  );
});

t.test('Microsoft: discovery of a tenant', async (t) => {
  const microsoft = await serve(t, 'microsoft', { at: '/contoso.test/oauth2/v2.0/authorize' });
  const issuer = async (tenant: string): Promise<unknown> =>
    ((await (await microsoft.get(`/${tenant}/v2.0/.well-known/openid-configuration`)).json()) as Json).issuer;
  t.equal(await issuer('contoso.test'), `${microsoft.base}/contoso.test/v2.0`);
  t.equal(await issuer('common'), `${microsoft.base}/{tenantid}/v2.0`);
  const given = code(await microsoft.code({ scope }));
  const answer = await microsoft.post('/contoso.test/oauth2/v2.0/token', given);
  const { id_token: idToken } = (await answer.json()) as { id_token: string };
  const claims = JSON.parse(Buffer.from(String(idToken.split('.')[1]), 'base64url').toString()) as Json;
  t.match(claims, { iss: `${microsoft.base}/contoso.test/v2.0`, tid: 'contoso.test' });
  t.notOk('at_hash' in claims);
  t.match(await (await microsoft.get('/common/discovery/v2.0/keys')).json(), { keys: [{ kty: 'RSA', use: 'sig' }] });
});
