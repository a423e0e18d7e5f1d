import t from 'tap';
import { basic, client, redirect_uri, seen, serve } from './served.js';

const token = '/services/oauth2/token';
const code = (value: string): Record<string, string> => ({
  grant_type: 'authorization_code',
  code: value,
  redirect_uri,
  ...client,
});
const scope = 'api refresh_token';
const userId = '005000000001016AAA';
type Json = Record<string, string>;

t.test('Salesforce: the token answer has no expires_in, and says where the API is', async (t) => {
  const salesforce = await serve(t, 'salesforce');
  const { redirectTo, code: given = '' } = await salesforce.authorize({ scope });
  t.match(given, /^aPrx[\w.]{70}==$/);
  t.equal(new URL(redirectTo).search, `?code=${given.replaceAll('=', '%3D')}&state=a+b`);
  const text = await (await salesforce.post(token, code(given))).text();
  const { access_token: access = '', refresh_token: refresh = '' } = JSON.parse(text) as Json;
  t.match(access, /^00D000000000001!AQ[\w.]{94}$/);
  t.match(refresh, /^5Aep[\w.]{83}$/);
  t.equal(
    text,
    `{"access_token":"${access}","refresh_token":"${refresh}","signature":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","scope":"api refresh_token","instance_url":"${salesforce.base}","id":"${salesforce.base}/id/00D000000000001EAA/${userId}","token_type":"Bearer","issued_at":"1767225600000"}`,
  );
  const again = { grant_type: 'refresh_token', refresh_token: refresh, ...client };
  for (let i = 0; i < 2; i += 1) {
    const next = (await (await salesforce.post(token, again)).json()) as Json;
    t.strictSame(Object.keys(next), [
      'access_token',
      'signature',
      'scope',
      'instance_url',
      'id',
      'token_type',
      'issued_at',
    ]);
  }
});

t.test('Salesforce: a refresh token only with its scope; the sixth approval ends the first', async (t) => {
  const salesforce = await serve(t, 'salesforce');
  const login = async (parameters: Record<string, string>): Promise<Json> =>
    (await (await salesforce.post(token, code(await salesforce.code(parameters)))).json()) as Json;
  t.notOk((await login({ scope: 'api' })).refresh_token);
  const withIdToken = await login({ scope: 'openid', nonce: 'n' });
  const claims = JSON.parse(Buffer.from(String(withIdToken.id_token?.split('.')[1]), 'base64url').toString()) as Json;
  t.match(claims, { sub: withIdToken.id, aud: client.client_id, nonce: 'n' });
  const all = await login({});
  t.equal(all.scope, 'api web refresh_token id openid');
  const again = { grant_type: 'refresh_token', refresh_token: String(all.refresh_token), ...client };
  for (let i = 0; i < 4; i += 1) await login({ scope });
  t.equal((await salesforce.post(token, again)).status, 200);
  await login({ scope });
  t.same(await seen(salesforce.post(token, again)), [
    400,
    '{"error":"invalid_grant","error_description":"expired access/refresh token"}',
  ]);
});

t.test('Salesforce: refusals of the token endpoint', async (t) => {
  const salesforce = await serve(t, 'salesforce');
  const refused = (parameters: Record<string, string>): Promise<readonly [number, string]> =>
    seen(salesforce.post(token, parameters));
  const body = (error: string, text: string): readonly [number, string] => [
    400,
    `{"error":"${error}","error_description":"${text}"}`,
  ];
  const good = code(await salesforce.code({ scope }));
  t.same(await refused(code('x')), body('invalid_grant', 'invalid authorization code'));
  t.same(await refused({ ...good, client_id: 'x' }), body('invalid_client_id', 'client identifier invalid'));
  t.same(await refused({ ...good, client_secret: 'x' }), body('invalid_client', 'invalid client credentials'));
  t.same(
    await refused({ ...good, redirect_uri: 'http://x.test/' }),
    body('redirect_uri_mismatch', 'redirect_uri must match configuration'),
  );
  t.same(await refused({ ...good, grant_type: 'x' }), body('unsupported_grant_type', 'grant type not supported'));
  t.equal((await refused(good))[0], 200);
  t.same(await refused(good), body('invalid_grant', 'expired authorization code'), 'a used code');
  t.same(
    await refused({ grant_type: 'password', username: 'ada@example.test', password: 'x', ...client }),
    body('invalid_grant', 'authentication failure'),
  );
  const { redirectTo } = await salesforce.authorize({ scope }, { decision: 'deny' });
  t.equal(new URL(redirectTo).search, '?error=access_denied&error_description=end-user+denied+authorization&state=a+b');
});

t.test('Salesforce: the identity, records, introspection, revocation, and an ended session', async (t) => {
  const salesforce = await serve(t, 'salesforce');
  const tokens = (await (await salesforce.post(token, code(await salesforce.code({ scope })))).json()) as Json;
  const { access_token: access = '', id = '', refresh_token: refresh = '' } = tokens;
  const identity = await fetch(id, { headers: { authorization: `Bearer ${access}` } });
  t.match(await identity.json(), {
    user_id: userId,
    organization_id: '00D000000000001EAA',
    username: 'ada@example.test',
  });
  t.match(await (await salesforce.get('/services/oauth2/userinfo', access)).json(), { user_id: userId });
  t.match(await (await salesforce.get('/services/data/v65.0/sobjects/Account/001A', access)).json(), {
    attributes: { type: 'Account', url: '/services/data/v65.0/sobjects/Account/001A' },
    Id: '001A',
  });
  t.same(await seen(salesforce.get('/services/data/v65.0/query?q=x', access)), [
    200,
    '{"totalSize":0,"done":true,"records":[]}',
  ]);
  const about = await salesforce.post('/services/oauth2/introspect', { token: access }, { authorization: basic });
  t.match(await about.json(), { active: true, scope, exp: 1_767_232_800, nbf: 1_767_225_600 });
  const revoked = await salesforce.post('/services/oauth2/revoke', { token: refresh }, { authorization: basic });
  t.same(await seen(revoked), [200, '']);
  t.match(await seen(salesforce.get('/services/data')), [200, /"version":"65\.0"/], 'without a token');
  t.same(await seen(salesforce.get('/services/data/v65.0/query', access)), [
    401,
    '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]',
  ]);
});

t.test('Salesforce: discovery at the domain of an organization', async (t) => {
  const salesforce = await serve(t, 'salesforce');
  const { text } = await salesforce.at('acme.my.salesforce.com', '/.well-known/openid-configuration');
  t.match(JSON.parse(text), {
    issuer: /\/\/acme\.my\.salesforce\.com$/,
    introspection_endpoint: /\/\/acme\.my\.salesforce\.com\/services\/oauth2\/introspect$/,
  });
});
