import t from 'tap';
import { basic, client, redirect_uri, seen, serve } from './served.js';

const code = (value: string): Record<string, string> => ({
  grant_type: 'authorization_code',
  code: value,
  redirect_uri,
  ...client,
});
const offline = { scope: 'openid email', access_type: 'offline' };
type Json = Record<string, unknown>;

t.test('Google: the callback, the token answer, and an id_token with the scope openid', async (t) => {
  const google = await serve(t, 'google');
  const { redirectTo, code: given = '' } = await google.authorize({ ...offline, nonce: 'n "1"' });
  t.match(given, /^4\/0A[\w-]{70}$/);
  t.equal(
    new URL(redirectTo).search,
    `?state=a+b&iss=${encodeURIComponent(google.base)}&code=4%2F0A${given.slice(4)}&scope=openid+email&authuser=0&prompt=consent`,
  );
  const answer = await google.post('/token', code(given));
  t.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
  const text = await answer.text();
  t.match(
    text,
    /^\{"access_token":"ya29\.a0A[\w-]{200}","expires_in":3599,"refresh_token":"1\/\/0[\w-]{97}","scope":"openid email","token_type":"Bearer","id_token":"[\w-]+\.[\w-]+\.[\w-]+"\}$/,
  );
  const { id_token: idToken } = JSON.parse(text) as { id_token: string };
  const { at_hash: hash, ...claims } = JSON.parse(
    Buffer.from(String(idToken.split('.')[1]), 'base64url').toString(),
  ) as Json;
  t.match(hash, /^[\w-]{22}$/);
  t.same(claims, {
    iss: google.base,
    azp: client.client_id,
    aud: client.client_id,
    sub: 'ada@example.test',
    email: 'ada@example.test',
    email_verified: true,
    nonce: 'n "1"',
    name: 'Ada Lovelace',
    iat: 1_767_225_600,
    exp: 1_767_225_600 + 3599,
  });
});

t.test('Google: a refresh token only offline and at the first consent; a refresh brings no new one', async (t) => {
  const google = await serve(t, 'google');
  const login = async (parameters: Record<string, string>): Promise<Json> =>
    (await (await google.post('/token', code(await google.code({ scope: 'email', ...parameters })))).json()) as Json;
  t.strictSame(Object.keys(await login({})), ['access_token', 'expires_in', 'scope', 'token_type']);
  t.notOk((await login({ access_type: 'offline' })).refresh_token, 'this user had allowed the client before');
  const first = await login({ access_type: 'offline', prompt: 'consent' });
  t.ok(first.refresh_token);
  const refresh = { grant_type: 'refresh_token', refresh_token: String(first.refresh_token), ...client };
  for (let i = 0; i < 2; i += 1) {
    const next = (await (await google.post('/token', refresh)).json()) as Json;
    t.strictSame(Object.keys(next), ['access_token', 'expires_in', 'scope', 'token_type']);
  }
  await google.world.clock.advance('183d');
  t.same(await seen(google.post('/token', refresh)), [
    400,
    '{"error":"invalid_grant","error_description":"Token has been expired or revoked."}',
  ]);
  const [entry] = await google.world.journal.list({ provider: 'google', order: 'newest' });
  t.equal(entry?.reason, 'refresh.idle');
});

t.test('Google: the hundred and first refresh token ends the first', async (t) => {
  const google = await serve(t, 'google');
  const login = async (): Promise<string> => {
    const answer = await google.post('/token', code(await google.code({ ...offline, prompt: 'consent' })));
    return ((await answer.json()) as { refresh_token: string }).refresh_token;
  };
  await google.world.providers.policy({ provider: 'google', interaction: { mode: 'auto', user: 'ada@example.test' } });
  const first = await login();
  for (let i = 0; i < 99; i += 1) await login();
  const refresh = { grant_type: 'refresh_token', refresh_token: first, ...client };
  t.equal((await google.post('/token', refresh)).status, 200);
  await login();
  t.equal((await google.post('/token', refresh)).status, 400);
});

t.test('Google: refusals of the token endpoint', async (t) => {
  const google = await serve(t, 'google');
  const refused = (parameters: Record<string, string>): Promise<readonly [number, string]> =>
    seen(google.post('/token', parameters));
  const good = code(await google.code({ scope: 'email' }));
  const body = (error: string, text: string): string => JSON.stringify({ error, error_description: text });
  t.same(await refused(code('x')), [400, body('invalid_grant', 'Malformed auth code.')]);
  t.same(await refused({ ...good, client_id: 'x' }), [401, body('invalid_client', 'The OAuth client was not found.')]);
  t.same(await refused({ ...good, client_secret: 'x' }), [
    401,
    body('invalid_client', 'The provided client secret is invalid.'),
  ]);
  t.same(await refused({ ...good, client_secret: '' }), [400, body('invalid_request', 'client_secret is missing.')]);
  t.same(await refused({ ...good, redirect_uri: 'http://x.test/' }), [
    400,
    body('redirect_uri_mismatch', 'Bad Request'),
  ]);
  t.same(await refused({ ...good, grant_type: 'x' }), [400, body('unsupported_grant_type', 'Invalid grant_type: x')]);
  t.equal((await refused(good))[0], 200);
  t.same(await refused(good), [400, body('invalid_grant', 'Bad Request')], 'a used code');
  const challenge = { code_challenge: 'c'.repeat(43), code_challenge_method: 'plain', scope: 'email' };
  t.same(await refused(code(await google.code(challenge))), [400, body('invalid_grant', 'Missing code verifier.')]);
  t.same(await refused({ ...code(await google.code(challenge)), code_verifier: 'd'.repeat(43) }), [
    400,
    body('invalid_grant', 'Invalid code verifier.'),
  ]);
});

t.test('Google: a scope is required, and a denial says no more than access_denied', async (t) => {
  const google = await serve(t, 'google');
  const none = await fetch(google.authorizeUrl(), { redirect: 'manual' });
  t.equal(new URL(String(none.headers.get('location'))).search, '?error=invalid_request&state=a+b');
  const { redirectTo } = await google.authorize({ scope: 'email' }, { decision: 'deny' });
  t.equal(new URL(redirectTo).search, '?error=access_denied&state=a+b');
});

t.test('Google: the API, tokeninfo, revocation', async (t) => {
  const google = await serve(t, 'google');
  const answer = await google.post('/token', code(await google.code(offline)));
  const { access_token: token, refresh_token: refresh } = (await answer.json()) as Record<string, string>;
  t.same(await seen(google.get('/oauth2/v3/userinfo', token)), [
    200,
    '{"sub":"ada@example.test","name":"Ada Lovelace","given_name":"Ada","family_name":"Lovelace","email":"ada@example.test","email_verified":true}',
  ]);
  const info = `{"azp":"${client.client_id}","aud":"${client.client_id}","sub":"ada@example.test","scope":"openid email","email":"ada@example.test","email_verified":"true"}`;
  t.same(await seen(google.get(`/tokeninfo?access_token=${String(token)}`)), [200, info]);
  t.same(
    await seen(google.post('/tokeninfo', {}, { authorization: `Bearer ${String(token)}` })),
    [200, info],
    'as google-auth-library asks',
  );
  const few = await google.get('/calendar/v3/calendars/primary', token);
  t.equal(few.headers.get('www-authenticate')?.includes('error="insufficient_scope"'), true);
  t.same(await seen(few), [
    403,
    '{"error":{"code":403,"message":"Request had insufficient authentication scopes.","status":"PERMISSION_DENIED"}}',
  ]);
  const revoked = await google.post('/revoke', { token: String(refresh) }, { authorization: basic });
  t.same(await seen(revoked), [200, '{}']);
  const after = await google.get('/v1/userinfo', token);
  t.equal(after.headers.get('www-authenticate'), 'Bearer realm="https://accounts.google.com/", error="invalid_token"');
  t.same(await seen(after), [
    401,
    '{"error":{"code":401,"message":"Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.","status":"UNAUTHENTICATED"}}',
  ]);
  t.match(await (await google.get('/v1/userinfo')).json(), { error: { message: /^Request is missing required/ } });
});

t.test('Google: discovery, below the URL of the provider and at the real host', async (t) => {
  const google = await serve(t, 'google');
  t.match(await (await google.get('/.well-known/openid-configuration')).json(), {
    issuer: google.base,
    token_endpoint: `${google.base}/token`,
    jwks_uri: `${google.base}/oauth2/v3/certs`,
  });
  const { keys } = (await (await google.get('/oauth2/v3/certs')).json()) as { keys: { kid: string }[] };
  const pems = (await (await google.get('/oauth2/v1/certs')).json()) as Record<string, string>;
  t.strictSame(Object.keys(pems), [keys[0]?.kid]);
  t.match(Object.values(pems), [/^-----BEGIN PUBLIC KEY-----/]);
  const { text } = await google.at('accounts.google.com', '/.well-known/openid-configuration');
  t.match(JSON.parse(text), {
    issuer: 'https://accounts.google.com',
    token_endpoint: 'https://oauth2.googleapis.com/token',
    userinfo_endpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
  });
});
