import * as oauth from 'oauth4webapi';
import { AuthorizationCode } from 'simple-oauth2';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { demo } from '../support.js';
import type { Test } from 'tap';
import type { ProviderName, ProviderUrls, World } from '../../src/client/index.js';

const server = await start();
t.teardown(() => server.close());

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** As the library returned it. */
  readonly expiresIn: number;
}

/** The calls of a library that the test makes. */
interface LibraryClient {
  authorizeUrl(): Promise<string>;
  callback(redirectTo: string): Promise<Tokens>;
  refresh(refreshToken: string): Promise<Tokens>;
}

const insecure = { [oauth.allowInsecureRequests]: true };

function oauth4webapi(urls: ProviderUrls, scope: string): LibraryClient {
  const as: oauth.AuthorizationServer = {
    issuer: urls.baseUrl,
    authorization_endpoint: urls.authorizeUrl,
    token_endpoint: urls.tokenUrl,
  };
  const client: oauth.Client = { client_id: demo.id };
  const authentication = oauth.ClientSecretBasic(demo.secret);
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const tokens = ({ access_token, refresh_token, expires_in }: oauth.TokenEndpointResponse): Tokens => ({
    accessToken: access_token,
    refreshToken: String(refresh_token),
    expiresIn: Number(expires_in),
  });
  return {
    async authorizeUrl() {
      const challenge = await oauth.calculatePKCECodeChallenge(verifier);
      return `${urls.authorizeUrl}?${new URLSearchParams({ client_id: demo.id, redirect_uri: demo.redirectUri, response_type: 'code', scope, state, code_challenge: challenge, code_challenge_method: 'S256' }).toString()}`;
    },
    async callback(redirectTo) {
      const parameters = oauth.validateAuthResponse(as, client, new URL(redirectTo), state);
      return tokens(
        await oauth.processAuthorizationCodeResponse(
          as,
          client,
          await oauth.authorizationCodeGrantRequest(
            as,
            client,
            authentication,
            parameters,
            demo.redirectUri,
            verifier,
            insecure,
          ),
        ),
      );
    },
    async refresh(refreshToken) {
      return tokens(
        await oauth.processRefreshTokenResponse(
          as,
          client,
          await oauth.refreshTokenGrantRequest(as, client, authentication, refreshToken, insecure),
        ),
      );
    },
  };
}

function simpleOauth2(urls: ProviderUrls, scope: string): LibraryClient {
  const client = new AuthorizationCode({
    client: { id: demo.id, secret: demo.secret },
    auth: {
      tokenHost: new URL(urls.tokenUrl).origin,
      tokenPath: new URL(urls.tokenUrl).pathname,
      authorizePath: new URL(urls.authorizeUrl).pathname,
    },
  });
  const tokens = ({ access_token, refresh_token, expires_in }: Readonly<Record<string, unknown>>): Tokens => ({
    accessToken: String(access_token),
    refreshToken: String(refresh_token),
    expiresIn: Number(expires_in),
  });
  return {
    authorizeUrl: async () => client.authorizeURL({ redirect_uri: demo.redirectUri, scope, state: 'simple' }),
    callback: async (redirectTo) =>
      tokens(
        (
          await client.getToken({
            code: String(new URL(redirectTo).searchParams.get('code')),
            redirect_uri: demo.redirectUri,
            scope,
          })
        ).token,
      ),
    refresh: async (refreshToken) =>
      tokens((await client.createToken({ refresh_token: refreshToken }).refresh()).token),
  };
}

const libraries = { oauth4webapi, simpleOauth2 } as const;

/** MailUp sends neither `token_type` nor `state`, so a library that requires both does not work with it. */
const clients = [
  {
    provider: 'tinyemail',
    library: 'oauth4webapi',
    scope: 'import_customers',
    call: '/account/customer/reader%40example.test',
    lifetime: 43_200,
  },
  {
    provider: 'tinyemail',
    library: 'simpleOauth2',
    scope: 'import_customers',
    call: '/account/customer/reader%40example.test',
    lifetime: 43_200,
  },
  { provider: 'dottedsign', library: 'oauth4webapi', scope: 'third_party', call: '/members/me', lifetime: 172_800 },
  { provider: 'dottedsign', library: 'simpleOauth2', scope: 'third_party', call: '/members/me', lifetime: 172_800 },
  {
    provider: 'mailup',
    library: 'simpleOauth2',
    scope: '',
    call: '/ConsoleService.svc/Console/Authentication/Info',
    lifetime: 3600,
  },
] as const;

type Setup = (typeof clients)[number];

/** A login, then two times an expiry, a 401 and a refresh. Only virtual time passes. */
async function journey(t: Test, world: World, { provider, library, scope, call, lifetime }: Setup): Promise<string[]> {
  // oauth4webapi form-encodes the hyphen of the client id, which these providers do not decode
  await world.providers.policy({ provider, basicDecoding: 'any' });
  const urls = (await world.info()).providers[provider];
  const client = libraries[library](urls, scope);
  const ask = async (token: string): Promise<number> =>
    (await fetch(urls.apiUrl + call, { headers: { authorization: `Bearer ${token}` } })).status;

  const { redirectTo } = await world.authorize(await client.authorizeUrl());
  let tokens = await client.callback(redirectTo);
  const seen = [tokens.accessToken];
  for (let round = 0; round < 2; round += 1) {
    t.equal(tokens.expiresIn, lifetime);
    t.equal(await ask(tokens.accessToken), 200);
    await world.clock.advance(`${lifetime - 1}s`);
    t.equal(await ask(tokens.accessToken), 200, 'the token is valid until the last second');
    t.match(await world.clock.advance('1s'), { expired: [{ value: tokens.accessToken, kind: 'access' }] });
    t.equal(await ask(tokens.accessToken), 401, 'the token is expired');
    tokens = await client.refresh(tokens.refreshToken);
    seen.push(tokens.accessToken);
  }
  t.equal(await ask(tokens.accessToken), 200);
  await world.expect({ match: { provider, grantType: 'refresh_token', status: 200 }, count: 2 });
  await world.expect({ match: { endpoint: 'resource', reason: 'bearer.expired' }, count: 2 });
  return seen;
}

const frozen = { now: '2026-01-01T00:00:00Z', frozen: true } as const;

for (const setup of clients) {
  t.test(`${setup.library} goes through expiry and refresh at ${setup.provider} in frozen time`, async (t) => {
    await using world = await server.newWorld({ clock: frozen });
    await journey(t, world, setup);
    const days = (Date.parse((await world.clock.get()).now) - Date.parse(frozen.now)) / 1000;
    t.equal(days, 2 * setup.lifetime, 'only the time that the test added has passed');
  });
}

t.test('fifty such runs in parallel in one server, each in its own world', async (t) => {
  const worlds = await Promise.all(Array.from({ length: 50 }, (_, seed) => server.newWorld({ clock: frozen, seed })));
  const seen = await Promise.all(worlds.map((world, i) => journey(t, world, clients[i % clients.length]!)));
  t.equal(new Set(seen.flat()).size, 150, 'no two worlds issued the same token');

  const { accessToken, provider } = { accessToken: seen[4]![2]!, provider: 'mailup' as ProviderName };
  const foreign = (await worlds[9]!.info()).providers.mailup;
  t.equal(
    (await fetch(foreign.apiUrl + clients[4].call, { headers: { authorization: `Bearer ${accessToken}` } })).status,
    400,
    'the token is refused in another world',
  );
  t.match(await worlds[4]!.tokens.get({ provider, token: accessToken }), { status: 'live' });

  // The same seed and calls in a single world give the same tokens: the other worlds had no influence.
  await using alone = await server.newWorld({ clock: frozen, seed: 4 });
  t.same(await journey(t, alone, clients[4]), seen[4]);
  await Promise.all(worlds.map((world) => world.drop()));
});
