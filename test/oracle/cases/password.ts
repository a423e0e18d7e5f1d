import { CaseGroup } from '../case.js';
import { basic } from '../wire.js';
import { app, passwordGrant } from '../requests.js';
import { pairOf } from '../dotted-sign.js';
import type { Ask } from '../case.js';

const group = new CaseGroup();
const { add, each } = group;

/** The grant password. It is off by default; the published self-hosted edition has it. */
export const passwordCases = group.cases;
const passwords: Readonly<Record<string, Ask>> = {
  form: (server) => server.token({ ...passwordGrant, ...app }),
  json: (server) => server.json('/oauth/token', { ...passwordGrant, ...app }),
  'username instead of email': (server) =>
    server.token({ ...passwordGrant, email: undefined, username: 'ada@example.test', ...app }),
  'wrong password': (server) => server.token({ ...passwordGrant, ...app, password: 'x' }),
  'password missing': (server) => server.token({ ...passwordGrant, ...app, password: undefined }),
  'password empty': (server) => server.token({ ...passwordGrant, ...app, password: '' }),
  'unknown person': (server) => server.token({ ...passwordGrant, ...app, email: 'nobody@example.test' }),
  'wrong password, wrong secret': (server) =>
    server.token({ ...passwordGrant, client_id: 'app', client_secret: 'x', password: 'x' }),
  'no client': (server) => server.token(passwordGrant),
  'wrong password, no client': (server) => server.token({ ...passwordGrant, password: 'x' }),
  'wrong password, with state': (server) => server.token({ ...passwordGrant, ...app, password: 'x', state: 'xyz' }),
  'scope narrower': (server) => server.token({ ...passwordGrant, ...app, scope: 'files.general.read' }),
  'scope unknown, wrong password': (server) =>
    server.token({ ...passwordGrant, ...app, scope: 'unheard.of', password: 'x' }),
  'scope embedded_signing': (server) => server.token({ ...passwordGrant, ...app, scope: 'embedded_signing' }),
  'email in capitals': (server) => server.token({ ...passwordGrant, ...app, email: 'ADA@example.test' }),
  Basic: (server) => server.token(passwordGrant, { headers: basic('app', 'app-secret') }),
};
each('password/', passwords);
add('password/twice: the first pair stays', async (server, observe) => {
  const one = pairOf(await server.token({ ...passwordGrant, ...app }));
  const two = pairOf(await server.token({ ...passwordGrant, ...app }));
  observe.fact('differ', one.access_token !== two.access_token && one.refresh_token !== two.refresh_token);
  observe.fact('first access', await server.peek(one.access_token));
  observe.fact('first refresh', await server.peek(one.refresh_token));
});
