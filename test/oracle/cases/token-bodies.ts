import { CaseGroup } from '../case.js';
import { form } from '../wire.js';
import { app, callback, clientCredentials } from '../requests.js';
import type { Ask } from '../case.js';

const group = new CaseGroup();
const { each } = group;

/** Bodies of the token endpoint: JSON, other types, multipart, broken encoding. */
export const tokenBodiesCases = group.cases;

const shape: Readonly<Record<string, Ask>> = {
  'json: scope null': (server) =>
    server.json('/oauth/token', {
      grant_type: 'authorization_code',
      code: 'x',
      redirect_uri: callback,
      ...app,
      scope: null,
    }),
  'json: grant_type null': (server) => server.json('/oauth/token', { ...app, grant_type: null }),
  'json: grant_type a number': (server) => server.json('/oauth/token', { ...app, grant_type: 5 }),
  'json: grant_type a list': (server) => server.json('/oauth/token', { ...app, grant_type: ['client_credentials'] }),
  'json: text': (server) => server.json('/oauth/token', '"abc"'),
  'json: number': (server) => server.json('/oauth/token', '5'),
  'json: null': (server) => server.json('/oauth/token', 'null'),
  'json: empty': (server) => server.json('/oauth/token', ''),
  'json: malformed, Accept json': (server) =>
    server.json('/oauth/token', '{"grant_type":', { accept: 'application/json' }),
  'json: malformed, no Accept': (server) => server.json('/oauth/token', '{"grant_type":', { accept: null }),
  'json: malformed, Accept of axios': (server) =>
    server.json('/oauth/token', '{"grant_type":', { accept: 'application/json, text/plain, */*' }),
  'json said, a form sent': (server) => server.json('/oauth/token', form({ ...clientCredentials, ...app })),
  'text/plain': (server) =>
    server.token({ ...clientCredentials, ...app }, { headers: { 'content-type': 'text/plain' } }),
  'xml type': (server) => server.token('<a/>', { headers: { 'content-type': 'application/xml' } }),
  'no content type': (server) =>
    server.send({ method: 'POST', path: '/oauth/token', body: form({ ...clientCredentials, ...app }) }),
  'content type malformed': (server) =>
    server.token({ ...clientCredentials, ...app }, { headers: { 'content-type': 'form' } }),
  'text/x-json': (server) =>
    server.json('/oauth/token', { ...clientCredentials, ...app }, { headers: { 'content-type': 'text/x-json' } }),
  multipart: (server) =>
    server.token(
      Object.entries({ ...clientCredentials, ...app })
        .map(([k, v]) => `--b\r\ncontent-disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`)
        .join('') + '--b--\r\n',
      { headers: { 'content-type': 'multipart/form-data; boundary=b' } },
    ),
  'form: broken percent': (server) => server.token(`${form({ ...clientCredentials, ...app })}&x=%zz`),
  'form: broken percent in a name that matters': (server) => server.token(`${form({ ...app })}&grant_type=%zz`),
  'form: bytes that are no UTF-8 in the secret': (server) =>
    server.token(`${form(clientCredentials)}&client_id=app&client_secret=%ff%fe`),
  'form: a NUL in the secret': (server) => server.token(`${form(clientCredentials)}&client_id=app&client_secret=a%00b`),
  'form: a NUL in an unknown parameter': (server) => server.token(`${form({ ...clientCredentials, ...app })}&x=a%00b`),
  'form: blanks around the values': (server) =>
    server.token(`${form({ ...clientCredentials, client_id: 'app' })}&client_secret=app-secret%20`),
  'query parted by semicolons': (server) =>
    server.send({
      method: 'POST',
      path: `/oauth/token?${form({ ...clientCredentials, ...app }).replaceAll('&', ';')}`,
    }),
  'form: leading &': (server) => server.token(`&${form({ ...clientCredentials, ...app })}&`),
  'empty body, nothing at all': (server) => server.token(''),
  'If-None-Match *': (server) => server.token({ ...clientCredentials, ...app }, { headers: { 'if-none-match': '*' } }),
};
each('token/shape/', shape);
