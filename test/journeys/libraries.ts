import { randomBytes } from 'node:crypto';
import fastifyOauth2 from '@fastify/oauth2';
import express from 'express';
import session from 'express-session';
import fastify from 'fastify';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import passport from 'passport';
import OAuth2Strategy from 'passport-oauth2';
import { AuthorizationCode } from 'simple-oauth2';
import { demo } from '../support.js';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { ProviderUrls } from '../../src/http/urls.js';
import type { Browser } from './browserless.js';

/** A secret that differs when it is form-encoded (RFC 6749 §2.3.1). */
export const secret = 'p:a/s+s w%rd&=';
export const clientId = 'journey client';

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface Answer {
  readonly status: number;
  /** Missing if the library does not expose it. */
  readonly challenge?: string | null;
  readonly body: unknown;
}

/** A client library, used according to its documentation. */
export interface LibraryClient {
  readonly redirectUri: string;
  signIn(browser: Browser): Promise<Tokens>;
  refresh(refreshToken: string): Promise<Tokens>;
  call(accessToken: string): Promise<Answer>;
  close(): Promise<void> | void;
}

export interface Setup {
  readonly urls: ProviderUrls;
  readonly scope: string;
  /** The URL of the API call. */
  readonly resource: string;
}

export type Library = (setup: Setup) => Promise<LibraryClient> | LibraryClient;

export const callByHeader = async (url: string, accessToken: string): Promise<Answer> => {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
  return { status: answer.status, challenge: answer.headers.get('www-authenticate'), body: await answer.json() };
};

const tokensOf = (answer: { readonly access_token?: unknown; readonly refresh_token?: unknown }): Tokens => ({
  accessToken: String(answer.access_token),
  refreshToken: String(answer.refresh_token),
});

/** oauth4webapi, which validates every answer strictly. */
const oauth4webapi =
  (authentication: (secret: string) => oauth.ClientAuth): Library =>
  ({ urls, scope, resource }) => {
    const as: oauth.AuthorizationServer = {
      issuer: urls.baseUrl,
      authorization_endpoint: urls.authorizeUrl,
      token_endpoint: urls.tokenUrl,
    };
    const client: oauth.Client = { client_id: clientId };
    const insecure = { [oauth.allowInsecureRequests]: true };
    return {
      redirectUri: demo.redirectUri,
      async signIn(browser) {
        const verifier = oauth.generateRandomCodeVerifier();
        const state = oauth.generateRandomState();
        const url = new URL(urls.authorizeUrl);
        const challenge = await oauth.calculatePKCECodeChallenge(verifier);
        url.search = new URLSearchParams({
          client_id: clientId,
          redirect_uri: demo.redirectUri,
          response_type: 'code',
          scope,
          state,
          code_challenge: challenge,
          code_challenge_method: 'S256',
        }).toString();
        const parameters = oauth.validateAuthResponse(as, client, (await browser.signIn(url, demo)).url, state);
        const answer = await oauth.authorizationCodeGrantRequest(
          as,
          client,
          authentication(secret),
          parameters,
          demo.redirectUri,
          verifier,
          insecure,
        );
        return tokensOf(await oauth.processAuthorizationCodeResponse(as, client, answer));
      },
      async refresh(refreshToken) {
        const answer = await oauth.refreshTokenGrantRequest(as, client, authentication(secret), refreshToken, insecure);
        return tokensOf(await oauth.processRefreshTokenResponse(as, client, answer));
      },
      call: (accessToken) =>
        challenged(() =>
          oauth.protectedResourceRequest(accessToken, 'GET', new URL(resource), undefined, undefined, insecure),
        ),
      close() {},
    };
  };

/** These libraries throw an error with the response for a WWW-Authenticate challenge. */
async function challenged(request: () => Promise<Response>): Promise<Answer> {
  let response: Response;
  try {
    response = await request();
  } catch (error) {
    if (!(error instanceof oauth.WWWAuthenticateChallengeError)) throw error;
    response = error.response;
  }
  return { status: response.status, challenge: response.headers.get('www-authenticate'), body: await response.json() };
}

/** openid-client used for plain OAuth 2.0. */
const openidClient: Library = ({ urls, scope, resource }) => {
  const config = new openid.Configuration(
    { issuer: urls.baseUrl, authorization_endpoint: urls.authorizeUrl, token_endpoint: urls.tokenUrl },
    clientId,
    secret,
  );
  openid.allowInsecureRequests(config);
  return {
    redirectUri: demo.redirectUri,
    async signIn(browser) {
      const pkceCodeVerifier = openid.randomPKCECodeVerifier();
      const expectedState = openid.randomState();
      const url = openid.buildAuthorizationUrl(config, {
        redirect_uri: demo.redirectUri,
        scope,
        state: expectedState,
        code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
      });
      return tokensOf(
        await openid.authorizationCodeGrant(config, (await browser.signIn(url, demo)).url, {
          pkceCodeVerifier,
          expectedState,
        }),
      );
    },
    refresh: async (refreshToken) => tokensOf(await openid.refreshTokenGrant(config, refreshToken)),
    call: (accessToken) =>
      challenged(() => openid.fetchProtectedResource(config, accessToken, new URL(resource), 'GET')),
    close() {},
  };
};

/** simple-oauth2: Basic with form-encoded id and secret. The application manages the state. */
const simpleOauth2: Library = ({ urls, scope, resource }) => {
  const { origin } = new URL(urls.baseUrl);
  const client = new AuthorizationCode({
    client: { id: clientId, secret },
    auth: {
      tokenHost: origin,
      tokenPath: new URL(urls.tokenUrl).pathname,
      authorizePath: new URL(urls.authorizeUrl).pathname,
    },
  });
  return {
    redirectUri: demo.redirectUri,
    async signIn(browser) {
      const { url } = await browser.signIn(
        client.authorizeURL({ redirect_uri: demo.redirectUri, scope, state: randomBytes(16).toString('hex') }),
        demo,
      );
      const { token } = await client.getToken({
        code: String(url.searchParams.get('code')),
        redirect_uri: demo.redirectUri,
        scope,
      });
      return tokensOf(token);
    },
    async refresh(refreshToken) {
      const { token } = await client.createToken({ refresh_token: refreshToken }).refresh({ scope });
      return tokensOf(token);
    },
    call: (accessToken) => callByHeader(resource, accessToken),
    close() {},
  };
};

/** Error argument of the callbacks of `oauth`, which passport-oauth2 uses: null on success, although the types differ. */
type Failure = { readonly statusCode: number; readonly data?: unknown } | null;

/** passport-oauth2 in an Express application: credentials in the body, the access token in the query of the API call. */
const passportOauth2: Library = async ({ urls, scope, resource }) => {
  class Strategy extends OAuth2Strategy {
    override userProfile(accessToken: string, done: (error?: unknown, profile?: unknown) => void): void {
      this._oauth2.get(resource, accessToken, (error: Failure, body) => {
        done(error, body);
      });
    }

    refresh(refreshToken: string): Promise<Tokens> {
      return new Promise((resolve, reject) => {
        this._oauth2.getOAuthAccessToken(refreshToken, { grant_type: 'refresh_token' }, (error, accessToken, newer) => {
          if (accessToken === undefined) reject(new Error(JSON.stringify(error)));
          else resolve({ accessToken, refreshToken: String(newer) });
        });
      });
    }

    call(accessToken: string): Promise<Answer> {
      return new Promise((resolve) => {
        this._oauth2.get(resource, accessToken, (error: Failure, body, response) => {
          const text = String(error === null ? body : error.data);
          resolve({ status: error?.statusCode ?? response?.statusCode ?? 0, body: JSON.parse(text) });
        });
      });
    }
  }

  const app = express();
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => {
      resolve(listening);
    });
  });
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const redirectUri = `${own}/auth/callback`;
  const strategy = new Strategy(
    {
      authorizationURL: urls.authorizeUrl,
      tokenURL: urls.tokenUrl,
      clientID: clientId,
      clientSecret: secret,
      callbackURL: redirectUri,
      scope,
      state: true,
      pkce: true,
    },
    (accessToken: string, refreshToken: string, _profile: unknown, done: OAuth2Strategy.VerifyCallback) => {
      done(null, { accessToken, refreshToken });
    },
  );
  app.use(session({ secret: 'session secret', resave: false, saveUninitialized: false }));
  app.get('/login', passport.authenticate(strategy, { session: false }));
  app.get('/auth/callback', passport.authenticate(strategy, { session: false }), (request, response) => {
    response.json(request.user);
  });

  return {
    redirectUri,
    async signIn(browser) {
      const { text } = await browser.signIn(`${own}/login`, demo);
      return JSON.parse(text) as Tokens;
    },
    refresh: (refreshToken) => strategy.refresh(refreshToken),
    call: (accessToken) => strategy.call(accessToken),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** @fastify/oauth2 with its own start path, state cookie and callback helper. */
const fastifyOauth2Plugin: Library = async ({ urls, scope, resource }) => {
  const app = fastify({ forceCloseConnections: true });
  const { origin } = new URL(urls.baseUrl);
  let redirectUri = '';
  await app.register(fastifyOauth2, {
    name: 'oauth2Provider',
    scope: scope.split(' '),
    credentials: {
      client: { id: clientId, secret },
      auth: {
        tokenHost: origin,
        tokenPath: new URL(urls.tokenUrl).pathname,
        authorizeHost: origin,
        authorizePath: new URL(urls.authorizeUrl).pathname,
      },
    },
    startRedirectPath: '/login',
    callbackUri: () => redirectUri,
    pkce: 'S256',
  });
  app.get('/auth/callback', async function (request) {
    const { token } = await app.oauth2Provider!.getAccessTokenFromAuthorizationCodeFlow(request);
    return tokensOf(token);
  });
  const own = await app.listen({ host: '127.0.0.1', port: 0 });
  redirectUri = `${own}/auth/callback`;
  return {
    redirectUri,
    async signIn(browser) {
      const { text } = await browser.signIn(`${own}/login`, demo);
      return JSON.parse(text) as Tokens;
    },
    async refresh(refreshToken) {
      const held = {
        token_type: 'Bearer',
        access_token: '',
        refresh_token: refreshToken,
        expires_in: 0,
        expires_at: new Date(0),
      } as const;
      const { token } = await app.oauth2Provider!.getNewAccessTokenUsingRefreshToken(held, {});
      return tokensOf(token);
    },
    call: (accessToken) => callByHeader(resource, accessToken),
    close: () => app.close(),
  };
};

/** Client libraries, each used according to its documentation. */
export const libraries: Readonly<Record<string, Library>> = {
  'oauth4webapi with Basic': oauth4webapi(oauth.ClientSecretBasic),
  'oauth4webapi with credentials in the body': oauth4webapi(oauth.ClientSecretPost),
  'openid-client': openidClient,
  'simple-oauth2': simpleOauth2,
  'passport-oauth2 with express': passportOauth2,
  '@fastify/oauth2': fastifyOauth2Plugin,
};
