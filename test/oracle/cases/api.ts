import { CaseGroup } from '../case.js';
import { basic, bearer } from '../wire.js';
import { app, both } from '../requests.js';
import type { DottedSign, Pair } from '../dotted-sign.js';
import type { Answer } from '../wire.js';

const group = new CaseGroup();
const { add } = group;

/** Calls of the API, and the other paths that Doorkeeper serves. */
export const apiCases = group.cases;

function calling(name: string, ask: (server: DottedSign, pair: Pair) => Promise<Answer>, { scope = both } = {}): void {
  add(`api/${name}`, async (server, observe) => {
    const pair = await server.tokens({ scope: scope });
    const answer = await ask(server, pair);
    observe('answer', answer, answer.status === 200 ? { without: ['body'] } : {});
  });
}

const path = '/v1/members/me';

calling('header', (server, { access_token }) => server.me(access_token));
calling('header, Accept json', (server, { access_token }) => server.me(access_token, { accept: 'application/json' }));
calling('header, /api/v1', (server, { access_token }) =>
  server.send({ path: '/api/v1/members/me', headers: bearer(access_token) }),
);
calling('query', (server, { access_token }) => server.send({ path: `${path}?access_token=${access_token}` }));
calling('bearer_token in the query', (server, { access_token }) =>
  server.send({ path: `${path}?bearer_token=${access_token}` }),
);
calling('header right, query wrong', (server, { access_token }) =>
  server.send({ path: `${path}?access_token=nonsense`, headers: bearer(access_token) }),
);
calling('header wrong, query right', (server, { access_token }) =>
  server.send({ path: `${path}?access_token=${access_token}`, headers: bearer('nonsense') }),
);
calling('header, empty query parameter', (server, { access_token }) =>
  server.send({ path: `${path}?access_token=`, headers: bearer(access_token) }),
);
calling('query twice, the last is right', (server, { access_token }) =>
  server.send({ path: `${path}?access_token=x&access_token=${access_token}` }),
);
calling('bearer in small letters', (server, { access_token }) =>
  server.send({ path, headers: bearer(access_token, 'bearer ') }),
);
calling('BEARER in capitals', (server, { access_token }) =>
  server.send({ path, headers: bearer(access_token, 'BEARER ') }),
);
calling('two blanks', (server, { access_token }) => server.send({ path, headers: bearer(access_token, 'Bearer  ') }));
calling('a tab instead of the blank', (server, { access_token }) =>
  server.send({ path, headers: bearer(access_token, 'Bearer\t') }),
);
calling('token=…', (server, { access_token }) => server.send({ path, headers: bearer(`token=${access_token}`) }));
calling('two tokens with a comma', (server, { access_token }) =>
  server.send({ path, headers: bearer(`${access_token}, ${access_token}`) }),
);
calling('"Bearer Bearer token"', (server, { access_token }) =>
  server.send({ path, headers: bearer(access_token, 'Bearer Bearer ') }),
);
calling('scheme Token', (server, { access_token }) => server.send({ path, headers: bearer(access_token, 'Token ') }));
calling('Bearer alone', (server) => server.send({ path, headers: { authorization: 'Bearer' } }));
calling('Bearer alone, query right', (server, { access_token }) =>
  server.send({ path: `${path}?access_token=${access_token}`, headers: { authorization: 'Bearer' } }),
);
calling('Basic header', (server) => server.send({ path, headers: basic('app', 'app-secret') }));
calling('Basic header, query right', (server, { access_token }) =>
  server.send({ path: `${path}?access_token=${access_token}`, headers: basic('app', 'app-secret') }),
);
calling('none', (server) => server.send({ path }));
calling('none, no Accept', (server) => server.send({ path, accept: null }));
calling('none, Accept json', (server) => server.send({ path, accept: 'application/json' }));
calling('unknown', (server) => server.me('nonsense'));
calling('refresh token', (server, { refresh_token }) => server.me(refresh_token));
calling('expired', async (server, { access_token }) => {
  await server.age(172_805);
  return server.me(access_token);
});
calling('just alive', async (server, { access_token }) => {
  await server.age(172_795);
  return server.me(access_token);
});
calling('expired and revoked', async (server, { access_token }) => {
  await server.post('/oauth/revoke', { token: access_token, ...app });
  await server.age(172_805);
  return server.me(access_token);
});
calling('POST, token in the form', (server, { access_token }) => server.post('/v1/sign_tasks', { access_token }), {
  scope: 'sign_tasks.general.write',
});
calling('POST, token in JSON', (server, { access_token }) => server.json('/v1/sign_tasks', { access_token }), {
  scope: 'sign_tasks.general.write',
});
calling(
  'POST, token in header and form',
  (server, { access_token }) =>
    server.post('/v1/sign_tasks', { access_token: 'nonsense' }, { headers: bearer(access_token) }),
  { scope: 'sign_tasks.general.write' },
);
calling('HEAD', (server, { access_token }) => server.send({ method: 'HEAD', path, headers: bearer(access_token) }));
calling('HEAD without a token', (server) => server.send({ method: 'HEAD', path }));
calling('If-None-Match of its own ETag', async (server, { access_token }) => {
  const first = await server.me(access_token);
  return server.send({ path, headers: { ...bearer(access_token), 'if-none-match': first.headers.etag ?? 'none' } });
});
calling('path with a trailing slash', (server, { access_token }) =>
  server.send({ path: `${path}/`, headers: bearer(access_token) }),
);
calling('unknown path, no token', (server) => server.send({ path: '/v1/nothing/here' }));
calling('unknown path, token', (server, { access_token }) =>
  server.send({ path: '/v1/nothing/here', headers: bearer(access_token) }),
);

for (const own of ['/oauth/applications', '/oauth/authorize/native?code=abc']) {
  add(`neighbour/${own}`, async (server, observe) => {
    await server.login();
    observe.fact('status', (await server.send({ path: own, cookies: true })).status);
  });
}
