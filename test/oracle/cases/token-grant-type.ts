import { CaseGroup } from '../case.js';
import { pairs } from '../wire.js';
import { app, clientCredentials } from '../requests.js';
import type { Ask } from '../case.js';

const group = new CaseGroup();
const { each } = group;

/** grant_type: missing, unknown, repeated, as a list, in form and query. */
export const tokenGrantTypeCases = group.cases;

const shape: Readonly<Record<string, Ask>> = {
  'grant_type missing': (server) => server.token(app),
  'grant_type empty': (server) => server.token({ ...app, grant_type: '' }),
  'grant_type blank': (server) => server.token({ ...app, grant_type: ' ' }),
  'grant_type in capitals': (server) => server.token({ ...app, grant_type: 'CLIENT_CREDENTIALS' }),
  'grant_type implicit': (server) => server.token({ ...app, grant_type: 'implicit' }),
  'grant_type of RFC 8628': (server) =>
    server.token({ ...app, grant_type: 'urn:ietf:params:oauth:grant-type:device_code' }),
  'grant_type missing, wrong secret': (server) => server.token({ client_id: 'app', client_secret: 'x' }),
  'grant_type missing, Accept json': (server) => server.token(app, { accept: 'application/json' }),
  'grant_type missing, no Accept': (server) => server.token(app, { accept: null }),
  'grant_type missing, with state': (server) => server.token({ ...app, state: 'xyz' }),
  'grant_type unknown, with state': (server) => server.token({ ...app, grant_type: 'magic', state: 'xyz' }),
  'grant_type twice, the same': (server) =>
    server.token([['grant_type', 'client_credentials'], ...pairs({ ...clientCredentials, ...app })]),
  'grant_type twice, the last is right': (server) =>
    server.token([['grant_type', 'magic'], ...pairs({ ...clientCredentials, ...app })]),
  'grant_type twice, the last is wrong': (server) =>
    server.token([...pairs({ ...clientCredentials, ...app }), ['grant_type', 'magic']]),
  'grant_type a list by []': (server) => server.token([['grant_type[]', 'client_credentials'], ...pairs(app)]),
  'grant_type in form and query, the query is right': (server) =>
    server.post('/oauth/token?grant_type=client_credentials', { ...clientCredentials, ...app, grant_type: 'magic' }),
  'grant_type in form and query, the form is right': (server) =>
    server.post('/oauth/token?grant_type=magic', { ...clientCredentials, ...app }),
  'client_id twice, the last is right': (server) =>
    server.token([['client_id', 'nobody'], ...pairs({ ...clientCredentials, ...app })]),
  'client_id nested': (server) =>
    server.token([['client_id[x]', 'app'], ['client_secret', 'app-secret'], ...pairs(clientCredentials)]),
};
each('token/shape/', shape);
