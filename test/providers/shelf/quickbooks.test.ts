import t from 'tap';
import { beginning } from './open-file.js';
import { clientId, credentials, redirectUri, serve, told, tokensOf } from './served-brand.js';

const accounting = { scope: 'com.intuit.quickbooks.accounting' };
const fault = (detail: string, time = Date.parse(beginning)): [number, string] => [
  401,
  '{"warnings":null,"intuitObject":null,"fault":{"error":[{"message":"message=AuthenticationFailed; ' +
    `errorCode=003200; statusCode=401","detail":"${detail}","code":"3200","element":null}],` +
    '"type":"AUTHENTICATION"},"report":null,"queryResponse":null,"batchItemResponse":[],"attachableResponse":[],' +
    `"syncErrorResponse":null,"requestId":null,"time":${time},"status":null,"cdcresponse":[]}`,
];

t.test('the callback has realmId; the token answer tells how long the refresh token lives', async (t) => {
  const quickbooks = await serve(t, 'quickbooks');
  const back = await quickbooks.back(accounting);
  t.match(
    back.href,
    /^http:\/\/localhost:3000\/callback\?code=XAB1[0-9A-Za-z]{46}&state=xyz&realmId=9341452000000001$/,
  );
  const answer = await quickbooks.exchange(back.searchParams.get('code')!);
  const { access, refresh } = tokensOf(answer);
  t.match(access, /^eyJlbmMiOiJBMTI4Q0JDLUhTMjU2IiwiYWxnIjoiZGlyIn0\.\.[\w-]+$/);
  t.match(refresh, /^RT1-204-H0-[0-9A-Za-z]{36}$/);
  t.equal(
    answer.text,
    `{"x_refresh_token_expires_in":8726400,"refresh_token":"${refresh}","access_token":"${access}",` +
      '"token_type":"bearer","expires_in":3600}',
  );
  t.match(answer.headers.get('intuit_tid'), /^1-[0-9a-f-]{36}$/);
});

t.test('another user has another company', async (t) => {
  const quickbooks = await serve(t, 'quickbooks');
  const user = 'grace@example.test';
  await quickbooks.world.providers.policy({ provider: 'quickbooks', interaction: { mode: 'auto', user } });
  t.equal((await quickbooks.back(accounting)).searchParams.get('realmId'), '9341452000000002');
});

t.test('Basic alone authenticates, and a failure is invalid_client without a text', async (t) => {
  const quickbooks = await serve(t, 'quickbooks');
  const code = await quickbooks.code(accounting);
  const refused = [401, '{"error":"invalid_client"}'];
  t.same(told(await quickbooks.exchange(code, credentials, { basic: null })), refused);
  t.same(told(await quickbooks.exchange(code, {}, { basic: [clientId, 'wrong'] })), refused);
  t.equal((await quickbooks.exchange(code)).status, 200);
});

t.test('a refresh token is replaced after a day, and good for another; 101 days without use end it', async (t) => {
  const quickbooks = await serve(t, 'quickbooks');
  const first = tokensOf(await quickbooks.exchange(await quickbooks.code(accounting)));
  t.equal(tokensOf(await quickbooks.refresh(first.refresh)).refresh, first.refresh, 'on the first day');
  await quickbooks.world.clock.advance('24h');
  const second = tokensOf(await quickbooks.refresh(first.refresh));
  t.not(second.refresh, first.refresh);
  await quickbooks.world.clock.advance('86399s');
  t.equal((await quickbooks.refresh(first.refresh)).status, 200);
  await quickbooks.world.clock.advance('1s');
  t.same(told(await quickbooks.refresh(first.refresh)), [400, '{"error":"invalid_grant"}']);
  const { refresh } = tokensOf(await quickbooks.refresh(second.refresh));
  await quickbooks.world.clock.advance('101d');
  t.same(told(await quickbooks.refresh(refresh)), [
    400,
    '{"error":"invalid_grant","error_description":"Incorrect or invalid refresh token"}',
  ]);
});

t.test('refresh tokens end five years after the consent, and a refresh leaves the old access token', async (t) => {
  const quickbooks = await serve(t, 'quickbooks');
  const { access, refresh } = tokensOf(await quickbooks.exchange(await quickbooks.code(accounting)));
  await quickbooks.refresh(refresh);
  t.equal((await quickbooks.call('/v3/company/1/query', access)).status, 200, 'the old access token is good');
  let token = refresh;
  for (let day = 0; day < 1800; day += 100) {
    await quickbooks.world.clock.advance('100d');
    ({ refresh: token } = tokensOf(await quickbooks.refresh(token)));
  }
  await quickbooks.world.clock.advance('24d');
  const headers = { 'x-include-refresh-token-hard-expires-in': 'true' };
  const last = await quickbooks.refresh(token, {}, { headers });
  t.match(JSON.parse(last.text), {
    x_refresh_token_hard_expires_in: 86_400,
    x_refresh_token_expires_in: 86_400,
    token_type: 'bearer',
  });
  await quickbooks.world.clock.advance('1d');
  t.same(told(await quickbooks.refresh(tokensOf(last).refresh)), [
    400,
    '{"error":"invalid_grant","error_description":"Incorrect or invalid refresh token"}',
  ]);
});

t.test('codes and refresh tokens are refused in the words of Intuit', async (t) => {
  const quickbooks = await serve(t, 'quickbooks');
  await quickbooks.world.clients.add({ provider: 'quickbooks', id: 'other', secret: 's', redirectUris: [redirectUri] });
  const code = await quickbooks.code(accounting);
  const invalidGrant = [400, '{"error":"invalid_grant"}'];
  t.same(told(await quickbooks.exchange(code, { redirect_uri: 'http://localhost:3000/other' })), invalidGrant);
  const { refresh } = tokensOf(await quickbooks.exchange(code));
  t.same(told(await quickbooks.exchange(code)), invalidGrant);
  const invalid = [400, '{"error":"invalid_grant","error_description":"Incorrect or invalid refresh token"}'];
  t.same(told(await quickbooks.refresh('unknown')), invalid);
  t.same(told(await quickbooks.refresh(refresh)), invalid, 'a replayed code ends what it bought');
  const { refresh: foreign } = tokensOf(await quickbooks.exchange(await quickbooks.code(accounting)));
  t.same(told(await quickbooks.refresh(foreign, {}, { basic: ['other', 's'] })), [
    400,
    '{"error":"invalid_grant","error_description":"Incorrect Token type or clientID"}',
  ]);
});

t.test('revocation takes JSON and answers without a body', async (t) => {
  const quickbooks = await serve(t, 'quickbooks');
  const { access, refresh } = tokensOf(await quickbooks.exchange(await quickbooks.code(accounting)));
  const revoked = await quickbooks.token({ token: refresh }, { as: 'json', path: '/v2/oauth2/tokens/revoke' });
  t.same(told(revoked), [200, '']);
  t.same(told(await quickbooks.call('/v3/company/1/query', access)), fault('Token revoked'));
});

t.test('the API: a company by its number, userinfo, and its errors', async (t) => {
  const quickbooks = await serve(t, 'quickbooks');
  const { access } = tokensOf(await quickbooks.exchange(await quickbooks.code(accounting)));
  const company = await quickbooks.call('/v3/company/9341452000000001/companyinfo/9341452000000001', access);
  t.match(JSON.parse(company.text), {
    CompanyInfo: { CompanyName: 'Understudy Anvils', Id: '9341452000000001' },
    time: '2026-01-01T00:00:00.000Z',
  });
  const { status, text } = await quickbooks.call('/v1/openid_connect/userinfo', access);
  t.equal(status, 403);
  t.match(JSON.parse(text), {
    fault: {
      error: [{ message: 'message=AuthorizationFailed; errorCode=003100; statusCode=403', code: '3100' }],
      type: 'SERVICE',
    },
  });
  const signedIn = tokensOf(await quickbooks.exchange(await quickbooks.code({ scope: 'openid email' })));
  t.match(JSON.parse((await quickbooks.call('/v1/openid_connect/userinfo', signedIn.access)).text), {
    givenName: 'Ada',
    email: 'ada@example.test',
    emailVerified: true,
  });
  t.same(
    told(await quickbooks.call('/v3/company/1/query', 'x')),
    fault('Malformed bearer token: too short or too long'),
  );
  await quickbooks.world.clock.advance('1h');
  const expired = await quickbooks.call('/v3/company/1/query', access);
  t.same(told(expired), fault('Token expired', Date.parse('2026-01-01T01:00:00Z')));
});

t.test('errors of the authorization request are on a page; a denial goes back', async (t) => {
  const quickbooks = await serve(t, 'quickbooks');
  const page = await quickbooks.ask();
  t.same([page.status, page.headers.get('location')], [400, null], 'without a scope');
  await quickbooks.answerAs('deny');
  t.equal((await quickbooks.back(accounting)).href, `${redirectUri}?error=access_denied&state=xyz`);
});

t.test('the discovery documents name this server by path, and the hosts of Intuit there', async (t) => {
  const quickbooks = await serve(t, 'quickbooks');
  const { baseUrl } = quickbooks.urls;
  for (const name of ['openid_configuration', 'openid_sandbox_configuration/']) {
    t.match(JSON.parse((await quickbooks.call(`/.well-known/${name}`, undefined)).text), {
      issuer: `${baseUrl}/op/v1`,
      token_endpoint: `${baseUrl}/oauth2/v1/tokens/bearer`,
    });
    t.match(JSON.parse((await quickbooks.atHost('developer.intuit.com', `/.well-known/${name}`)).text), {
      issuer: 'https://oauth.platform.intuit.com/op/v1',
      authorization_endpoint: 'https://appcenter.intuit.com/connect/oauth2',
      token_endpoint: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
      userinfo_endpoint: 'https://accounts.platform.intuit.com/v1/openid_connect/userinfo',
      revocation_endpoint: 'https://developer.api.intuit.com/v2/oauth2/tokens/revoke',
    });
  }
});

t.test('every host of Intuit leads to it', async (t) => {
  const quickbooks = await serve(t, 'quickbooks');
  const { access } = tokensOf(await quickbooks.exchange(await quickbooks.code(accounting)));
  for (const host of ['quickbooks.api.intuit.com', 'sandbox-quickbooks.api.intuit.com']) {
    const answer = await quickbooks.atHost(host, '/v3/company/1/query', { authorization: `Bearer ${access}` });
    t.equal(answer.status, 200, host);
  }
});
