import { CaseGroup } from '../case.js';
import { uriOf } from '../wire.js';
import { callback } from '../requests.js';
import { authorizing } from '../authorization-case.js';

const group = new CaseGroup();
const asking = authorizing(group);

/** redirect_uri at the authorization endpoint. */
export const authorizeRedirectUriCases = group.cases;

const uris = {
  unregistered: 'https://evil.example/',
  'with a query more': `${callback}?x=1`,
  'with a fragment': `${callback}#x`,
  'with an empty fragment': `${callback}#`,
  'with another port': 'https://client.example:8443/cb',
  'with the default port': 'https://client.example:443/cb',
  'host in capitals': 'https://CLIENT.example/cb',
  'scheme in capitals': 'HTTPS://client.example/cb',
  'with a trailing slash': `${callback}/`,
  'path in capitals': 'https://client.example/CB',
  'percent-encoded path': 'https://client.example/%63b',
  'with userinfo': 'https://me@client.example/cb',
  subdomain: 'https://x.client.example/cb',
  'of another client only': 'https://single.example/cb',
  'without a scheme': 'client.example/cb',
  'with a blank': 'https://client.example/c b',
  'with unicode': 'https://client.example/ö',
  javascript: 'javascript:alert(1)',
  'loopback, another port': 'http://127.0.0.1:4999/callback',
  'loopback, no port': 'http://127.0.0.1/callback',
  'loopback, another loopback address': 'http://127.0.0.2:3000/callback',
  'loopback, another path': 'http://127.0.0.1:4999/other',
  'localhost for 127.0.0.1': 'http://localhost:3000/callback?',
  'loopback by IPv6': 'http://[::1]:3000/callback',
  'loopback, https': 'https://127.0.0.1:3000/callback',
  'query, the same': 'https://client.example/q?a=1&b=2',
  'query, one more': 'https://client.example/q?a=1&b=2&c=3',
  'query, one less': 'https://client.example/q?a=1',
  'query, another value': 'https://client.example/q?a=1&b=3',
  'query left out': 'https://client.example/q',
  'custom scheme, one slash': 'com.example.app:/cb',
  'custom scheme, two slashes': 'com.example.app://cb/x',
  'custom scheme, three slashes': 'com.example.app:///cb',
  oob: 'urn:ietf:wg:oauth:2.0:oob',
};
for (const [name, redirect_uri] of Object.entries(uris)) asking(`redirect_uri ${name}`, { redirect_uri });
asking('redirect_uri oob, registered', { client_id: 'oob', redirect_uri: uriOf('oob') });
