import { CaseGroup } from '../case.js';
import { bearer } from '../wire.js';
import { both } from '../requests.js';
import { pairOf } from '../dotted-sign.js';
import type { DottedSign, Pair } from '../dotted-sign.js';
import type { Answer } from '../wire.js';

const group = new CaseGroup();
const { add } = group;

/** The token info endpoint. */
export const tokenInfoCases = group.cases;

function informing(name: string, ask: (server: DottedSign, pair: Pair) => Promise<Answer>): void {
  add(`token info/${name}`, async (server, observe) => {
    const pair = await server.tokens({ scope: both });
    observe('answer', await ask(server, pair));
  });
}
informing('live, below /v1', (server, { access_token }) =>
  server.send({ path: '/v1/oauth/token/info', headers: bearer(access_token) }),
);
informing('live, in the query', (server, { access_token }) =>
  server.send({ path: `/oauth/token/info?access_token=${access_token}` }),
);
informing('live, as bearer_token', (server, { access_token }) =>
  server.send({ path: `/oauth/token/info?bearer_token=${access_token}` }),
);
informing('of a client', async (server) =>
  server.send({ path: '/oauth/token/info', headers: bearer((await server.clientToken()).access_token) }),
);
informing('none', (server) => server.send({ path: '/oauth/token/info' }));
informing('none, Accept json', (server) => server.send({ path: '/oauth/token/info', accept: 'application/json' }));
informing('a refresh token', (server, { refresh_token }) =>
  server.send({ path: '/oauth/token/info', headers: bearer(refresh_token) }),
);
informing('expired', async (server, { access_token }) => {
  await server.age(172_805);
  return server.send({ path: '/oauth/token/info', headers: bearer(access_token) });
});
informing('half its life later', async (server, { access_token }) => {
  await server.age(86_400);
  return server.send({ path: '/oauth/token/info', headers: bearer(access_token) });
});
add('token info/expires_in right after the issue', async (server, observe) => {
  const { access_token } = await server.tokens({ scope: both });
  await new Promise((done) => setTimeout(done, 200));
  observe.fact(
    'seconds',
    pairOf(await server.send({ path: '/oauth/token/info', headers: bearer(access_token) })).expires_in,
  );
});
informing('If-None-Match of its own ETag', async (server, { access_token }) => {
  const first = await server.send({ path: '/oauth/token/info', headers: bearer(access_token) });
  return server.send({
    path: '/oauth/token/info',
    headers: { ...bearer(access_token), 'if-none-match': first.headers.etag ?? 'none' },
  });
});
