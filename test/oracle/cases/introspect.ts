import { CaseGroup } from '../case.js';
import { credentials, form } from '../wire.js';
import { app, both } from '../requests.js';
import type { DottedSign, Pair } from '../dotted-sign.js';
import type { Answer } from '../wire.js';

const group = new CaseGroup();
const { add } = group;

/** Introspection. */
export const introspectCases = group.cases;

function introspecting(
  name: string,
  ask: (server: DottedSign, pair: Pair) => Promise<Answer>,
  kind: 'tokens' | 'clientToken' = 'tokens',
): void {
  add(`introspect/${name}`, async (server, observe) => {
    const pair = kind === 'clientToken' ? await server.clientToken() : await server.tokens({ scope: both });
    observe('answer', await ask(server, pair));
  });
}

introspecting('own access token', (server, { access_token }) =>
  server.post('/oauth/introspect', { token: access_token, ...app }),
);
introspecting('own refresh token', (server, { refresh_token }) =>
  server.post('/oauth/introspect', { token: refresh_token, ...app }),
);
introspecting('own refresh token, hint', (server, { refresh_token }) =>
  server.post('/oauth/introspect', { token: refresh_token, token_type_hint: 'refresh_token', ...app }),
);
introspecting('own access token, hint refresh_token', (server, { access_token }) =>
  server.post('/oauth/introspect', { token: access_token, token_type_hint: 'refresh_token', ...app }),
);
introspecting('own, json', (server, { access_token }) =>
  server.json('/oauth/introspect', { token: access_token, ...app }),
);
introspecting(
  'client_credentials token',
  (server, { access_token }) => server.post('/oauth/introspect', { token: access_token, ...app }),
  'clientToken',
);
introspecting("another client's", (server, { access_token }) =>
  server.post('/oauth/introspect', { token: access_token, ...credentials('other') }),
);
introspecting('by a public client', (server, { access_token }) =>
  server.post('/oauth/introspect', { token: access_token, client_id: 'public' }),
);
introspecting('missing', (server) => server.post('/oauth/introspect', app));
introspecting('empty', (server) => server.post('/oauth/introspect', { token: '', ...app }));
introspecting('no client', (server, { access_token }) => server.post('/oauth/introspect', { token: access_token }));
introspecting('no client, unknown token', (server) => server.post('/oauth/introspect', { token: 'nonsense' }));
introspecting('unknown client', (server, { access_token }) =>
  server.post('/oauth/introspect', { token: access_token, client_id: 'nobody', client_secret: 'x' }),
);
introspecting('id alone', (server, { access_token }) =>
  server.post('/oauth/introspect', { token: access_token, client_id: 'app' }),
);
introspecting('by itself as the bearer', (server, { access_token }) =>
  server.post('/oauth/introspect', { token: access_token }, { headers: { authorization: `Bearer ${access_token}` } }),
);
introspecting('by another token of the same client', async (server, { access_token }) =>
  server.post(
    '/oauth/introspect',
    { token: access_token },
    { headers: { authorization: `Bearer ${(await server.clientToken()).access_token}` } },
  ),
);
introspecting('unknown token, by a good bearer', async (server) =>
  server.post(
    '/oauth/introspect',
    { token: 'nonsense' },
    { headers: { authorization: `Bearer ${(await server.clientToken()).access_token}` } },
  ),
);
introspecting('by an unknown bearer', (server, { access_token }) =>
  server.post('/oauth/introspect', { token: access_token }, { headers: { authorization: 'Bearer nonsense' } }),
);
introspecting('by a revoked bearer', async (server, { access_token }) => {
  const { access_token: dead } = await server.clientToken();
  await server.post('/oauth/revoke', { token: dead, ...app });
  return server.post('/oauth/introspect', { token: access_token }, { headers: { authorization: `Bearer ${dead}` } });
});
introspecting('a revoked one', async (server, { access_token }) => {
  await server.post('/oauth/revoke', { token: access_token, ...app });
  return server.post('/oauth/introspect', { token: access_token, ...app });
});
introspecting('the refresh token of an expired one', async (server, { refresh_token }) => {
  await server.age(172_805);
  return server.post('/oauth/introspect', { token: refresh_token, ...app });
});
introspecting('query', (server, { access_token }) =>
  server.send({ method: 'POST', path: `/oauth/introspect?${form({ token: access_token, ...app })}` }),
);
introspecting('GET', (server, { access_token }) =>
  server.send({ path: `/oauth/introspect?${form({ token: access_token, ...app })}` }),
);
add('introspect/exp is the life of the access token, for both', async (server, observe) => {
  const { access_token, refresh_token } = await server.tokens();
  for (const token of [access_token, refresh_token]) {
    const answer = await server.post('/oauth/introspect', { token, ...app });
    const { exp, iat } = JSON.parse(answer.text) as { exp: number; iat: number };
    observe.fact(token === access_token ? 'access' : 'refresh', exp - iat);
  }
});
