import { CaseGroup } from '../case.js';
import { uriOf } from '../wire.js';
import { app, passwordGrant, authorization, both, S256, publicPair } from '../requests.js';
import { pairOf } from '../dotted-sign.js';
import { said } from '../page.js';
import type { DottedSign } from '../dotted-sign.js';
import type { Parameters } from '../wire.js';

const group = new CaseGroup();
const { add } = group;

/** When the consent page is skipped. */
export const authorizeConsentSkippedCases = group.cases;

function skipped(name: string, prepare: (server: DottedSign) => Promise<unknown>, params: Parameters = {}): void {
  add(`authorize/consent skipped? ${name}`, async (server, observe) => {
    await server.reset();
    await server.login();
    await prepare(server);
    const path = server.authorizePath({ ...authorization, scope: both, ...params });
    let page = await server.visit(path);
    if (said(page).page === 'login') {
      await server.login();
      page = await server.visit(path);
    }
    observe.fact('page', said(page).page);
  });
}

skipped('nothing before', async () => {});
skipped('a live token', (server) => server.tokens({ scope: both }));
skipped('a live token, scopes in another order', (server) =>
  server.tokens({ scope: both.split(' ').reverse().join(' ') }),
);
skipped('a live token with fewer scopes', (server) => server.tokens({ scope: 'files.general.read' }));
skipped('a code that nobody exchanged', (server) => server.code({ scope: both }));
skipped('an expired token', async (server) => {
  await server.tokens({ scope: both });
  await server.age(172_805);
});
skipped('a revoked token', async (server) =>
  server.post('/oauth/revoke', { token: (await server.tokens({ scope: both })).access_token, ...app }),
);
skipped('a token from a refresh with these scopes', async (server) => {
  const a = await server.tokens({ scope: `${both} third_party` });
  await server.refresh(a.refresh_token, { scope: both });
});
skipped('a token by password', (server) => server.token({ ...passwordGrant, ...app, scope: both }));
skipped('a live token, asked with PKCE', (server) => server.tokens({ scope: both }), S256);
skipped('a live token, prompt=consent', (server) => server.tokens({ scope: both }), { prompt: 'consent' });
skipped('a live token, retired by its successor', async (server) => {
  const a = await server.tokens({ scope: both });
  const b = pairOf(await server.refresh(a.refresh_token));
  await server.me(b.access_token);
});
add('authorize/consent skipped? public client with a live token', async (server, observe) => {
  await server.reset();
  await server.login();
  await publicPair(server);
  observe.fact(
    'page',
    said(
      await server.visit(
        server.authorizePath({ response_type: 'code', client_id: 'public', redirect_uri: uriOf('public') }),
      ),
    ).page,
  );
});
add('authorize/auto: allow', async (server, observe) => {
  await server.reset();
  await server.policy({ interaction: { mode: 'auto', user: 'ada@example.test', decision: 'allow' } });
  const answer = await server.send({ path: server.authorizePath(authorization) });
  await server.policy({ interaction: { mode: 'manual' } });
  observe('answer', answer, { page: true });
});
