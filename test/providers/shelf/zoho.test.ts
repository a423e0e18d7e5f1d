import t from 'tap';
import { credentials, redirectUri, serve, told, tokensOf } from './served-brand.js';
import type { Answer, Brand } from './served-brand.js';

const asked = { scope: 'ZohoCRM.users.READ,ZohoCRM.modules.ALL', access_type: 'offline' };
const again = { ...asked, prompt: 'consent' };
const inBody = { basic: null } as const;
const exchange = (zoho: Brand, code: string, fields = {}): Promise<Answer> =>
  zoho.exchange(code, { ...credentials, ...fields }, inBody);
const refresh = (zoho: Brand, token: string): Promise<Answer> => zoho.refresh(token, credentials, inBody);
const invalidCode = [200, '{"error":"invalid_code"}'];

t.test('the callback tells location and accounts-server, where the code is exchanged', async (t) => {
  const zoho = await serve(t, 'zoho');
  const { searchParams } = await zoho.back(asked);
  t.same([...searchParams.keys()], ['state', 'code', 'location', 'accounts-server']);
  t.match(searchParams.get('code'), /^1000\.[0-9a-f]{32}\.[0-9a-f]{32}$/);
  t.same([searchParams.get('location'), searchParams.get('accounts-server')], ['us', zoho.urls.baseUrl]);
  const answer = await fetch(`${searchParams.get('accounts-server')!}/oauth/v2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...credentials,
      grant_type: 'authorization_code',
      code: searchParams.get('code')!,
      redirect_uri: redirectUri,
    }),
  });
  t.match(await answer.json(), { api_domain: zoho.urls.baseUrl, token_type: 'Bearer' });
});

t.test('at a real host, accounts-server is that of its data centre', async (t) => {
  const zoho = await serve(t, 'zoho');
  const query = new URLSearchParams({ response_type: 'code', client_id: credentials.client_id, ...asked });
  query.set('redirect_uri', redirectUri);
  for (const [host, server] of [
    ['accounts.zoho.eu', /^https?:\/\/accounts\.zoho\.eu$/],
    ['accounts.zohocloud.ca', /^https?:\/\/accounts\.zohocloud\.ca$/],
  ] as const) {
    const { headers } = await zoho.atHost(host, `/oauth/v2/auth?${query.toString()}`);
    t.match(new URL(headers.get('location')!).searchParams.get('accounts-server'), server);
  }
});

t.test('a refresh token comes with access_type=offline, at the first consent or with prompt=consent', async (t) => {
  const zoho = await serve(t, 'zoho');
  const first = await exchange(zoho, await zoho.code(asked));
  const { access, refresh: token } = tokensOf(first);
  t.match(token, /^1000\.[0-9a-f]{32}\.[0-9a-f]{32}$/);
  t.equal(
    first.text,
    `{"access_token":"${access}","refresh_token":"${token}","scope":"ZohoCRM.users.READ ZohoCRM.modules.ALL",` +
      `"api_domain":"${zoho.urls.baseUrl}","token_type":"Bearer","expires_in":3600}`,
  );
  t.notMatch((await exchange(zoho, await zoho.code(asked))).text, /refresh_token/, 'the second time');
  t.match((await exchange(zoho, await zoho.code(again))).text, /refresh_token/);
  t.notMatch((await exchange(zoho, await zoho.code({ ...again, access_type: 'online' }))).text, /refresh_token/);
  const second = await refresh(zoho, token);
  t.equal(
    second.text,
    `{"access_token":"${tokensOf(second).access}","scope":"ZohoCRM.users.READ ZohoCRM.modules.ALL",` +
      `"api_domain":"${zoho.urls.baseUrl}","token_type":"Bearer","expires_in":3600}`,
  );
  t.equal((await refresh(zoho, token)).status, 200, 'a refresh keeps the refresh token');
});

t.test('refusals of the token endpoint have the status 200', async (t) => {
  const zoho = await serve(t, 'zoho');
  const code = await zoho.code(asked);
  t.same(told(await exchange(zoho, code, { client_secret: 'wrong' })), [200, '{"error":"invalid_client_secret"}']);
  t.same(told(await exchange(zoho, code, { client_id: 'nobody' })), [200, '{"error":"invalid_client"}']);
  t.same(told(await zoho.exchange(code)), [200, '{"error":"invalid_client"}'], 'Basic is not read');
  t.same(told(await exchange(zoho, code, { redirect_uri: 'http://localhost:3000/other' })), [
    200,
    '{"error":"invalid_redirect_uri"}',
  ]);
  tokensOf(await exchange(zoho, code));
  t.same(told(await exchange(zoho, code)), invalidCode);
  t.same(told(await refresh(zoho, 'unknown')), invalidCode);
  const late = await zoho.code(asked);
  await zoho.world.clock.advance('2m');
  t.same(told(await exchange(zoho, late)), invalidCode);
});

t.test('the parameters may be in the URL', async (t) => {
  const zoho = await serve(t, 'zoho');
  const answer = await zoho.exchange(await zoho.code(asked), credentials, { as: 'query', basic: null });
  t.match(answer.text, /^{"access_token":"1000\./);
});

t.test('the 21st refresh token ends the first, the 31st access token too', async (t) => {
  const zoho = await serve(t, 'zoho');
  const pairs = [];
  for (let i = 0; i < 20; i++) pairs.push(tokensOf(await exchange(zoho, await zoho.code(again))));
  const [first, second] = pairs;
  t.match((await refresh(zoho, first!.refresh)).text, /^{"access_token"/, 'the 21st access token');
  pairs.push(tokensOf(await exchange(zoho, await zoho.code(again))));
  t.same(told(await refresh(zoho, first!.refresh)), invalidCode);
  for (let i = 22; i < 30; i++) tokensOf(await refresh(zoho, second!.refresh));
  t.equal((await zoho.call('/crm/v8/users', first!.access)).status, 200, '30 of them');
  tokensOf(await refresh(zoho, second!.refresh));
  t.equal((await zoho.call('/crm/v8/users', first!.access)).status, 401);
  t.equal((await zoho.call('/crm/v8/users', second!.access)).status, 200);
});

t.test('scopes are separated by commas and are required; errors are on a page', async (t) => {
  const zoho = await serve(t, 'zoho');
  for (const scope of ['', 'ZohoCRM.users.READ ZohoCRM.modules.ALL', 'ZohoCRM.everything']) {
    const { status, headers } = await zoho.ask({ ...asked, scope });
    t.same([status, headers.get('location')], [400, null], scope);
  }
  await zoho.answerAs('deny');
  t.equal((await zoho.back(asked)).href, `${redirectUri}?error=access_denied&state=xyz`);
});

t.test('the API: users, a record by its id, and its errors; revocation', async (t) => {
  const zoho = await serve(t, 'zoho');
  const { access, refresh: token } = tokensOf(await exchange(zoho, await zoho.code(asked)));
  t.match(JSON.parse((await zoho.call('/crm/v8/users?type=CurrentUser', access)).text), {
    users: [{ full_name: 'Ada Lovelace', email: 'ada@example.test' }],
  });
  t.match(JSON.parse((await zoho.call('/crm/v8/Leads/4150868000003194003', access)).text), {
    data: [{ id: '4150868000003194003' }],
  });
  t.same(told(await zoho.call('/oauth/user/info', access)), [
    401,
    '{"code":"OAUTH_SCOPE_MISMATCH","details":{},"message":"invalid oauth scope to access this URL","status":"error"}',
  ]);
  const invalid = [401, '{"code":"INVALID_TOKEN","details":{},"message":"invalid oauth token","status":"error"}'];
  t.same(told(await zoho.call('/crm/v8/users', 'unknown')), invalid);
  const path = '/oauth/v2/token/revoke';
  t.same(told(await zoho.token({ ...credentials, token }, { ...inBody, path })), [200, '{"status":"success"}']);
  t.same(told(await zoho.call('/crm/v8/users', access)), invalid);
});
