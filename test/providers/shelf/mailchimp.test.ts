import t from 'tap';
import { credentials, redirectUri, serve, told, tokensOf } from './served-brand.js';

const inBody = { basic: null } as const;

t.test('expires_in is 0, scope is null, and there is no refresh token', async (t) => {
  const mailchimp = await serve(t, 'mailchimp');
  const code = await mailchimp.code({ scope: 'anything at all', code_challenge: 'x', code_challenge_method: 'y' });
  const answer = await mailchimp.exchange(code, credentials, inBody);
  const { access } = tokensOf(answer);
  t.match(access, /^[0-9a-f]{32}$/);
  t.equal(answer.text, `{"access_token":"${access}","expires_in":0,"scope":null}`);
  await mailchimp.world.clock.advance('1000d');
  t.equal((await mailchimp.call('/3.0/ping', access)).status, 200, '0 means never');
  const refreshed = await mailchimp.refresh('x', credentials, inBody);
  t.match(refreshed.text, /"unsupported_grant_type"/);
});

t.test(
  'metadata tells the data centre, by the word OAuth or Bearer before the token, but not without one',
  async (t) => {
    const mailchimp = await serve(t, 'mailchimp');
    const { access } = tokensOf(await mailchimp.exchange(await mailchimp.code(), credentials, inBody));
    for (const authorization of [`OAuth ${access}`, `Bearer ${access}`]) {
      const answer = await mailchimp.call('/oauth2/metadata', undefined, { headers: { authorization } });
      t.match(JSON.parse(answer.text), {
        dc: 'us6',
        role: 'owner',
        login: { login_id: 41960 },
        login_url: 'https://login.mailchimp.com',
        api_endpoint: 'https://us6.api.mailchimp.com',
      });
      t.equal((await mailchimp.call('/3.0/ping', undefined, { headers: { authorization } })).status, 200);
    }
    for (const headers of [{ authorization: 'OAuth unknown' }, { authorization: `Token ${access}` }, {}]) {
      t.match(told(await mailchimp.call('/oauth2/metadata', undefined, { headers })), [401, /"API Key Invalid"/]);
    }
  },
);

t.test('id and secret are in the form, and redirect_uri is sent again', async (t) => {
  const mailchimp = await serve(t, 'mailchimp');
  const code = await mailchimp.code();
  t.match(told(await mailchimp.exchange(code)), [401, /^{"error":"invalid_client",/], 'Basic is not read');
  const { redirect_uri: _, ...rest } = { grant_type: 'authorization_code', code, redirect_uri: '', ...credentials };
  t.match(told(await mailchimp.token(rest, inBody)), [400, /^{"error":"invalid_request",/]);
  const other = { ...credentials, redirect_uri: 'http://localhost:3000/other' };
  t.match(told(await mailchimp.exchange(code, other, inBody)), [400, /^{"error":"invalid_grant",/]);
  t.equal((await mailchimp.exchange(code, credentials, inBody)).status, 200);
  t.match(told(await mailchimp.exchange(code, credentials, inBody)), [400, /^{"error":"invalid_grant",/]);
});

t.test('the API is at the data centre, and its errors are problem details', async (t) => {
  const mailchimp = await serve(t, 'mailchimp');
  const { access } = tokensOf(await mailchimp.exchange(await mailchimp.code(), credentials, inBody));
  for (const host of ['us6.api.mailchimp.com', 'us21.api.mailchimp.com']) {
    const answer = await mailchimp.atHost(host, '/3.0/ping', { authorization: `Bearer ${access}` });
    t.same(told(answer), [200, '{"health_status":"Everything\'s Chimpy!"}'], host);
  }
  t.match(JSON.parse((await mailchimp.call('/3.0/lists/f00', access)).text), { id: 'f00' });
  const refused = await mailchimp.call('/3.0/ping', 'unknown');
  t.same(told(refused), [
    401,
    '{"type":"https://mailchimp.com/developer/marketing/docs/errors/","title":"API Key Invalid","status":401,' +
      `"detail":"Your API key may be invalid, or you've attempted to access the wrong datacenter.",` +
      '"instance":"UUID"}',
  ]);
  t.equal(refused.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  await mailchimp.world.tokens.revoke({ provider: 'mailchimp', token: access });
  t.equal((await mailchimp.call('/3.0/ping', access)).status, 401);
});

t.test('errors of the authorization request are on a page; a denial goes back', async (t) => {
  const mailchimp = await serve(t, 'mailchimp');
  const page = await mailchimp.ask({ client_id: 'nobody' });
  t.same([page.status, page.headers.get('location')], [400, null]);
  await mailchimp.answerAs('deny');
  t.equal((await mailchimp.back()).href, `${redirectUri}?error=access_denied&state=xyz`);
});
