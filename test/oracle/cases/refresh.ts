import { CaseGroup } from '../case.js';
import { credentials, pairs, uriOf } from '../wire.js';
import { app, callback, exchange, both } from '../requests.js';
import { pairOf } from '../dotted-sign.js';
import type { Parameters } from '../wire.js';

const group = new CaseGroup();
const { add, one } = group;

/** The grant refresh_token: scope, refusals, clients. */
export const refreshCases = group.cases;

add('refresh/narrower scope, then none, then the wide one', async (server, observe) => {
  const a = await server.tokens({ scope: both });
  const b = await server.refresh(a.refresh_token, { scope: 'files.general.read' });
  observe('narrower', b, { only: ['status', 'body'] });
  observe('then none', await server.refresh(pairOf(b).refresh_token), { only: ['status', 'body'] });
  observe('then the wide one', await server.refresh(pairOf(b).refresh_token, { scope: both }), {
    only: ['status', 'body'],
  });
});
for (const [name, scope] of Object.entries({
  'the same, other order': 'files.general.read sign_tasks.general.read',
  wider: `${both} third_party`,
  'another one': 'third_party',
  empty: '',
  blank: ' ',
  'two blanks': both.replace(' ', '  '),
  'with a tab': both.replace(' ', '\t'),
})) {
  add(`refresh/scope ${name}`, async (server, observe) => {
    const { refresh_token } = await server.tokens({ scope: both });
    observe('answer', await server.refresh(refresh_token, { scope }), { only: ['status', 'body'] });
  });
}
add('refresh/a refused scope spends nothing', async (server, observe) => {
  const { refresh_token } = await server.tokens({ scope: both });
  await server.refresh(refresh_token, { scope: 'third_party' });
  observe('answer', await server.refresh(refresh_token), { only: ['status'] });
});
add('refresh/scopes instead of scope', async (server, observe) => {
  const { refresh_token } = await server.tokens({ scope: both });
  observe('answer', await server.refresh(refresh_token, { scopes: 'files.general.read' }), {
    only: ['status', 'body'],
  });
});
const refreshing: Readonly<Record<string, Parameters>> = {
  'token missing': {},
  'token empty': { refresh_token: '' },
  'token unknown, wrong secret': { refresh_token: 'nonsense', client_secret: 'x' },
  'token unknown, no client': { refresh_token: 'nonsense', client_id: undefined, client_secret: undefined },
  'token missing, wrong secret': { client_secret: 'x' },
  'token missing, no client': { client_id: undefined, client_secret: undefined },
};
for (const [name, more] of Object.entries(refreshing)) {
  one(`refresh/${name}`, (server) => server.token({ grant_type: 'refresh_token', ...app, ...more }));
}
const refreshedBy: Readonly<Record<string, Parameters>> = {
  'wrong secret': { client_secret: 'x' },
  'no client': { client_id: undefined, client_secret: undefined },
  'id alone': { client_secret: undefined },
  'unknown client': { client_id: 'nobody' },
  'another client, wrong secret': { client_id: 'other', client_secret: 'x' },
  'secret alone': { client_id: undefined },
  'with redirect_uri': { redirect_uri: callback },
};
for (const [name, more] of Object.entries(refreshedBy)) {
  add(`refresh/good token, ${name}`, async (server, observe) => {
    const { refresh_token } = await server.tokens();
    observe('answer', await server.refresh(refresh_token, more));
    observe.fact('lives on', await server.peek(refresh_token));
  });
}
for (const [name, more] of Object.entries<Parameters>({
  right: {},
  'another client': credentials('other'),
  'no client': { client_id: undefined, client_secret: undefined },
})) {
  add(`refresh/revoked token, ${name}`, async (server, observe) => {
    const { refresh_token } = await server.tokens();
    await server.post('/oauth/revoke', { token: refresh_token, ...app });
    observe('answer', await server.refresh(refresh_token, more));
  });
}
add('refresh/after the access token died', async (server, observe) => {
  const { refresh_token } = await server.tokens();
  await server.age(172_805);
  observe('answer', await server.refresh(refresh_token));
});
add('refresh/after a hundred days', async (server, observe) => {
  const { refresh_token } = await server.tokens();
  await server.age(8_640_000);
  observe('answer', await server.refresh(refresh_token), { only: ['status'] });
});
add('refresh/a refresh token sent as a code', async (server, observe) => {
  const { refresh_token } = await server.tokens();
  observe('answer', await server.token(exchange(refresh_token)));
});
add('refresh/token twice', async (server, observe) => {
  const { refresh_token } = await server.tokens();
  observe(
    'answer',
    await server.token([
      ['grant_type', 'refresh_token'],
      ['refresh_token', 'x'],
      ['refresh_token', refresh_token],
      ...pairs(app),
    ]),
  );
});
add('refresh/public client, id alone', async (server, observe) => {
  const code = await server.code({ client: 'public' });
  const { refresh_token } = pairOf(
    await server.token({ grant_type: 'authorization_code', code, redirect_uri: uriOf('public'), client_id: 'public' }),
  );
  observe('answer', await server.token({ grant_type: 'refresh_token', refresh_token, client_id: 'public' }));
});
add('refresh/narrow client', async (server, observe) => {
  const { refresh_token } = await server.tokens({ client: 'narrow' });
  observe('answer', await server.refresh(refresh_token, credentials('narrow')), { only: ['status', 'body'] });
});
