// @slack/oauth: Slack's own client, with the rotation of tokens turned on. It refreshes the tokens of bot and user by itself.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { InstallProvider, LogLevel } from '@slack/oauth';
import { WebClient } from '@slack/web-api';
import { client, play, redirectUri, rejection } from '../test/journeys/brands/brand.ts';

const nothing = () => {};
const silent = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};

const installer = new InstallProvider({
  clientId: client.id,
  clientSecret: client.secret,
  stateSecret: 'of this test',
  directInstall: true,
  installUrlOptions: { scopes: ['users:read', 'chat:write'], userScopes: ['channels:read'], redirectUri },
  logger: silent,
});

const server = createServer((request, response) => {
  const succeed = (installation) => response.end(JSON.stringify({ installation }));
  const fail = ({ code, data }) => response.end(JSON.stringify({ code, error: data?.error }));
  const done = request.url.startsWith('/install')
    ? installer.handleInstallPath(request, response)
    : installer.handleCallback(request, response, { success: succeed, failure: fail });
  done.catch((error) => response.end(String(error)));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}`;

async function begin() {
  const answer = await fetch(`${url}/install`, { redirect: 'manual' });
  return { location: answer.headers.get('location'), cookie: answer.headers.getSetCookie()[0].split(';')[0] };
}

const errorOf = (token) =>
  new WebClient(token, { logger: silent }).auth.test().then(
    () => undefined,
    ({ data }) => data.error,
  );

await play('@slack/oauth', {
  slack: async (brand) => {
    // this client refreshes a token that ends within two hours of its own clock
    await brand.world.providers.policy({ provider: 'slack', accessToken: '1h', refreshTokenIssued: true });
    const { location, cookie } = await begin();
    const callback = await brand.login(location);
    const answer = await fetch(`${url}/callback${callback.search}`, { headers: { cookie } });
    const { installation } = await answer.json();
    assert.equal(installation.team.name, 'Understudy');
    assert.deepEqual(installation.bot.scopes, ['users:read', 'chat:write']);
    assert.equal(installation.bot.userId, 'U0BOT');
    const { user } = installation;
    assert.deepEqual([user.id, user.scopes], ['U0ADA', ['channels:read']]);
    assert.match(user.token, /^xoxp-/);
    brand.did('exchange');
    assert.equal(await errorOf(installation.bot.token), undefined);
    const listed = await new WebClient(user.token, { logger: silent }).conversations.list();
    assert.equal(listed.channels[0].name, 'general');
    const refusal = await rejection(new WebClient(installation.bot.token, { logger: silent }).conversations.list());
    assert.equal(refusal.data.error, 'missing_scope');
    brand.did('api');

    await brand.advance('61m');
    assert.equal(await errorOf(installation.bot.token), 'token_expired');
    assert.equal(await errorOf(user.token), 'token_expired');
    const query = { teamId: installation.team.id, userId: user.id, isEnterpriseInstall: false };
    const { botToken, botRefreshToken, userToken, userRefreshToken } = await installer.authorize(query);
    assert.notEqual(botToken, installation.bot.token);
    assert.notEqual(botRefreshToken, installation.bot.refreshToken);
    assert.equal(await errorOf(botToken), undefined);
    assert.match(userToken, /^xoxp-/);
    assert.notEqual(userToken, user.token);
    assert.notEqual(userRefreshToken, user.refreshToken);
    assert.equal(await errorOf(userToken), undefined);
    brand.did('refresh');

    const other = await begin();
    const state = new URL(other.location).searchParams.get('state');
    const twice = new URLSearchParams({ code: callback.searchParams.get('code'), state });
    const refused = await fetch(`${url}/callback?${twice}`, { headers: { cookie: other.cookie } });
    const { code, error } = await refused.json();
    return `${code}: ${error}`;
  },
});
server.close();
