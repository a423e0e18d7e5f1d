import t from 'tap';
import { beginning } from './open-file.js';
import { credentials, redirectUri, serve, told, tokensOf, username } from './served-brand.js';

const requestId = '"request_id":"UUID"';
const owner =
  '{"type":"user","user":{"type":"person","person":{"email":"ada@example.test"},"name":"Ada Lovelace",' +
  '"avatar_url":null,"id":"ada@example.test","object":"user"}}';

t.test('the token answer names the bot, the workspace and the owner, and no expiry', async (t) => {
  const notion = await serve(t, 'notion');
  const answer = await notion.exchange(await notion.code({ owner: 'user' }), {}, { as: 'json' });
  const { access, refresh } = tokensOf(answer);
  t.match(access, /^ntn_[0-9]{11}[A-Za-z0-9]{35}$/, 'the pattern of secret scanners');
  t.match(refresh, /^nrt_[A-Za-z0-9]{46}$/);
  t.equal(
    told(answer)[1],
    `{"access_token":"${access}","token_type":"bearer","refresh_token":"${refresh}",` +
      '"bot_id":"b3414659-1224-4ae7-96ff-cc9d87736012","workspace_icon":null,"workspace_name":"Understudy",' +
      `"workspace_id":"5b4d7a9e-3288-41b5-864a-0d39a1c36f7e","owner":${owner},"duplicated_template_id":null,${requestId}}`,
  );
  await notion.world.clock.advance('1000d');
  t.equal((await notion.call('/v1/users/me', access)).status, 200, 'access tokens do not end');
});

t.test('another user is in another workspace', async (t) => {
  const notion = await serve(t, 'notion');
  await notion.world.providers.policy({
    provider: 'notion',
    interaction: { mode: 'auto', user: 'grace@example.test' },
  });
  const { text } = await notion.exchange(await notion.code());
  t.match(JSON.parse(text), {
    bot_id: '0d9f6c3a-58b1-4e72-a6c4-2f7b9e1d8053',
    workspace_id: 'e2a8b7c6-1f4d-4930-8e5b-6c7d3a9f0b12',
    workspace_name: 'Hopper Works',
    owner: { user: { id: '7c1e4d52-0a3b-4f6e-9d2a-8b5f1c7e3a90', person: { email: 'grace@example.test' } } },
  });
});

t.test('Basic alone authenticates a client, with a JSON or a form body', async (t) => {
  const notion = await serve(t, 'notion');
  t.equal((await notion.exchange(await notion.code())).status, 200, 'a form');
  const code = await notion.code();
  const inBody = await notion.exchange(code, credentials, { as: 'json', basic: null });
  t.same(told(inBody), [401, `{"error":"invalid_client",${requestId}}`]);
  const wrong = await notion.exchange(code, {}, { as: 'json', basic: ['understudy-client', 'wrong'] });
  t.same(told(wrong), [401, `{"error":"invalid_client",${requestId}}`]);
  t.equal((await notion.exchange(code, {}, { as: 'json' })).status, 200, 'a refused client spends no code');
});

t.test('codes and refresh tokens are refused in the words of Notion', async (t) => {
  const notion = await serve(t, 'notion');
  const code = await notion.code();
  const mismatch = await notion.exchange(code, { redirect_uri: 'http://localhost:3000/other' });
  t.same(told(mismatch), [
    400,
    `{"error":"invalid_grant","error_description":"Mismatched redirect URI.",${requestId}}`,
  ]);
  const { refresh } = tokensOf(await notion.exchange(code));
  t.same(told(await notion.exchange(code)), [
    400,
    `{"error":"invalid_grant","error_description":"Invalid code: this code has been revoked.",${requestId}}`,
  ]);
  t.same(told(await notion.refresh(refresh)), [
    400,
    `{"error":"invalid_grant","error_description":"Invalid refresh token.",${requestId}}`,
  ]);
  const late = await notion.code();
  await notion.world.clock.advance('10m');
  t.same(told(await notion.exchange(late)), [
    400,
    `{"error":"invalid_grant","error_description":"Invalid code: this code has expired.",${requestId}}`,
  ]);
});

t.test('a refresh gives a new pair; the old refresh token is refused, the old access token works', async (t) => {
  const notion = await serve(t, 'notion');
  const first = tokensOf(await notion.exchange(await notion.code()));
  const second = tokensOf(await notion.refresh(first.refresh, {}, { as: 'json' }));
  t.not(second.access, first.access);
  t.not(second.refresh, first.refresh);
  t.equal((await notion.refresh(first.refresh)).status, 400);
  t.equal((await notion.call('/v1/users/me', first.access)).status, 200);
});

t.test('there are no scopes, and PKCE is passed over', async (t) => {
  const notion = await serve(t, 'notion');
  const code = await notion.code({ scope: 'read write', code_challenge: 'x', code_challenge_method: 'S512' });
  const answer = await notion.exchange(code);
  t.equal(answer.status, 200);
  t.notMatch(answer.text, /scope/);
});

t.test('owner is user or is not sent', async (t) => {
  const notion = await serve(t, 'notion');
  t.equal((await notion.back({ owner: 'workspace' })).searchParams.get('error'), 'invalid_request');
  await notion.answerAs('deny');
  t.equal((await notion.back({ owner: 'user' })).href, `${redirectUri}?error=access_denied&state=xyz`);
});

t.test('the API: who am I, a page by its id, and its errors', async (t) => {
  const notion = await serve(t, 'notion');
  const { access } = tokensOf(await notion.exchange(await notion.code()));
  t.match(JSON.parse((await notion.call('/v1/users/me', access)).text), {
    object: 'user',
    type: 'bot',
    bot: { owner: { user: { person: { email: username } } }, workspace_name: 'Understudy' },
  });
  const at = '/v1/pages/b55c9c91-384d-452b-81db-d1ef79372b75';
  t.same(told(await notion.call(at, access)), [
    400,
    '{"object":"error","status":400,"code":"missing_version","message":"Notion-Version header failed validation: ' +
      `Notion-Version header should be defined, instead was \`undefined\`.",${requestId}}`,
  ]);
  const version = { headers: { 'Notion-Version': '2022-06-28' } };
  t.match(JSON.parse((await notion.call('/v1/users', access, version)).text), { results: [{ type: 'bot' }] });
  const page = JSON.parse((await notion.call(at, access, version)).text);
  t.match(page, {
    id: 'b55c9c91-384d-452b-81db-d1ef79372b75',
    url: 'https://www.notion.so/b55c9c91384d452b81dbd1ef79372b75',
  });
  const invalid = `{"object":"error","status":401,"code":"unauthorized","message":"API token is invalid.",${requestId}}`;
  const { text } = await notion.call('/v1/users/me', 'ntn_no');
  t.equal(text.length, 139, 'the Content-Length that was seen');
  t.same(told(await notion.call('/v1/users/me', 'ntn_no')), [401, invalid]);
  t.same(told(await notion.call('/v1/users/me', undefined)), [401, invalid]);
  t.same(told(await notion.call('/v1/nothing', access)), [
    400,
    `{"object":"error","status":400,"code":"invalid_request_url","message":"Invalid request URL.",${requestId}}`,
  ]);
  const origin = await notion.call('/v1/users/me', access, { headers: { origin: 'http://localhost:1' } });
  t.equal(origin.headers.get('access-control-allow-origin'), '*');
});

t.test('introspection and revocation', async (t) => {
  const notion = await serve(t, 'notion');
  const { access } = tokensOf(await notion.exchange(await notion.code()));
  const ask = (path: string): Promise<[number, string]> =>
    notion.token({ token: access }, { as: 'json', path: `/v1/oauth/${path}` }).then(told);
  const iat = Date.parse(beginning) / 1000;
  t.same(await ask('introspect'), [200, `{"active":true,"iat":${iat}}`]);
  t.same(await ask('revoke'), [200, '{}']);
  t.same(await ask('introspect'), [200, '{"active":false}']);
  t.equal((await notion.call('/v1/users/me', access)).status, 401);
});

t.test('it is at its real host', async (t) => {
  const notion = await serve(t, 'notion');
  const { access } = tokensOf(await notion.exchange(await notion.code()));
  const headers = { authorization: `Bearer ${access}` };
  t.equal((await notion.atHost('api.notion.com', '/v1/users/me', headers)).status, 200);
});
