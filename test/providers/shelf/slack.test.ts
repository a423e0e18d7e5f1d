import t from 'tap';
import { basic, client, redirect_uri, seen, serve } from './served.js';

const access = '/api/oauth.v2.access';
const code = (value: string): Record<string, string> => ({
  grant_type: 'authorization_code',
  code: value,
  redirect_uri,
  ...client,
});
/** An answer with a token of a user in it. */
interface WithUser {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly authed_user: Readonly<Record<'access_token' | 'refresh_token' | 'expires_in', string>>;
}

const team = '"team":{"name":"Understudy","id":"T0UNDERSTUDY"},"enterprise":null,"is_enterprise_install":false';

t.test('Slack: the token of a bot, and who installed it', async (t) => {
  const slack = await serve(t, 'slack');
  const { code: given = '' } = await slack.authorize({ scope: 'users:read,chat:write' });
  t.match(given, /^1000000000001\.2000000000002\.[0-9a-f]{64}$/);
  const text = await (await slack.post(access, code(given))).text();
  const { access_token: token } = JSON.parse(text) as { access_token: string };
  t.match(token, /^xoxb-1000000000001-2000000000002-[0-9A-Za-z]{24}$/);
  t.equal(
    text,
    `{"ok":true,"access_token":"${token}","token_type":"bot","scope":"users:read,chat:write","bot_user_id":"U0BOT","app_id":"A0UNDERSTUDY",${team},"authed_user":{"id":"U0ADA"}}`,
  );
});

t.test('Slack: user_scope gives a token of the user beside that of the bot', async (t) => {
  const slack = await serve(t, 'slack');
  const both = code(await slack.code({ scope: 'users:read', user_scope: 'channels:read,search:read' }));
  const { access_token: bot, authed_user: user } = (await (await slack.post(access, both)).json()) as WithUser;
  t.match(bot, /^xoxb-/);
  t.match(user, { id: 'U0ADA', scope: 'channels:read,search:read', token_type: 'user' });
  t.match(user.access_token, /^xoxp-1000000000001-2000000000002-3000000000003-[0-9A-Za-z]{32}$/);
  const channels = (token: string): Promise<readonly [number, string]> =>
    seen(slack.get('/api/conversations.list', token));
  t.match(await channels(user.access_token), [200, /^\{"ok":true,"channels"/]);
  t.match(await channels(bot), [200, /"error":"missing_scope",.*"provided":"users:read"/]);
  const members = await slack.get('/api/users.info?user=U7', user.access_token);
  t.match(await members.json(), { ok: false, error: 'missing_scope', provided: 'channels:read,search:read' });

  const alone = await slack.post(access, code(await slack.code({ user_scope: 'channels:read' })));
  const text = await alone.text();
  t.match(
    text,
    /^\{"ok":true,"app_id":"A0UNDERSTUDY","authed_user":\{"id":"U0ADA","scope":"channels:read","access_token":"xoxp-[\w-]+","token_type":"user"\},"team"/,
  );
  t.match(await channels((JSON.parse(text) as WithUser).authed_user.access_token), [200, /^\{"ok":true/]);
  const empty = await slack.post(access, code(await slack.code({ scope: 'commands', user_scope: '' })));
  t.match(await empty.text(), /"authed_user":\{"id":"U0ADA"\}\}$/);
});

t.test('Slack: auth.revoke ends the token of the user, and not that of the bot', async (t) => {
  const slack = await serve(t, 'slack');
  const both = code(await slack.code({ scope: 'users:read', user_scope: 'channels:read' }));
  const { access_token: bot, authed_user: user } = (await (await slack.post(access, both)).json()) as WithUser;
  t.same(await seen(slack.get('/api/auth.revoke', user.access_token)), [200, '{"ok":true,"revoked":true}']);
  t.same(await seen(slack.get('/api/auth.test', user.access_token)), [200, '{"ok":false,"error":"token_revoked"}']);
  t.match(await seen(slack.get('/api/auth.test', bot)), [200, /^\{"ok":true/]);
});

t.test('Slack: sign in with OpenID Connect', async (t) => {
  const slack = await serve(t, 'slack', { at: '/openid/connect/authorize' });
  const given = { grant_type: 'authorization_code', code: await slack.code({ scope: 'openid email' }), redirect_uri };
  const answer = await slack.post('/api/openid.connect.token', given, { authorization: basic });
  const tokens = (await answer.json()) as Record<string, string>;
  t.strictSame(Object.keys(tokens), ['ok', 'access_token', 'token_type', 'id_token']);
  const claims = JSON.parse(Buffer.from(String(tokens.id_token?.split('.')[1]), 'base64url').toString()) as object;
  t.match(claims, { iss: slack.base, sub: 'U0ADA', aud: client.client_id, exp: 1_767_225_900 });
  const user = await slack.get('/api/openid.connect.userInfo', tokens.access_token);
  t.match(await user.json(), { ok: true, sub: 'U0ADA', 'https://slack.com/team_id': 'T0UNDERSTUDY' });
});

t.test('Slack: refusals have the status 200 and ok: false', async (t) => {
  const slack = await serve(t, 'slack');
  const refused = (parameters: Record<string, string>): Promise<readonly [number, string]> =>
    seen(slack.post(access, parameters));
  const error = (word: string): readonly [number, string] => [200, `{"ok":false,"error":"${word}"}`];
  const good = code(await slack.code({ scope: 'commands' }));
  t.same(await refused(code('x')), error('invalid_code'));
  t.same(await refused({ ...good, client_secret: 'x' }), error('bad_client_secret'));
  t.same(await refused({ ...good, client_id: 'x' }), error('invalid_client_id'));
  t.same(await refused({ ...good, redirect_uri: 'http://x.test/' }), error('bad_redirect_uri'));
  t.same(await refused({ ...good, grant_type: 'x' }), error('invalid_grant_type'));
  t.same(await refused({ grant_type: 'refresh_token', refresh_token: 'x', ...client }), error('invalid_refresh_token'));
  const { redirectTo } = await slack.authorize({ scope: 'commands' }, { decision: 'deny' });
  t.equal(new URL(redirectTo).search, '?error=access_denied&state=a%20b');
});

t.test('Slack: the API', async (t) => {
  const slack = await serve(t, 'slack');
  const answer = await slack.post(access, code(await slack.code({ scope: 'users:read,chat:write' })));
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const self = await slack.post('/api/auth.test', {}, { authorization: `Bearer ${token}` });
  t.equal(self.headers.get('x-oauth-scopes'), 'users:read,chat:write');
  t.equal(
    await self.text(),
    '{"ok":true,"url":"https://understudy.slack.com/","team":"Understudy","user":"ada","team_id":"T0UNDERSTUDY","user_id":"U0ADA","bot_id":"B0BOT","is_enterprise_install":false}',
  );
  t.match(await (await slack.get('/api/users.info?user=U7', token)).json(), {
    ok: true,
    user: { id: 'U7', name: 'u7' },
  });
  const post = (body: Record<string, string>): Promise<readonly [number, string]> =>
    seen(slack.post('/api/chat.postMessage', body, { authorization: `Bearer ${token}` }));
  t.match((await post({ channel: 'C1', text: 'Hi' }))[1], /"channel":"C1".*"text":"Hi"/);
  t.same(await post({ text: 'Hi' }), [200, '{"ok":false,"error":"channel_not_found"}']);
  t.same(await seen(slack.get('/api/conversations.list', token)), [
    200,
    '{"ok":false,"error":"missing_scope","needed":"channels:read,groups:read,im:read,mpim:read","provided":"users:read,chat:write"}',
  ]);
  t.same(await seen(slack.get('/api/auth.test')), [200, '{"ok":false,"error":"not_authed"}']);
  t.same(await seen(slack.get('/api/auth.test', 'xoxb-x')), [200, '{"ok":false,"error":"invalid_auth"}']);
  t.same(await seen(slack.get('/api/none', token)), [200, '{"ok":false,"error":"unknown_method"}']);
  await slack.world.providers.policy({ provider: 'slack', callsPerSecond: 1 });
  await slack.get('/api/auth.test', token);
  const limited = await slack.get('/api/auth.test', token);
  t.equal(limited.headers.get('retry-after'), '1');
  t.same(await seen(limited), [429, '{"ok":false,"error":"ratelimited"}']);
});

t.test('Slack: an app with token rotation', async (t) => {
  const rotating = `
like: slack
policy: { accessToken: 12h, refreshTokenIssued: true }
tokens: { accessToken: { shape: base64url, length: 166, prefix: xoxe.xoxb-1- } }
answers: { secondToken: { shape: { shape: base64url, length: 166, prefix: xoxe.xoxp-1- } } }
`;
  const slack = await serve(t, 'slack', { name: 'rotating', more: { rotating } });
  const answer = await slack.post(access, code(await slack.code({ scope: 'commands' })));
  const first = (await answer.json()) as Record<string, string>;
  t.match(first, {
    expires_in: 43200,
    refresh_token: /^xoxe-1-[\w-]{146}$/,
    access_token: /^xoxe\.xoxb-1-[\w-]{166}$/,
  });
  const refresh = { grant_type: 'refresh_token', refresh_token: String(first.refresh_token), ...client };
  t.match(
    await (await slack.post(access, refresh)).text(),
    /^\{"ok":true,"access_token":"xoxe\.xoxb-1-[\w-]+","expires_in":43200,"refresh_token":"xoxe-1-[\w-]+","token_type":"bot","scope":"commands"/,
  );
  t.same(await seen(slack.post(access, refresh)), [200, '{"ok":false,"error":"invalid_refresh_token"}']);
  await slack.world.clock.advance('12h');
  t.same(await seen(slack.get('/api/auth.test', first.access_token)), [200, '{"ok":false,"error":"token_expired"}']);

  const both = await slack.post(access, code(await slack.code({ scope: 'commands', user_scope: 'search:read' })));
  const { authed_user: user, refresh_token: ofBot } = (await both.json()) as WithUser;
  t.match(user, { access_token: /^xoxe\.xoxp-1-/, expires_in: 43200, refresh_token: /^xoxe-1-[\w-]{146}$/ });
  t.not(user.refresh_token, ofBot, 'it has a refresh token of its own');
  const next = await slack.post(access, { ...refresh, refresh_token: user.refresh_token });
  t.match(
    await next.text(),
    /^\{"ok":true,"access_token":"xoxe\.xoxp-1-[\w-]+","expires_in":43200,"refresh_token":"xoxe-1-[\w-]+","token_type":"user","scope":"search:read","app_id"/,
  );
  t.match(await (await slack.post(access, { ...refresh, refresh_token: ofBot })).json(), { token_type: 'bot' });
});
