import { CaseGroup } from '../case.js';
import { basic, form, pairs } from '../wire.js';
import { app, clientCredentials } from '../requests.js';
import type { Ask } from '../case.js';

const group = new CaseGroup();
const { each } = group;

/** Where the token endpoint is, and which headers of a request change its answer. */
export const tokenPathsAndHeadersCases = group.cases;

const shape: Readonly<Record<string, Ask>> = {
  'form, client in the body': (server) => server.token({ ...clientCredentials, ...app }),
  'form, Basic': (server) => server.token(clientCredentials, { headers: basic('app', 'app-secret') }),
  json: (server) => server.json('/oauth/token', { ...clientCredentials, ...app }),
  'json with a charset': (server) =>
    server.json(
      '/oauth/token',
      { ...clientCredentials, ...app },
      { headers: { 'content-type': 'application/json; charset=utf-8' } },
    ),
  'json, Accept json': (server) =>
    server.json('/oauth/token', { ...clientCredentials, ...app }, { accept: 'application/json' }),
  'all in the query': (server) =>
    server.send({ method: 'POST', path: `/oauth/token?${form({ ...clientCredentials, ...app })}` }),
  'client in the query, grant in the form': (server) => server.post(`/oauth/token?${form(app)}`, clientCredentials),
  'path with a trailing slash': (server) => server.post('/oauth/token/', { ...clientCredentials, ...app }),
  'path with .json': (server) => server.post('/oauth/token.json', { ...clientCredentials, ...app }),
  'path with a double slash': (server) => server.post('/oauth//token', { ...clientCredentials, ...app }),
  'Accept html': (server) => server.token({ ...clientCredentials, ...app }, { accept: 'text/html' }),
  'Accept of a browser': (server) =>
    server.token({ ...clientCredentials, ...app }, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }),
  'Accept json, text, any (axios)': (server) =>
    server.token({ ...clientCredentials, ...app }, { accept: 'application/json, text/plain, */*' }),
  'Accept xml': (server) => server.token({ ...clientCredentials, ...app }, { accept: 'application/xml' }),
  'X-Request-Id sent': (server) =>
    server.token({ ...clientCredentials, ...app }, { headers: { 'x-request-id': 'my-own-id' } }),
  'X-Request-Id sent, odd characters': (server) =>
    server.token({ ...clientCredentials, ...app }, { headers: { 'x-request-id': 'a b/c@d' } }),
  'Origin sent': (server) =>
    server.token({ ...clientCredentials, ...app }, { headers: { origin: 'https://spa.example' } }),
  'X-Requested-With sent, no Accept': (server) =>
    server.token({ ...clientCredentials, ...app }, { accept: null, headers: { 'x-requested-with': 'XMLHttpRequest' } }),
  'unknown parameter twice': (server) =>
    server.token([...pairs({ ...clientCredentials, ...app }), ['foo', '1'], ['foo', '2']]),
  'unknown parameter, a list by []': (server) =>
    server.token([...pairs({ ...clientCredentials, ...app }), ['foo[]', '1'], ['foo[]', '2']]),
  'unknown parameter, nested by []': (server) =>
    server.token([...pairs({ ...clientCredentials, ...app }), ['foo[a]', '1']]),
  'unknown parameter, broken nesting': (server) =>
    server.token([...pairs({ ...clientCredentials, ...app }), ['foo', '1'], ['foo[a]', '2']]),
  'unknown parameter of JSON, an object': (server) =>
    server.json('/oauth/token', { ...clientCredentials, ...app, foo: { a: 1 } }),
};
each('token/shape/', shape);
