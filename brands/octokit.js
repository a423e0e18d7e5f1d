// @octokit/oauth-app: GitHub's own client, once as an OAuth app and once as a GitHub App, whose user tokens expire.
import assert from 'node:assert/strict';
import { OAuthApp } from '@octokit/oauth-app';
import { client, play, redirectUri, rejection } from '../test/journeys/brands/brand.ts';

const appOf = (clientType) =>
  new OAuthApp({ clientType, clientId: client.id, clientSecret: client.secret, redirectUrl: redirectUri });
const state = 'of-the-session-0123456789';
const errorOf = async (app, code) => {
  const error = await rejection(app.createToken({ code, state }));
  return `${error.name} ${error.status}: ${error.response.data.error}`;
};

/** The login of the user of an API client, or the status of the refusal. */
const loginOf = (octokit) =>
  octokit.request('GET /user').then(
    ({ data }) => data.login,
    ({ status }) => status,
  );

await play('@octokit/oauth-app', {
  github: async (brand) => {
    const oauthApp = appOf('oauth-app');
    const { url } = oauthApp.getWebFlowAuthorizationUrl({ state, scopes: ['user:email'] });
    const code = await brand.code(url);
    const { authentication } = await oauthApp.createToken({ code, state });
    assert.deepEqual(authentication.scopes, ['user:email']);
    assert.equal(await loginOf(await oauthApp.getUserOctokit({ token: authentication.token })), 'ada');
    const checked = await oauthApp.checkToken({ token: authentication.token });
    assert.equal(checked.data.user.login, 'ada');

    await brand.world.reset();
    brand.steps.length = 0;
    await brand.world.providers.policy({ provider: 'github', accessToken: '8h', refreshTokenIssued: true });
    const app = appOf('github-app');
    const appCode = await brand.code(app.getWebFlowAuthorizationUrl({ state }).url);
    const first = (await app.createToken({ code: appCode, state })).authentication;
    assert.equal(Date.parse(first.expiresAt) % 1000, 0);
    brand.did('exchange');
    // a token given alone: this client knows no time at which it ends
    const calls = async (token) => loginOf(new app.octokit.constructor({ auth: token }));
    assert.equal(await calls(first.token), 'ada');
    brand.did('api');

    await brand.advance('9h');
    assert.equal(await calls(first.token), 401);
    const { authentication: second } = await app.refreshToken({ refreshToken: first.refreshToken });
    assert.notEqual(second.token, first.token);
    assert.notEqual(second.refreshToken, first.refreshToken);
    brand.did('refresh');
    return errorOf(app, appCode);
  },
});
