import { CaseGroup } from '../case.js';
import { bearer } from '../wire.js';

const group = new CaseGroup();
const { one } = group;

/** Methods that an endpoint does not have. */
export const methodsCases = group.cases;

for (const [endpoint, methods] of Object.entries({
  '/oauth/token': ['GET', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
  '/oauth/revoke': ['PUT', 'DELETE', 'HEAD', 'OPTIONS'],
  '/oauth/introspect': ['PUT', 'DELETE', 'HEAD', 'OPTIONS'],
  '/oauth/token/info': ['PUT', 'DELETE', 'HEAD', 'OPTIONS'],
  '/oauth/authorize': ['PATCH', 'OPTIONS'],
})) {
  for (const method of methods) {
    one(`method/${method} ${endpoint}`, (server) => server.send({ method, path: endpoint }));
  }
}
one('method/GET /oauth/token, Accept json', (server) =>
  server.send({ path: '/oauth/token', accept: 'application/json' }),
);
one('method/GET /oauth/token, Accept html', (server) => server.send({ path: '/oauth/token', accept: 'text/html' }));
one('method/HEAD /oauth/token/info, live', async (server) =>
  server.send({
    method: 'HEAD',
    path: '/oauth/token/info',
    headers: bearer((await server.clientToken()).access_token),
  }),
);
one('method/PUT /v1/members/me', async (server) =>
  server.send({ method: 'PUT', path: '/v1/members/me', headers: bearer((await server.clientToken()).access_token) }),
);
one('method/OPTIONS /v1/members/me', (server) => server.send({ method: 'OPTIONS', path: '/v1/members/me' }));
one('method/TRACE /oauth/token', (server) => server.send({ method: 'TRACE', path: '/oauth/token' }));
