import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { demo } from '../support.js';
import type { World } from '../../src/client/index.js';

const server = await start({ scenario: 'happy-path' });
t.teardown(() => server.close());

const named = await server.newWorld({ id: 'x', scenario: 'happy-path' });
// the libraries know localhost as a name that needs no TLS, and so do people
const issuerOf = (world: World): string => `${world.baseUrl}/standard`.replace('127.0.0.1', 'localhost');
const insecure = { [oauth.allowInsecureRequests]: true };

/** Follows a login URL to the redirect back, which no server takes. */
async function callbackOf(url: URL): Promise<URL> {
  const answer = await fetch(url, { redirect: 'manual' });
  return new URL(String(answer.headers.get('location')));
}

for (const [place, world] of [
  ['the default world', server.world()],
  ['a named world', named],
] as const) {
  t.test(`oauth4webapi finds all from the issuer in ${place}, by RFC 8414`, async (t) => {
    const issuer = new URL(issuerOf(world));
    const found = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure });
    const as = await oauth.processDiscoveryResponse(issuer, found);
    t.equal(as.issuer, issuer.href);
    const client: oauth.Client = { client_id: demo.id };
    const authentication = oauth.ClientSecretBasic(demo.secret);
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const url = new URL(String(as.authorization_endpoint));
    url.search = new URLSearchParams({
      client_id: demo.id,
      response_type: 'code',
      redirect_uri: demo.redirectUri,
      scope: 'profile email',
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString();
    // it compares iss with the issuer, and refuses a redirect without it
    const callback = await callbackOf(url);
    const parameters = oauth.validateAuthResponse(as, client, callback, state);
    const withoutIssuer = new URL(callback);
    withoutIssuer.searchParams.delete('iss');
    t.throws(() => oauth.validateAuthResponse(as, client, withoutIssuer, state), /iss/);

    const exchanged = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      authentication,
      parameters,
      demo.redirectUri,
      verifier,
      insecure,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, exchanged);
    const user = await oauth.userInfoRequest(as, client, tokens.access_token, insecure);
    const { sub } = await oauth.processUserInfoResponse(as, client, demo.username, user);
    t.equal(sub, demo.username);

    const refreshed = await oauth.processRefreshTokenResponse(
      as,
      client,
      await oauth.refreshTokenGrantRequest(as, client, authentication, String(tokens.refresh_token), insecure),
    );
    const isActive = async (): Promise<boolean> => {
      const asked = await oauth.introspectionRequest(as, client, authentication, refreshed.access_token, insecure);
      return (await oauth.processIntrospectionResponse(as, client, asked)).active;
    };
    t.equal(await isActive(), true);
    await oauth.processRevocationResponse(
      await oauth.revocationRequest(as, client, authentication, String(refreshed.refresh_token), insecure),
    );
    t.equal(await isActive(), false);
  });
}

t.test('openid-client needs the issuer, the client and its secret', async (t) => {
  const config = await openid.discovery(new URL(issuerOf(named)), demo.id, demo.secret, undefined, {
    algorithm: 'oauth2',
    // the way of the library to allow http
    execute: [openid.allowInsecureRequests],
  });
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const expectedState = openid.randomState();
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: demo.redirectUri,
    state: expectedState,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const tokens = await openid.authorizationCodeGrant(config, await callbackOf(url), {
    pkceCodeVerifier,
    expectedState,
  });
  const user = await openid.fetchUserInfo(config, tokens.access_token, demo.username);
  t.equal(user.name, 'Ada Lovelace');
  const refreshed = await openid.refreshTokenGrant(config, String(tokens.refresh_token));
  t.equal((await openid.tokenIntrospection(config, refreshed.access_token)).active, true);
  await openid.tokenRevocation(config, String(refreshed.refresh_token));
  t.equal((await openid.tokenIntrospection(config, refreshed.access_token)).active, false);
  t.ok((await openid.clientCredentialsGrant(config)).access_token);
});
