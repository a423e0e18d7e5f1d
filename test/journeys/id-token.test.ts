// openid-client, unmodified, at a provider of a file: discovery, login with a nonce, and an ID token whose signature it checks.
import * as openid from 'openid-client';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { demo } from '../support.js';
import type { Test } from 'tap';
import type { ProviderDocument } from '../../src/client/index.js';

const shop = {
  name: 'shop',
  endpoints: { metadata: '/.well-known/openid-configuration', jwks: '/keys', userinfo: '/userinfo' },
  policy: { interaction: { mode: 'auto', user: demo.username } },
  scopes: { openid: 'Know who you are' },
  answers: { idToken: {} },
} satisfies ProviderDocument;

/** What a client asks for and gets. */
interface Login {
  readonly config: openid.Configuration;
  /** Exchanges the code, and checks the ID token with this nonce. */
  readonly exchange: (nonce?: string) => ReturnType<typeof openid.authorizationCodeGrant>;
}

/** Opens a shop, and follows the login URL of the client to the redirect back, which no server takes. */
async function login(t: Test, document: ProviderDocument = {}, now?: string): Promise<Login> {
  const server = await start({ providers: [{ ...shop, ...document }] });
  t.teardown(() => server.close());
  if (now !== undefined) await server.world().clock.set({ now });
  const issuer = new URL(`${server.url}/shop`.replace('127.0.0.1', 'localhost'));
  const config = await openid.discovery(issuer, demo.id, demo.secret, undefined, {
    // the second makes it check the signature with the key at jwks_uri, also of a token that it got directly
    execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks],
  });
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const expectedState = openid.randomState();
  const nonce = openid.randomNonce();
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: demo.redirectUri,
    scope: 'openid',
    state: expectedState,
    nonce,
    max_age: '600',
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const answer = await fetch(url, { redirect: 'manual' });
  const callback = new URL(String(answer.headers.get('location')));
  const checks = { pkceCodeVerifier, expectedState, maxAge: 600, idTokenExpected: true };
  return {
    config,
    exchange: (expectedNonce = nonce) => openid.authorizationCodeGrant(config, callback, { ...checks, expectedNonce }),
  };
}

/** Why the client refuses the ID token. */
async function refusal(exchange: Promise<unknown>): Promise<string> {
  try {
    await exchange;
    return 'accepted';
  } catch (error) {
    const { message, cause } = error as Error;
    return `${message}: ${String(cause)}`;
  }
}

t.test('openid-client finds the keys, and checks signature, nonce, audience and time', async (t) => {
  const { config, exchange } = await login(t);
  const tokens = await exchange();
  t.match(tokens.claims(), { iss: config.serverMetadata().issuer, aud: demo.id, sub: demo.username });
  t.match(config.serverMetadata(), {
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['public'],
  });
  const user = await openid.fetchUserInfo(config, tokens.access_token, String(tokens.claims()?.sub));
  t.equal(user.name, 'Ada Lovelace');
  const refreshed = await openid.refreshTokenGrant(config, String(tokens.refresh_token));
  t.equal(refreshed.claims()?.sub, demo.username);
  t.ok(refreshed.id_token);
});

t.test('openid-client refuses a token that the provider sends wrongly', async (t) => {
  const claims = (wrong: Readonly<Record<string, unknown>>): ProviderDocument => ({
    answers: { idToken: { claims: wrong } },
  });
  for (const [document, message] of [
    [claims({ aud: 'another-client' }), /"aud"/],
    [claims({ iss: 'https://elsewhere.example' }), /"iss"/],
    [claims({ nonce: 'another-nonce' }), /"nonce"/],
    [claims({ nonce: null }), /"nonce"/],
    [{ answers: { idToken: { claims: { exp: 1 } } } }, /"exp"/],
    // the client gets another signature than that of the key
    [
      {
        answers: {
          idToken: {},
          token: {
            body: {
              access_token: '{{ access_token }}',
              token_type: 'Bearer',
              id_token: "{{ id_token | append: 'AAAA' }}",
            },
          },
        },
      },
      /signature/,
    ],
  ] as const) {
    t.match(await refusal((await login(t, document)).exchange()), message);
  }
  t.match(await refusal((await login(t)).exchange('mine')), /"nonce"/, 'the nonce is that of the request');
});

t.test('a token is good by the clock of the world: one of two hours ago is over for openid-client', async (t) => {
  const ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
  t.match(await refusal((await login(t, {}, ago(2))).exchange()), /"exp"/);
  // within the hour, but longer ago than max_age allows: auth_time says so
  t.match(await refusal((await login(t, {}, ago(0.5))).exchange()), /since the last End-User authentication/);
});
