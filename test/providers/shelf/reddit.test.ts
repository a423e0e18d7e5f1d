import t from 'tap';
import { clientId, credentials, redirectUri, serve, told, tokensOf } from './served-brand.js';

const permanent = { scope: 'identity read', duration: 'permanent' };
const unauthorized = '{"message":"Unauthorized","error":401}';

t.test('only duration=permanent buys a refresh token, which a refresh keeps', async (t) => {
  const reddit = await serve(t, 'reddit');
  const temporary = await reddit.exchange(await reddit.code({ scope: 'identity' }));
  const { access } = tokensOf(temporary);
  t.match(access, /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
  t.equal(temporary.text, `{"access_token":"${access}","token_type":"bearer","expires_in":86400,"scope":"identity"}`);

  const first = await reddit.exchange(await reddit.code(permanent));
  const { refresh } = tokensOf(first);
  t.match(refresh, /^41960-[\w-]{30}$/);
  t.match(first.text, new RegExp(`"scope":"identity read","refresh_token":"${refresh}"}$`));
  for (const _ of [1, 2]) {
    const second = await reddit.refresh(refresh, {}, { headers: { origin: 'http://localhost:1' } });
    t.equal(second.headers.get('access-control-allow-origin'), '*');
    t.equal(
      second.text,
      `{"access_token":"${tokensOf(second).access}","token_type":"bearer","expires_in":86400,"scope":"identity read"}`,
    );
  }
  t.equal((await reddit.ask({ ...permanent, duration: 'forever' })).status, 400);
});

t.test('Basic alone authenticates; a failure has the body of an API error', async (t) => {
  const reddit = await serve(t, 'reddit');
  const code = await reddit.code(permanent);
  for (const refused of [
    await reddit.exchange(code, credentials, { basic: null }),
    await reddit.exchange(code, {}, { basic: [clientId, 'wrong'] }),
    await reddit.exchange(code, {}, { basic: ['nobody', 'wrong'] }),
  ]) {
    t.same(told(refused), [401, unauthorized]);
    t.equal(refused.headers.get('www-authenticate'), 'Basic realm="reddit"');
  }
  t.equal((await reddit.exchange(code)).status, 200);
});

t.test('a refused code or grant type has the status 200 and an error inside', async (t) => {
  const reddit = await serve(t, 'reddit');
  const code = await reddit.code(permanent);
  const invalidGrant = [200, '{"error":"invalid_grant"}'];
  t.same(told(await reddit.exchange(code, { redirect_uri: 'http://localhost:3000/other' })), invalidGrant);
  t.same(told(await reddit.token({ grant_type: 'authorization_code', code })), [200, '{"error":"invalid_request"}']);
  const { access } = tokensOf(await reddit.exchange(code));
  t.same(told(await reddit.exchange(code)), invalidGrant);
  t.same(told(await reddit.exchange('unknown')), invalidGrant);
  t.equal((await reddit.call('/api/v1/me', access)).status, 200, 'a replay ends no token');
  t.same(told(await reddit.token({ grant_type: 'client_credentials', scope: 'everything' })), [
    200,
    '{"error":"invalid_scope"}',
  ]);
  t.same(told(await reddit.token({ grant_type: 'magic' })), [200, '{"error":"unsupported_grant_type"}']);
  t.same(told(await reddit.token({ grant_type: 'password', username: 'x', password: 'y' })), [
    200,
    '{"error":"unauthorized_client","error_description":"Only script apps may use password auth"}',
  ]);
  const late = await reddit.code(permanent);
  await reddit.world.clock.advance('10m');
  t.same(told(await reddit.exchange(late)), invalidGrant);
});

t.test('a refused refresh token is invalid_request, with 400', async (t) => {
  const reddit = await serve(t, 'reddit');
  const { refresh } = tokensOf(await reddit.exchange(await reddit.code(permanent)));
  await reddit.world.tokens.revoke({ provider: 'reddit', token: refresh });
  for (const token of [refresh, 'unknown']) {
    t.same(told(await reddit.refresh(token)), [400, '{"error":"invalid_request"}']);
  }
});

t.test('state and scope are required, scopes may have commas, and errors are on a page', async (t) => {
  const reddit = await serve(t, 'reddit');
  t.equal((await reddit.ask({ scope: 'identity', state: '' })).status, 400);
  t.equal((await reddit.ask()).status, 400, 'without a scope');
  const { status, headers } = await reddit.ask({ scope: 'identity everything' });
  t.same([status, headers.get('location')], [400, null]);
  const answer = await reddit.exchange(await reddit.code({ scope: 'identity,read' }));
  t.match(answer.text, /"scope":"identity read"/);
  t.match((await reddit.back({ scope: 'read' })).href, /^http:\/\/localhost:3000\/callback\?state=xyz&code=[\w-]{27}$/);
  await reddit.answerAs('deny');
  t.equal((await reddit.back({ scope: 'read' })).href, `${redirectUri}?state=xyz&error=access_denied`);
});

t.test('revocation answers 204, whatever the token', async (t) => {
  const reddit = await serve(t, 'reddit');
  const { access } = tokensOf(await reddit.exchange(await reddit.code(permanent)));
  const path = '/api/v1/revoke_token';
  for (const fields of [{ token: 'unknown' }, {}, { token: access }] as Record<string, string>[]) {
    t.same(told(await reddit.token(fields, { path })), [204, '']);
  }
  t.equal((await reddit.call('/api/v1/me', access)).status, 401);
});

t.test('the API: who am I, a name in the path, and its errors', async (t) => {
  const reddit = await serve(t, 'reddit');
  const { access } = tokensOf(await reddit.exchange(await reddit.code({ scope: 'identity' })));
  t.match(JSON.parse((await reddit.call('/api/v1/me', access)).text), { id: '8fjq', name: 'AdaLovelace' });
  const forbidden = await reddit.call('/user/spez/about', access);
  t.same(told(forbidden), [403, '{"message":"Forbidden","error":403}']);
  t.equal(forbidden.headers.get('www-authenticate'), 'Bearer realm="reddit", error="insufficient_scope"');
  const { access: reading } = tokensOf(await reddit.exchange(await reddit.code({ scope: 'read' })));
  t.match(JSON.parse((await reddit.call('/user/spez/about', reading)).text), { kind: 't2', data: { name: 'spez' } });
  t.same(told(await reddit.call('/none', access)), [404, '{"message":"Not Found","error":404}']);
  await reddit.world.clock.advance('24h');
  const expired = await reddit.call('/api/v1/me', access);
  t.same(told(expired), [401, unauthorized]);
  t.equal(expired.headers.get('www-authenticate'), 'Bearer realm="reddit", error="invalid_token"');
});

t.test('the API is at oauth.reddit.com, and a slash may end the token path', async (t) => {
  const reddit = await serve(t, 'reddit');
  const answer = await reddit.exchange(await reddit.code(permanent), {}, { path: '/api/v1/access_token/' });
  const headers = { authorization: `Bearer ${tokensOf(answer).access}` };
  t.equal((await reddit.atHost('oauth.reddit.com', '/api/v1/me', headers)).status, 200);
});
