// simple-oauth2 is a client for any provider. Its settings are those that the documentation of each provider asks for.
import assert from 'node:assert/strict';
import { AuthorizationCode } from 'simple-oauth2';
import { call, client, play, redirectUri } from './brand.js';
import type { AccessToken, ModuleOptions } from 'simple-oauth2';
import type { Brand, Journey } from './brand.js';

interface Settings {
  readonly auth: ModuleOptions['auth'];
  /** Default: credentials in the body, which is a form. */
  readonly options?: ModuleOptions['options'];
  readonly scope?: string | string[];
  /** Parameters of the authorization request that the provider needs. */
  readonly extra?: Readonly<Record<string, string>>;
  /** A call of the API, and its headers if they are not those of RFC 6750. */
  readonly api: (token: AccessToken['token'], callback: URL) => string;
  readonly headers?: (token: string) => Readonly<Record<string, string>>;
  readonly method?: string;
  /** Members of the token answer beyond the tokens. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** A time after which the access token is over. Undefined: it never ends. */
  readonly lifetime?: string;
  /** Whether it issues refresh tokens with these settings. Default: yes. */
  readonly refreshes?: boolean;
  /** The code of the error if a code is used twice. Default: invalid_grant. */
  readonly usedCode?: string;
}

const state = 'of-the-session-0123456789';
const inHeader = { authorizationMethod: 'header' } as const;

const brands: Readonly<Record<string, Settings>> = {
  github: {
    auth: {
      tokenHost: 'https://github.com',
      tokenPath: '/login/oauth/access_token',
      authorizePath: '/login/oauth/authorize',
    },
    scope: ['read:user', 'user:email'],
    api: () => 'https://api.github.com/user',
    members: { token_type: 'bearer', scope: 'read:user,user:email' },
    refreshes: false,
    usedCode: 'bad_verification_code',
  },
  google: {
    auth: {
      authorizeHost: 'https://accounts.google.com',
      authorizePath: '/o/oauth2/v2/auth',
      tokenHost: 'https://oauth2.googleapis.com',
      tokenPath: '/token',
    },
    scope: 'https://www.googleapis.com/auth/userinfo.email',
    extra: { access_type: 'offline', prompt: 'consent' },
    api: () => 'https://www.googleapis.com/oauth2/v2/userinfo',
    members: { token_type: 'Bearer', expires_in: 3599 },
    lifetime: '61m',
  },
  slack: {
    auth: { tokenHost: 'https://slack.com', tokenPath: '/api/oauth.v2.access', authorizePath: '/oauth/v2/authorize' },
    options: { scopeSeparator: ',' },
    scope: ['users:read', 'chat:write'],
    api: () => 'https://slack.com/api/auth.test',
    members: { ok: true, token_type: 'bot', scope: 'users:read,chat:write' },
    refreshes: false,
    usedCode: 'invalid_code',
  },
  notion: {
    auth: {
      tokenHost: 'https://api.notion.com',
      tokenPath: '/v1/oauth/token',
      authorizePath: '/v1/oauth/authorize',
    },
    options: { ...inHeader, bodyFormat: 'json' },
    extra: { owner: 'user' },
    api: () => 'https://api.notion.com/v1/users/me',
    headers: (token) => ({ authorization: `Bearer ${token}`, 'notion-version': '2022-06-28' }),
    members: { token_type: 'bearer' },
  },
  reddit: {
    auth: {
      tokenHost: 'https://www.reddit.com',
      tokenPath: '/api/v1/access_token',
      authorizePath: '/api/v1/authorize',
    },
    options: inHeader,
    scope: 'identity',
    extra: { duration: 'permanent' },
    api: () => 'https://oauth.reddit.com/api/v1/me',
    members: { token_type: 'bearer', scope: 'identity' },
    lifetime: '25h',
  },
  dropbox: {
    auth: {
      authorizeHost: 'https://www.dropbox.com',
      authorizePath: '/oauth2/authorize',
      tokenHost: 'https://api.dropboxapi.com',
      tokenPath: '/oauth2/token',
    },
    extra: { token_access_type: 'offline' },
    api: () => 'https://api.dropboxapi.com/2/users/get_current_account',
    method: 'POST',
    members: { token_type: 'bearer' },
    lifetime: '5h',
  },
  atlassian: {
    auth: { tokenHost: 'https://auth.atlassian.com', tokenPath: '/oauth/token', authorizePath: '/authorize' },
    options: { authorizationMethod: 'body', bodyFormat: 'json' },
    scope: ['read:me', 'offline_access'],
    extra: { audience: 'api.atlassian.com', prompt: 'consent' },
    api: () => 'https://api.atlassian.com/me',
    members: { token_type: 'Bearer' },
    lifetime: '61m',
  },
  microsoft: {
    auth: {
      tokenHost: 'https://login.microsoftonline.com',
      tokenPath: '/common/oauth2/v2.0/token',
      authorizePath: '/common/oauth2/v2.0/authorize',
    },
    scope: ['User.Read', 'offline_access'],
    api: () => 'https://graph.microsoft.com/v1.0/me',
    members: { token_type: 'Bearer', scope: 'User.Read' },
    lifetime: '61m',
  },
  hubspot: {
    auth: {
      authorizeHost: 'https://app.hubspot.com',
      authorizePath: '/oauth/authorize',
      tokenHost: 'https://api.hubapi.com',
      tokenPath: '/oauth/v1/token',
    },
    scope: ['oauth', 'crm.objects.contacts.read'],
    api: () => 'https://api.hubapi.com/crm/v3/objects/contacts',
    members: { token_type: 'bearer', expires_in: 1800 },
    lifetime: '31m',
    usedCode: 'BAD_AUTH_CODE',
  },
  salesforce: {
    auth: {
      tokenHost: 'https://login.salesforce.com',
      tokenPath: '/services/oauth2/token',
      authorizePath: '/services/oauth2/authorize',
    },
    scope: ['api', 'refresh_token'],
    // the answer says at which host the API is
    api: ({ instance_url: url }) => `${String(url)}/services/data/v60.0/query?q=SELECT+Id+FROM+Account`,
    lifetime: '3h',
  },
  quickbooks: {
    auth: {
      authorizeHost: 'https://appcenter.intuit.com',
      authorizePath: '/connect/oauth2',
      tokenHost: 'https://oauth.platform.intuit.com',
      tokenPath: '/oauth2/v1/tokens/bearer',
    },
    options: inHeader,
    scope: 'com.intuit.quickbooks.accounting',
    // the callback says which company was connected
    api: (_token, { searchParams }) => {
      const company = String(searchParams.get('realmId'));
      return `https://quickbooks.api.intuit.com/v3/company/${company}/companyinfo/${company}`;
    },
    members: { token_type: 'bearer', expires_in: 3600, x_refresh_token_expires_in: 8_726_400 },
    lifetime: '61m',
  },
  xero: {
    auth: {
      authorizeHost: 'https://login.xero.com',
      authorizePath: '/identity/connect/authorize',
      tokenHost: 'https://identity.xero.com',
      tokenPath: '/connect/token',
    },
    options: inHeader,
    scope: ['accounting.settings', 'offline_access'],
    api: () => 'https://api.xero.com/connections',
    members: { token_type: 'Bearer', expires_in: 1800 },
    lifetime: '31m',
  },
  shopify: {
    auth: {
      tokenHost: 'https://understudy.myshopify.com',
      tokenPath: '/admin/oauth/access_token',
      authorizePath: '/admin/oauth/authorize',
    },
    options: { scopeSeparator: ',' },
    scope: ['read_products', 'write_orders'],
    api: () => 'https://understudy.myshopify.com/admin/api/2026-01/shop.json',
    members: { scope: 'read_products,write_orders' },
    refreshes: false,
    usedCode: 'invalid_request',
  },
  paypal: {
    auth: {
      authorizeHost: 'https://www.paypal.com',
      authorizePath: '/signin/authorize',
      tokenHost: 'https://api-m.paypal.com',
      tokenPath: '/v1/oauth2/token',
    },
    options: inHeader,
    scope: ['openid', 'profile', 'email'],
    api: () => 'https://api-m.paypal.com/v1/identity/openidconnect/userinfo?schema=openid',
    members: { token_type: 'Bearer' },
    lifetime: '10h',
  },
  mailchimp: {
    auth: {
      tokenHost: 'https://login.mailchimp.com',
      tokenPath: '/oauth2/token',
      authorizePath: '/oauth2/authorize',
    },
    api: () => 'https://us6.api.mailchimp.com/3.0/ping',
    members: { expires_in: 0, scope: null },
    refreshes: false,
  },
  zoho: {
    auth: {
      tokenHost: 'https://accounts.zoho.com',
      tokenPath: '/oauth/v2/token',
      authorizePath: '/oauth/v2/auth',
    },
    options: { scopeSeparator: ',' },
    scope: ['ZohoCRM.users.READ', 'ZohoCRM.modules.ALL'],
    extra: { access_type: 'offline', prompt: 'consent' },
    api: () => 'https://www.zohoapis.com/crm/v2/users',
    headers: (token) => ({ authorization: `Zoho-oauthtoken ${token}` }),
    members: { token_type: 'Bearer', api_domain: 'https://www.zohoapis.com' },
    lifetime: '61m',
    usedCode: 'invalid_code',
  },
};

/** What a refusal says. HubSpot has its code in another member. */
interface Refused {
  readonly error?: string;
  readonly status?: string;
}

/** A provider that refuses with a status 200 gives a token object with the error in it: this client looks at the status alone. */
async function errorOf(exchange: Promise<AccessToken>): Promise<string> {
  try {
    return `token.error: ${String((await exchange).token.error)}`;
  } catch (error) {
    const { data, output } = error as { data: { payload: Refused }; output: { statusCode: number } };
    return `Boom ${output.statusCode}: ${data.payload.error ?? data.payload.status}`;
  }
}

function journey(settings: Settings): Journey {
  const { auth, options = {}, scope, extra = {}, api, method = 'GET', members = {}, lifetime } = settings;
  const { refreshes = true, usedCode = 'invalid_grant' } = settings;
  const { headers = (token: string) => ({ authorization: `Bearer ${token}` }) } = settings;
  return async (brand: Brand) => {
    const oauth = new AuthorizationCode({ client, auth, options: { authorizationMethod: 'body', ...options } });
    const asked = { redirect_uri: redirectUri, state: state, ...(scope === undefined ? {} : { scope }) };
    const callback = await brand.login(oauth.authorizeURL({ ...asked, ...extra }));
    assert.equal(callback.searchParams.get('state'), state);
    const code = String(callback.searchParams.get('code'));

    const first = await oauth.getToken({ code, redirect_uri: redirectUri });
    assert.equal(typeof first.token.access_token, 'string');
    for (const [name, value] of Object.entries(members)) assert.deepEqual(first.token[name], value, name);
    brand.did('exchange');

    /** Whether the API takes an access token. Slack refuses with the status 200 as well. */
    const isGood = async ({ token }: AccessToken): Promise<boolean> => {
      const answer = await call(api(token, callback), headers(String(token.access_token)), { method });
      return answer.status === 200 && (answer.body as { ok?: boolean }).ok !== false;
    };
    assert.ok(await isGood(first), 'the API takes the access token');
    brand.did('api');

    await brand.advance(lifetime ?? '400d');
    assert.equal(await isGood(first), lifetime === undefined, 'whether the access token outlives its time');

    if (refreshes) {
      const second = await first.refresh();
      assert.notEqual(second.token.access_token, first.token.access_token);
      assert.ok(await isGood(second), 'the API takes the new access token');
      brand.did('refresh');
    } else {
      assert.equal(first.token.refresh_token, undefined);
    }

    const error = await errorOf(oauth.getToken({ code, redirect_uri: redirectUri }));
    assert.match(error, new RegExp(`: ${usedCode}$`));
    return error;
  };
}

await play(
  'simple-oauth2',
  Object.fromEntries(Object.entries(brands).map(([name, settings]) => [name, journey(settings)])),
);
