import { standard } from './standard.js';
import { standardFacts } from './standard.facts.js';
import { standardPolicy } from './standard-policy.js';
import { standardResources } from './standard.resources.js';
import type { Provider } from './provider.js';

/**
 * A server that does what the RFCs say, and nothing else: for a client of any OAuth 2.0 server. Provider files are
 * like it unless they say otherwise.
 */
export const standardProvider: Provider<'standard'> = {
  ...standard,
  name: 'standard',
  title: 'Standard',
  origin: 'https://oauth.example',
  hosts: [],
  endpoints: {
    authorize: ['/authorize'],
    token: ['/token'],
    revoke: ['/revoke'],
    introspect: ['/introspect'],
    tokenInfo: [],
    userinfo: ['/userinfo'],
    metadata: ['/.well-known/oauth-authorization-server'],
    login: '/login',
    api: ['/api'],
  },

  policy: {
    ...standardPolicy,
    grants: ['authorization_code', 'refresh_token', 'client_credentials'],
    redirectUriMatching: 'exact-but-loopback-port',
    // RFC 9700 §4.12
    redirectStatus: 303,
    issuerInRedirect: 'sent',
    responseModes: ['query', 'fragment', 'form_post'],
    // RFC 9700 §2.1.1
    pkce: 'required-for-public-clients',
    pkceMethods: ['S256'],
    clientCredentialsIn: ['basic', 'body', 'private-key-jwt'],
    // RFC 9700 §4.14.2
    refreshRotation: 'reuse-revokes-family',
  },

  scopes: {
    profile: { words: 'Read your name' },
    email: { words: 'Read your e-mail address' },
  },
  resources: standardResources,
  facts: standardFacts,
  conventions: { credentials: 'basic', apiPath: '/me' },
};
