import { createHash } from 'node:crypto';
import t from 'tap';
import { clientId, credentials, redirectUri, serve, told, tokensOf } from './served-brand.js';
import type { Answer, Brand, Sending } from './served-brand.js';

const asked = {
  audience: 'api.atlassian.com',
  prompt: 'consent',
  scope: 'read:me read:jira-user read:jira-work offline_access',
};
const inBody: Sending = { as: 'json', basic: null };
const exchange = (atlassian: Brand, code: string, fields = {}): Promise<Answer> =>
  atlassian.exchange(code, { ...credentials, ...fields }, inBody);
const refresh = (atlassian: Brand, token: string): Promise<Answer> => atlassian.refresh(token, credentials, inBody);
const unknownRefresh = [403, '{"error":"invalid_grant","error_description":"Unknown or invalid refresh token."}'];

t.test('the scope offline_access buys a refresh token; the body is JSON or a form', async (t) => {
  const atlassian = await serve(t, 'atlassian');
  const online = await exchange(atlassian, await atlassian.code({ ...asked, scope: 'read:me' }));
  const { access } = tokensOf(online);
  t.equal(online.text, `{"access_token":"${access}","expires_in":3600,"token_type":"Bearer","scope":"read:me"}`);
  t.match(access, /^eyJ[\w-]+\.[\w-]{600}\.[\w-]{86}$/);
  const offline = await atlassian.exchange(await atlassian.code(asked), credentials, { basic: null });
  t.match(tokensOf(offline).refresh, /^eyJ/, 'a form');
});

t.test('audience and prompt are required, and errors are on a page', async (t) => {
  const atlassian = await serve(t, 'atlassian');
  const { audience, prompt, scope } = asked;
  for (const parameters of [
    { prompt, scope },
    { audience, scope },
    { audience, prompt },
    { ...asked, audience: 'x' },
  ]) {
    const { status, headers } = await atlassian.ask(parameters);
    t.same([status, headers.get('location')], [400, null]);
  }
  const other = await atlassian.ask({ ...asked, redirect_uri: 'http://localhost:3000/other' });
  t.match(other.text, /redirect_uri is not registered for client: http:\/\/localhost:3000\/other/);
  t.match((await atlassian.back(asked)).search, /^\?state=xyz&code=eyJ/);
  await atlassian.answerAs('deny');
  t.equal(
    (await atlassian.back(asked)).href,
    `${redirectUri}?error=access_denied&error_description=User%20did%20not%20authorize%20the%20request&state=xyz`,
  );
});

t.test('the old refresh token is good for ten more minutes; the old access token ends', async (t) => {
  const atlassian = await serve(t, 'atlassian');
  const first = tokensOf(await exchange(atlassian, await atlassian.code(asked)));
  const second = tokensOf(await refresh(atlassian, first.refresh));
  const third = tokensOf(await refresh(atlassian, second.refresh));
  t.not(second.refresh, first.refresh);
  t.same(told(await atlassian.call('/me', first.access)), [401, '{"code":401,"message":"Unauthorized"}']);
  await atlassian.world.clock.advance('599s');
  t.equal((await refresh(atlassian, first.refresh)).status, 200, 'a retry within the grace');
  t.equal((await atlassian.call('/me', third.access)).status, 200);
  await atlassian.world.clock.advance('1s');
  t.same(told(await refresh(atlassian, first.refresh)), unknownRefresh);
  t.same(told(await refresh(atlassian, third.refresh)), unknownRefresh, 'a late use ends the family');
});

t.test('a refresh token ends after 90 days without use', async (t) => {
  const atlassian = await serve(t, 'atlassian');
  const { refresh: token } = tokensOf(await exchange(atlassian, await atlassian.code(asked)));
  await atlassian.world.clock.advance('89d');
  const { refresh: newer } = tokensOf(await refresh(atlassian, token));
  await atlassian.world.clock.advance('90d');
  t.same(told(await refresh(atlassian, newer)), unknownRefresh);
});

t.test('refresh tokens end 365 days after the consent, however often they are replaced', async (t) => {
  const atlassian = await serve(t, 'atlassian');
  let { refresh: token } = tokensOf(await exchange(atlassian, await atlassian.code(asked)));
  for (const days of [80, 80, 80, 80, 44]) {
    await atlassian.world.clock.advance(`${days}d`);
    ({ refresh: token } = tokensOf(await refresh(atlassian, token)));
  }
  await atlassian.world.clock.advance('1d');
  t.same(told(await refresh(atlassian, token)), unknownRefresh);
  t.equal((await atlassian.world.journal.list({ provider: 'atlassian' })).at(-1)?.reason, 'refresh.expired');
});

t.test('codes are refused with 403, clients with 401 and access_denied', async (t) => {
  const atlassian = await serve(t, 'atlassian');
  const code = await atlassian.code(asked);
  t.same(told(await exchange(atlassian, code, { client_secret: 'wrong' })), [
    401,
    '{"error":"access_denied","error_description":"Unauthorized"}',
  ]);
  t.same(told(await exchange(atlassian, code, { redirect_uri: 'http://localhost:3000/other' })), [
    403,
    '{"error":"invalid_grant","error_description":"The redirect URI is wrong. You sent ' +
      'http://localhost:3000/other, and we expected http://localhost:3000/callback"}',
  ]);
  tokensOf(await exchange(atlassian, code));
  t.same(told(await exchange(atlassian, code)), [
    403,
    '{"error":"invalid_grant","error_description":"Invalid authorization code"}',
  ]);
});

t.test('PKCE may be used beside the secret', async (t) => {
  const atlassian = await serve(t, 'atlassian');
  const verifier = 'v'.repeat(43);
  const code = await atlassian.code({
    ...asked,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  t.equal((await exchange(atlassian, code, { code_verifier: 'w'.repeat(43) })).status, 403);
  t.equal((await exchange(atlassian, code, { code_verifier: verifier })).status, 200);
});

t.test('the API: sites, the account, an issue by its key, and its errors', async (t) => {
  const atlassian = await serve(t, 'atlassian');
  const { access } = tokensOf(await exchange(atlassian, await atlassian.code(asked)));
  const sites = JSON.parse((await atlassian.call('/oauth/token/accessible-resources', access)).text);
  t.match(sites, [
    { url: 'https://understudy.atlassian.net', name: 'understudy', scopes: ['read:jira-user', 'read:jira-work'] },
  ]);
  const jira = `/ex/jira/${sites[0].id}/rest/api/3`;
  t.match(JSON.parse((await atlassian.call(`${jira}/issue/ANVIL-7`, access)).text), { key: 'ANVIL-7' });
  t.match(JSON.parse((await atlassian.call('/me', access)).text), {
    account_type: 'atlassian',
    email: 'ada@example.test',
    name: 'Ada Lovelace',
    account_status: 'active',
  });
  const { access: narrow } = tokensOf(
    await exchange(atlassian, await atlassian.code({ ...asked, scope: 'read:jira-user' })),
  );
  t.equal((await atlassian.call(`${jira}/myself`, narrow)).status, 200);
  t.same(told(await atlassian.call('/me', narrow)), [
    401,
    '{"code":401,"message":"Unauthorized; scope does not match"}',
  ]);
  t.same(told(await atlassian.call('/none', access)), [404, '{"code":404,"message":"Not Found"}']);
  await atlassian.world.clock.advance('1h');
  t.same(told(await atlassian.call('/me', access)), [401, '{"code":401,"message":"Unauthorized"}']);
  const headers = {
    authorization: `Bearer ${tokensOf(await exchange(atlassian, await atlassian.code(asked))).access}`,
  };
  t.equal((await atlassian.atHost('api.atlassian.com', '/me', headers)).status, 200);
});

t.test('id and secret may be in a Basic header', async (t) => {
  const atlassian = await serve(t, 'atlassian');
  t.equal((await atlassian.exchange(await atlassian.code(asked))).status, 200);
  const wrong = await atlassian.exchange(await atlassian.code(asked), {}, { basic: [clientId, 'wrong'] });
  t.equal(wrong.status, 401);
});
