import { CaseGroup } from '../case.js';
import { basic } from '../wire.js';
import { app } from '../requests.js';
import { pairOf } from '../dotted-sign.js';
import type { DottedSign, Pair } from '../dotted-sign.js';
import type { Answer } from '../wire.js';

const group = new CaseGroup();
const { add, one } = group;

/** The old pair of tokens lives until the new access token is first used. */
export const refreshFirstUseCases = group.cases;

one('refresh/form', async (server) => server.refresh((await server.tokens()).refresh_token));
add('refresh/json', async (server, observe) => {
  const { refresh_token } = await server.tokens();
  observe('answer', await server.json('/oauth/token', { grant_type: 'refresh_token', refresh_token, ...app }));
});
add('refresh/Basic', async (server, observe) => {
  const { refresh_token } = await server.tokens();
  observe(
    'answer',
    await server.token({ grant_type: 'refresh_token', refresh_token }, { headers: basic('app', 'app-secret') }),
  );
});
add('refresh/twice before use, then use', async (server, observe) => {
  const a = await server.tokens();
  const b = await server.refresh(a.refresh_token);
  const c = await server.refresh(a.refresh_token);
  observe('first', b, { only: ['status', 'body'] });
  observe('second', c, { only: ['status', 'body'] });
  const show = async (label: string): Promise<void> => {
    for (const [name, pair] of Object.entries({ a, b: pairOf(b), c: pairOf(c) })) {
      observe.fact(`${label}: access ${name}`, await server.peek(pair.access_token));
      observe.fact(`${label}: refresh ${name}`, await server.peek(pair.refresh_token));
    }
  };
  await show('before');
  await server.me(pairOf(b).access_token);
  await show('after use of b');
  observe('old refresh after use', await server.refresh(a.refresh_token), { only: ['status', 'body'] });
  observe('old access after use', await server.me(a.access_token), { only: ['status', 'body', 'www-authenticate'] });
  await server.me(pairOf(c).access_token);
  await show('after use of c');
});
add('refresh/chain without use in between', async (server, observe) => {
  const a = await server.tokens();
  const b = pairOf(await server.refresh(a.refresh_token));
  const c = pairOf(await server.refresh(b.refresh_token));
  await server.me(c.access_token);
  for (const [name, pair] of Object.entries({ a, b, c })) {
    observe.fact(`access ${name}`, await server.peek(pair.access_token));
    observe.fact(`refresh ${name}`, await server.peek(pair.refresh_token));
  }
  await server.me(b.access_token);
  observe.fact('a after a try with b', await server.peek(a.access_token));
});
add('refresh/use of the old access token retires nothing', async (server, observe) => {
  const a = await server.tokens();
  const b = pairOf(await server.refresh(a.refresh_token));
  await server.me(a.access_token);
  observe.fact('refresh a', await server.peek(a.refresh_token));
  observe.fact('access b', await server.peek(b.access_token));
});
const uses: Readonly<Record<string, (server: DottedSign, token: string, pair: Pair) => Promise<Answer>>> = {
  'introspection by the client': (server, token) => server.post('/oauth/introspect', { token, ...app }),
  'introspection with it as the bearer': (server, token) =>
    server.post('/oauth/introspect', { token: 'nonsense' }, { headers: { authorization: `Bearer ${token}` } }),
  'a call whose scope it lacks': (server, token) =>
    server.send({ method: 'POST', path: '/v1/sign_tasks', headers: { authorization: `Bearer ${token}` } }),
  'a call with the token in the query': (server, token) =>
    server.send({ path: `/v1/members/me?access_token=${token}` }),
  'a path that there is not': (server, token) =>
    server.send({ path: '/v1/nothing/here', headers: { authorization: `Bearer ${token}` } }),
  'its own refresh': (server, _token, b) => server.refresh(b.refresh_token),
  'revocation of a nonsense token': (server) => server.post('/oauth/revoke', { token: 'nonsense', ...app }),
};
for (const [name, use] of Object.entries(uses)) {
  add(`refresh/does it retire the old pair: ${name}`, async (server, observe) => {
    const a = await server.tokens({ scope: 'sign_tasks.general.read' });
    const b = pairOf(await server.refresh(a.refresh_token));
    await use(server, b.access_token, b);
    observe.fact('old access', await server.peek(a.access_token));
    observe.fact('old refresh', await server.peek(a.refresh_token));
  });
}
add('refresh/first use of the new token after its death', async (server, observe) => {
  const a = await server.tokens();
  const b = pairOf(await server.refresh(a.refresh_token));
  await server.age(172_805);
  observe('answer', await server.me(b.access_token), { only: ['status', 'body'] });
  observe.fact('old refresh', await server.peek(a.refresh_token));
});
