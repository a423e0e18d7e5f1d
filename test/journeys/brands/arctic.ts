// arctic has a class for each provider, with its URLs in it.
import assert from 'node:assert/strict';
import * as arctic from 'arctic';
import { call, client, play, redirectUri, rejection } from './brand.js';
import type { OAuth2Tokens } from 'arctic';
import type { Brand, Journey } from './brand.js';

const { id, secret } = client;
const state = arctic.generateState();
const verifier = arctic.generateCodeVerifier();

interface Use {
  /** Where the class sends the browser; what the documentation of arctic adds to it is added here. */
  readonly url: () => URL;
  readonly exchange: (code: string) => Promise<OAuth2Tokens>;
  readonly refresh?: (token: string) => Promise<OAuth2Tokens>;
  readonly revoke?: (token: string) => Promise<void>;
  readonly api: (callback: URL) => string;
  readonly method?: string;
  /** A time after which the access token is over. Undefined: it never ends. */
  readonly lifetime?: string;
  /** Whether the answer does not say when the access token ends. */
  readonly hidesExpiry?: boolean;
  /** The scopes that the class finds in the answer. Undefined: the answer has none. */
  readonly scopes?: readonly string[];
  /** Settings of the application at the provider. */
  readonly policy?: Readonly<Record<string, unknown>>;
  /** What a used code is answered with, as arctic tells it. */
  readonly usedCode: string;
}

const github = new arctic.GitHub(id, secret, redirectUri);
const google = new arctic.Google(id, secret, redirectUri);
const slack = new arctic.Slack(id, secret, redirectUri);
const notion = new arctic.Notion(id, secret, redirectUri);
const reddit = new arctic.Reddit(id, secret, redirectUri);
const dropbox = new arctic.Dropbox(id, secret, redirectUri);
const atlassian = new arctic.Atlassian(id, secret, redirectUri);
const microsoft = new arctic.MicrosoftEntraId('common', id, secret, redirectUri);
const salesforce = new arctic.Salesforce('understudy.my.salesforce.com', id, secret, redirectUri);
const intuit = new arctic.Intuit(id, secret, redirectUri);

const withParameter = (url: URL, name: string, value: string): URL => {
  url.searchParams.set(name, value);
  return url;
};

const uses: Readonly<Record<string, Use>> = {
  github: {
    url: () => github.createAuthorizationURL(state, ['user:email']),
    exchange: (code) => github.validateAuthorizationCode(code),
    refresh: (token) => github.refreshAccessToken(token),
    api: () => 'https://api.github.com/user',
    // a GitHub App with user tokens that expire
    policy: { accessToken: '8h', refreshTokenIssued: true },
    lifetime: '9h',
    scopes: ['user:email'],
    usedCode: 'OAuth2RequestError bad_verification_code',
  },
  google: {
    url: () =>
      withParameter(
        google.createAuthorizationURL(state, verifier, ['https://www.googleapis.com/auth/userinfo.email']),
        'access_type',
        'offline',
      ),
    exchange: (code) => google.validateAuthorizationCode(code, verifier),
    refresh: (token) => google.refreshAccessToken(token),
    revoke: (token) => google.revokeToken(token),
    api: () => 'https://www.googleapis.com/oauth2/v2/userinfo',
    lifetime: '61m',
    scopes: ['https://www.googleapis.com/auth/userinfo.email'],
    usedCode: 'OAuth2RequestError invalid_grant',
  },
  slack: {
    url: () => slack.createAuthorizationURL(state, ['openid', 'profile']),
    exchange: (code) => slack.validateAuthorizationCode(code),
    api: () => 'https://slack.com/api/openid.connect.userInfo',
    // Slack refuses with a status 200, which arctic takes for a success without a token
    usedCode: "Error Missing or invalid 'access_token' field",
  },
  notion: {
    url: () => notion.createAuthorizationURL(state),
    exchange: (code) => notion.validateAuthorizationCode(code),
    api: () => 'https://api.notion.com/v1/users/me',
    usedCode: 'OAuth2RequestError invalid_grant',
  },
  reddit: {
    url: () => withParameter(reddit.createAuthorizationURL(state, ['identity']), 'duration', 'permanent'),
    exchange: (code) => reddit.validateAuthorizationCode(code),
    refresh: (token) => reddit.refreshAccessToken(token),
    api: () => 'https://oauth.reddit.com/api/v1/me',
    lifetime: '25h',
    scopes: ['identity'],
    // Reddit refuses a code with the status 200 as well
    usedCode: "Error Missing or invalid 'access_token' field",
  },
  dropbox: {
    url: () =>
      withParameter(dropbox.createAuthorizationURL(state, ['account_info.read']), 'token_access_type', 'offline'),
    exchange: (code) => dropbox.validateAuthorizationCode(code),
    refresh: (token) => dropbox.refreshAccessToken(token),
    api: () => 'https://api.dropboxapi.com/2/users/get_current_account',
    method: 'POST',
    lifetime: '5h',
    scopes: ['account_info.read'],
    usedCode: 'OAuth2RequestError invalid_grant',
  },
  atlassian: {
    url: () => atlassian.createAuthorizationURL(state, ['read:me', 'offline_access']),
    exchange: (code) => atlassian.validateAuthorizationCode(code),
    refresh: (token) => atlassian.refreshAccessToken(token),
    api: () => 'https://api.atlassian.com/me',
    lifetime: '61m',
    scopes: ['read:me', 'offline_access'],
    // Atlassian refuses a code with the status 403, whose body arctic does not read
    usedCode: 'UnexpectedResponseError 403',
  },
  microsoft: {
    url: () => microsoft.createAuthorizationURL(state, verifier, ['User.Read', 'offline_access']),
    exchange: (code) => microsoft.validateAuthorizationCode(code, verifier),
    refresh: (token) => microsoft.refreshAccessToken(token, ['User.Read', 'offline_access']),
    api: () => 'https://graph.microsoft.com/v1.0/me',
    lifetime: '61m',
    scopes: ['User.Read'],
    usedCode: 'OAuth2RequestError invalid_grant',
  },
  salesforce: {
    url: () => salesforce.createAuthorizationURL(state, verifier, ['api', 'refresh_token']),
    exchange: (code) => salesforce.validateAuthorizationCode(code, verifier),
    refresh: (token) => salesforce.refreshAccessToken(token),
    revoke: (token) => salesforce.revokeToken(token),
    api: () => 'https://understudy.my.salesforce.com/services/data/v60.0/query?q=SELECT+Id+FROM+Account',
    lifetime: '3h',
    hidesExpiry: true,
    usedCode: 'OAuth2RequestError invalid_grant',
  },
  quickbooks: {
    url: () => intuit.createAuthorizationURL(state, ['com.intuit.quickbooks.accounting']),
    exchange: (code) => intuit.validateAuthorizationCode(code),
    refresh: (token) => intuit.refreshAccessToken(token),
    revoke: (token) => intuit.revokeToken(token),
    api: ({ searchParams }) => {
      const company = String(searchParams.get('realmId'));
      return `https://quickbooks.api.intuit.com/v3/company/${company}/companyinfo/${company}`;
    },
    lifetime: '61m',
    usedCode: 'OAuth2RequestError invalid_grant',
  },
};

function told(error: Error): string {
  if (error instanceof arctic.OAuth2RequestError) return `OAuth2RequestError ${error.code}`;
  if (error instanceof arctic.UnexpectedResponseError) return `UnexpectedResponseError ${error.status}`;
  return `${error.name} ${error.message}`;
}

function journey({ url, exchange, refresh, revoke, api, method = 'GET', lifetime, scopes, ...use }: Use): Journey {
  return async (brand: Brand) => {
    if (use.policy !== undefined) await brand.world.providers.policy({ provider: brand.provider, ...use.policy });
    const callback = await brand.login(url());
    assert.equal(callback.searchParams.get('state'), state);
    const code = String(callback.searchParams.get('code'));

    const first = await exchange(code);
    const token = first.accessToken();
    if (scopes !== undefined) assert.deepEqual(first.scopes(), scopes);
    if (lifetime !== undefined && use.hidesExpiry !== true) assert.ok(first.accessTokenExpiresAt() > new Date());
    brand.did('exchange');

    const status = async (bearer: string): Promise<number> =>
      (await call(api(callback), { authorization: `Bearer ${bearer}` }, { method })).status;
    assert.equal(await status(token), 200);
    brand.did('api');

    await brand.advance(lifetime ?? '400d');
    assert.equal(await status(token), lifetime === undefined ? 200 : 401);

    if (refresh !== undefined) {
      const second = (await refresh(first.refreshToken())).accessToken();
      assert.notEqual(second, token);
      assert.equal(await status(second), 200);
      brand.did('refresh');
      if (revoke !== undefined) {
        await revoke(second);
        assert.equal(await status(second), 401);
        brand.did('revoke');
      }
    }

    const error = told(await rejection(exchange(code).then((tokens) => tokens.accessToken())));
    assert.equal(error, use.usedCode);
    return error;
  };
}

await play('arctic', Object.fromEntries(Object.entries(uses).map(([name, use]) => [name, journey(use)])));
