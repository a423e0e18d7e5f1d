import { CaseGroup } from '../case.js';
import { basic, credentials, form } from '../wire.js';
import { app, clientCredentials } from '../requests.js';
import type { Ask } from '../case.js';

const group = new CaseGroup();
const { each } = group;

/** Which client a token request comes from. */
export const tokenClientCases = group.cases;

const who: Readonly<Record<string, Ask>> = {
  'unknown client, body': (server) => server.token({ ...clientCredentials, client_id: 'nobody', client_secret: 'x' }),
  'unknown client, Basic': (server) => server.token(clientCredentials, { headers: basic('nobody', 'x') }),
  'wrong secret, body': (server) => server.token({ ...clientCredentials, client_id: 'app', client_secret: 'x' }),
  'wrong secret, Basic': (server) => server.token(clientCredentials, { headers: basic('app', 'x') }),
  'id with an empty secret': (server) => server.token({ ...clientCredentials, client_id: 'app', client_secret: '' }),
  'Basic with an empty secret': (server) => server.token(clientCredentials, { headers: basic('app', '') }),
  'secret alone': (server) => server.token({ ...clientCredentials, client_secret: 'app-secret' }),
  'empty id, secret': (server) => server.token({ ...clientCredentials, client_id: '', client_secret: 'app-secret' }),
  'Basic right, body wrong secret': (server) =>
    server.token(
      { ...clientCredentials, client_id: 'app', client_secret: 'x' },
      { headers: basic('app', 'app-secret') },
    ),
  'Basic wrong secret, body right': (server) =>
    server.token({ ...clientCredentials, ...app }, { headers: basic('app', 'x') }),
  'Basic and body, two clients, both right': (server) =>
    server.token({ ...clientCredentials, ...credentials('other') }, { headers: basic('app', 'app-secret') }),
  'Basic right, the same id alone in the body': (server) =>
    server.token({ ...clientCredentials, client_id: 'app' }, { headers: basic('app', 'app-secret') }),
  'Basic right, an unknown id alone in the body': (server) =>
    server.token({ ...clientCredentials, client_id: 'nobody' }, { headers: basic('app', 'app-secret') }),
  'Basic right, JSON with another client': (server) =>
    server.json(
      '/oauth/token',
      { ...clientCredentials, ...credentials('other') },
      { headers: basic('app', 'app-secret') },
    ),
  'body and query, the same client': (server) =>
    server.post(`/oauth/token?${form(app)}`, { ...clientCredentials, ...app }),
  'basic in small letters': (server) =>
    server.token(clientCredentials, { headers: basic('app', 'app-secret', 'basic') }),
  'Basic with two blanks': (server) =>
    server.token(clientCredentials, { headers: basic('app', 'app-secret', 'Basic ') }),
  'Basic without a colon, body right': (server) =>
    server.token(
      { ...clientCredentials, ...app },
      { headers: { authorization: `Basic ${Buffer.from('app').toString('base64')}` } },
    ),
  'Basic without a colon': (server) =>
    server.token(clientCredentials, { headers: { authorization: `Basic ${Buffer.from('app').toString('base64')}` } }),
  'Basic empty, body right': (server) =>
    server.token({ ...clientCredentials, ...app }, { headers: { authorization: 'Basic ' } }),
  'Basic not base64': (server) => server.token(clientCredentials, { headers: { authorization: 'Basic !!!' } }),
  'Basic not base64, body right': (server) =>
    server.token({ ...clientCredentials, ...app }, { headers: { authorization: 'Basic !!!' } }),
  'Basic without its padding': (server) =>
    server.token(clientCredentials, {
      headers: { authorization: basic('app', 'app-secret').authorization.replace(/=+$/, '') },
    }),
  'Bearer header, body right': (server) =>
    server.token({ ...clientCredentials, ...app }, { headers: { authorization: 'Bearer abc' } }),
  'odd client, Basic raw': (server) => server.token(clientCredentials, { headers: basic('odd%2Bid+', 's+%3A:/=&x') }),
  'odd client, Basic form-encoded': (server) =>
    server.token(clientCredentials, {
      headers: basic(encodeURIComponent('odd%2Bid+'), encodeURIComponent('s+%3A:/=&x')),
    }),
  'app, Basic needlessly encoded': (server) =>
    server.token(clientCredentials, { headers: basic('%61pp', 'app%2Dsecret') }),
  'public client, id alone': (server) => server.token({ ...clientCredentials, client_id: 'public' }),
  'public client, a secret that is not its own': (server) =>
    server.token({ ...clientCredentials, client_id: 'public', client_secret: 'x' }),
  'public client, Basic with an empty secret': (server) =>
    server.token(clientCredentials, { headers: basic('public', '') }),
};
each('token/client/', who);
