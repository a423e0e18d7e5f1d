import { CaseGroup } from '../case.js';
import { basic, credentials, form, pairs } from '../wire.js';
import { app, publicPair } from '../requests.js';
import { pairOf } from '../dotted-sign.js';
import type { DottedSign, Pair } from '../dotted-sign.js';
import type { Answer } from '../wire.js';

const group = new CaseGroup();
const { add } = group;

/** Revocation. */
export const revokeCases = group.cases;

function revoking(name: string, ask: (server: DottedSign, pair: Pair) => Promise<Answer>): void {
  add(`revoke/${name}`, async (server, observe) => {
    const pair = await server.tokens();
    observe('answer', await ask(server, pair));
    observe.fact('access token', await server.peek(pair.access_token));
    observe.fact('refresh token', await server.peek(pair.refresh_token));
  });
}

revoking('own access token', (server, { access_token }) =>
  server.post('/oauth/revoke', { token: access_token, ...app }),
);
revoking('own refresh token', (server, { refresh_token }) =>
  server.post('/oauth/revoke', { token: refresh_token, ...app }),
);
revoking('own, Basic', (server, { access_token }) =>
  server.post('/oauth/revoke', { token: access_token }, { headers: basic('app', 'app-secret') }),
);
revoking('own, json', (server, { access_token }) => server.json('/oauth/revoke', { token: access_token, ...app }));
revoking('own, query', (server, { access_token }) =>
  server.send({ method: 'POST', path: `/oauth/revoke?${form({ token: access_token, ...app })}` }),
);
revoking('access token with hint refresh_token', (server, { access_token }) =>
  server.post('/oauth/revoke', { token: access_token, token_type_hint: 'refresh_token', ...app }),
);
revoking('refresh token with hint refresh_token', (server, { refresh_token }) =>
  server.post('/oauth/revoke', { token: refresh_token, token_type_hint: 'refresh_token', ...app }),
);
revoking('unknown hint', (server, { access_token }) =>
  server.post('/oauth/revoke', { token: access_token, token_type_hint: 'magic', ...app }),
);
revoking('unknown token', (server) => server.post('/oauth/revoke', { token: 'nonsense', ...app }));
revoking('token missing', (server) => server.post('/oauth/revoke', app));
revoking('token missing, no client', (server) => server.post('/oauth/revoke', {}));
revoking('by another client', (server, { access_token }) =>
  server.post('/oauth/revoke', { token: access_token, ...credentials('other') }),
);
revoking('refresh token by another client', (server, { refresh_token }) =>
  server.post('/oauth/revoke', { token: refresh_token, ...credentials('other') }),
);
revoking('by a public client', (server, { access_token }) =>
  server.post('/oauth/revoke', { token: access_token, client_id: 'public' }),
);
revoking('wrong secret', (server, { access_token }) =>
  server.post('/oauth/revoke', { token: access_token, client_id: 'app', client_secret: 'x' }),
);
revoking('id alone', (server, { access_token }) =>
  server.post('/oauth/revoke', { token: access_token, client_id: 'app' }),
);
revoking('unknown client', (server, { access_token }) =>
  server.post('/oauth/revoke', { token: access_token, client_id: 'nobody', client_secret: 'x' }),
);
revoking('unknown token, wrong secret', (server) =>
  server.post('/oauth/revoke', { token: 'nonsense', client_id: 'app', client_secret: 'x' }),
);
revoking('Basic and body, two clients', (server, { access_token }) =>
  server.post(
    '/oauth/revoke',
    { token: access_token, ...credentials('other') },
    { headers: basic('app', 'app-secret') },
  ),
);
revoking('token twice in the form', (server, { access_token }) =>
  server.post('/oauth/revoke', [['token', 'x'], ['token', access_token], ...pairs(app)]),
);
revoking('twice', async (server, { access_token }) => {
  await server.post('/oauth/revoke', { token: access_token, ...app });
  return server.post('/oauth/revoke', { token: access_token, ...app });
});
revoking('the refresh token of an expired access token', async (server, { refresh_token }) => {
  await server.age(172_805);
  return server.post('/oauth/revoke', { token: refresh_token, ...app });
});
add('revoke/client_credentials token', async (server, observe) => {
  const { access_token } = await server.clientToken();
  observe('answer', await server.post('/oauth/revoke', { token: access_token, ...app }));
  observe.fact('token', await server.peek(access_token));
});
add('revoke/public client, its own by id alone', async (server, observe) => {
  const { access_token } = await publicPair(server);
  observe('answer', await server.post('/oauth/revoke', { token: access_token, client_id: 'public' }));
  observe.fact('token', await server.peek(access_token));
});
add("revoke/public client's token by a confidential client", async (server, observe) => {
  const { access_token } = await publicPair(server);
  observe('answer', await server.post('/oauth/revoke', { token: access_token, ...app }));
  observe.fact('token', await server.peek(access_token));
});
add('revoke/the old pair dies with what was refreshed from it?', async (server, observe) => {
  const a = await server.tokens();
  const b = pairOf(await server.refresh(a.refresh_token));
  await server.post('/oauth/revoke', { token: a.refresh_token, ...app });
  observe.fact('a', await server.peek(a.access_token));
  observe.fact('b access', await server.peek(b.access_token));
  observe.fact('b refresh', await server.peek(b.refresh_token));
});
