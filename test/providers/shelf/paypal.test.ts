import t from 'tap';
import { basic, client, redirect_uri, seen, serve } from './served.js';

const token = '/v1/oauth2/token';
const authorization = { authorization: basic };
const app = { grant_type: 'client_credentials' };
const code = (value: string): Record<string, string> => ({
  grant_type: 'authorization_code',
  code: value,
  redirect_uri,
});
type Json = Record<string, string>;

t.test('PayPal: client credentials, with all scopes of the application', async (t) => {
  const paypal = await serve(t, 'paypal');
  const text = await (await paypal.post(token, app, authorization)).text();
  t.match(
    text,
    /^\{"scope":"https:\/\/uri\.paypal\.com\/services\/payments\/payment\/authcapture [^"]* https:\/\/api\.paypal\.com\/v1\/vault\/credit-card","access_token":"A21AA[\w-]{92}","token_type":"Bearer","app_id":"APP-80W284485P519543T","expires_in":32400,"nonce":"2026-01-01T00:00:00ZA{43}"\}$/,
  );
  t.notMatch(text, /openid|reporting/);
});

t.test('PayPal: a login has expires_in as text, and a refresh brings no new refresh token', async (t) => {
  const paypal = await serve(t, 'paypal');
  const given = await paypal.code({ scope: 'openid profile email', flowEntry: 'static', nonce: 'n' });
  t.match(given, /^C21AA[\w-]{86}$/);
  const text = await (await paypal.post(token, code(given), authorization)).text();
  t.match(
    text,
    /^\{"scope":"openid profile email","access_token":"A21AA[\w-]+","token_type":"Bearer","expires_in":"32400","refresh_token":"R23AA[\w-]{76}","nonce":"n","id_token":"eyJ[\w.-]+"\}$/,
  );
  const { refresh_token = '', access_token: access = '' } = JSON.parse(text) as Json;
  const refresh = { grant_type: 'refresh_token', refresh_token };
  for (let i = 0; i < 2; i += 1) {
    const next = (await (await paypal.post(token, refresh, authorization)).json()) as Json;
    t.match(next, { expires_in: '32400' });
    t.notOk(next.refresh_token);
  }
  t.match(await (await paypal.get('/v1/identity/oauth2/userinfo?schema=paypalv1.1', access)).json(), {
    user_id: 'https://www.paypal.com/webapps/auth/identity/user/ada@example.test',
    verified_account: 'true',
    emails: [{ value: 'ada@example.test', primary: true }],
  });
});

t.test('PayPal: refusals of the token endpoint; Basic alone', async (t) => {
  const paypal = await serve(t, 'paypal');
  const failed = '{"error":"invalid_client","error_description":"Client Authentication failed"}';
  t.same(await seen(paypal.post(token, { ...app, ...client })), [401, failed], 'not in the body');
  t.same(await seen(paypal.post(token, app, { authorization: `Basic ${btoa('understudy-client:x')}` })), [401, failed]);
  const refused = (parameters: Record<string, string>): Promise<readonly [number, string]> =>
    seen(paypal.post(token, parameters, authorization));
  t.same(await refused({ x: 'y' }), [
    400,
    '{"error":"unsupported_grant_type","error_description":"Grant Type is NULL"}',
  ]);
  t.same(await refused({ grant_type: 'x' }), [
    400,
    '{"error":"unsupported_grant_type","error_description":"unsupported grant_type"}',
  ]);
  t.same(await refused(code('x')), [400, '{"error":"invalid_grant","error_description":"Invalid authorization code"}']);
  t.same(await refused({ grant_type: 'refresh_token', refresh_token: 'x' }), [
    400,
    '{"error":"invalid_grant","error_description":"Invalid refresh token"}',
  ]);
});

t.test('PayPal: the API, and the end of a token', async (t) => {
  const paypal = await serve(t, 'paypal');
  const login = async (): Promise<string> =>
    ((await (await paypal.post(token, app, authorization)).json()) as { access_token: string }).access_token;
  const access = await login();
  const made = await paypal.post('/v2/checkout/orders', {}, { authorization: `Bearer ${access}` });
  t.equal(made.status, 201);
  t.match(await made.json(), { id: '5O190127TN364715T', status: 'CREATED' });
  t.match(await (await paypal.get('/v2/checkout/orders/7X', access)).json(), { id: '7X' });
  const links = '"links":[{"href":"https://developer.paypal.com/docs/api/overview/#error","rel":"information_link"}]';
  const [status, text] = await seen(paypal.get('/v1/reporting/transactions', access));
  t.same(
    [status, text.replace(/"debug_id":"[0-9a-f]{13}"/, '"debug_id":"ID"')],
    [
      403,
      `{"name":"NOT_AUTHORIZED","message":"Authorization failed due to insufficient permissions.","debug_id":"ID","details":[{"issue":"PERMISSION_DENIED","description":"You do not have permission to access or perform operations on this resource."}],${links}}`,
    ],
  );
  t.same(await seen(paypal.get('/v2/checkout/orders/7X')), [
    401,
    `{"name":"AUTHENTICATION_FAILURE","message":"Authentication failed due to invalid authentication credentials or a missing Authorization header.",${links}}`,
  ]);
  const wrong = '{"error":"invalid_token","error_description":"Token signature verification failed"}';
  const unknown = await paypal.get('/v2/checkout/orders/7X', 'A21AA');
  t.match(unknown.headers.get('paypal-debug-id'), /^[0-9a-f]{13}$/);
  t.same(await seen(unknown), [401, wrong]);
  const ended = { token: access, token_type_hint: 'ACCESS_TOKEN' };
  t.same(await seen(paypal.post('/v1/oauth2/token/terminate', ended, authorization)), [200, '{}']);
  t.same(await seen(paypal.get('/v2/checkout/orders/7X', access)), [401, wrong]);
  const later = await login();
  await paypal.world.clock.advance('9h');
  t.same(await seen(paypal.get('/v2/checkout/orders/7X', later)), [
    401,
    '{"error":"invalid_token","error_description":"Access Token not found in cache"}',
  ]);
});
