// The scenario `dottedsign-self-hosted`: the API of the published backend.
import t from 'tap';
import { demo, startServer } from '../support.js';

const server = await startServer();
t.teardown(() => server.close());

const world = 'self-hosted';
const base = `${server.url}/w/${world}/dottedsign`;
await fetch(`${server.url}/__admin/worlds/${world}`, {
  method: 'PUT',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ scenario: 'dottedsign-self-hosted' }),
});

interface Pair {
  readonly access_token: string;
  readonly refresh_token: string;
}

async function token(parameters: Record<string, string>): Promise<Pair> {
  const answer = await fetch(`${base}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: demo.id, client_secret: demo.secret, ...parameters }),
  });
  return (await answer.json()) as Pair;
}
const signIn = (scope = 'third_party'): Promise<Pair> =>
  token({ grant_type: 'password', email: demo.username, password: demo.password, scope });
const call = (authorization: string, path = '/api/v1/members/me'): Promise<Response> =>
  fetch(base + path, { headers: { authorization } });

t.test(
  'dead tokens and missing scopes are served [dottedsign.api.revocation-unchecked] [dottedsign.api.expiry-unchecked] [dottedsign.api.scope-unchecked]',
  async (t) => {
    const { access_token } = await signIn();
    t.equal((await call(`Bearer ${access_token}`, '/api/v1/sign_tasks/1')).status, 200, 'without the scope');
    const body = new URLSearchParams({ client_id: demo.id, client_secret: demo.secret, token: access_token });
    t.equal((await fetch(`${base}/oauth/revoke`, { method: 'POST', body })).status, 200);
    t.equal((await call(`Bearer ${access_token}`)).status, 200, 'revoked');
    const info = await fetch(`${base}/oauth/token/info`, { headers: { authorization: `Bearer ${access_token}` } });
    t.equal(info.status, 401, 'token info is Doorkeeper, and checks it');
    server.worlds.use(world)!.clock.advance(3 * 86_400_000);
    t.equal((await call(`Bearer ${access_token}`)).status, 200, 'revoked and expired');
  },
);

t.test('use at the API retires no older pair [dottedsign.api.first-use-elsewhere]', async (t) => {
  const first = await signIn();
  const second = await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
  await call(`Bearer ${second.access_token}`);
  const { accessTokens } = server.realm('dottedsign', world);
  t.equal(accessTokens.get(first.access_token)?.revokedAt, undefined);
  await fetch(`${base}/oauth/token/info`, { headers: { authorization: `Bearer ${second.access_token}` } });
  t.type(accessTokens.get(first.access_token)?.revokedAt, 'number', 'token info does');
});

t.test(
  'the token is read as Rails reads it [dottedsign.api.rails-token] [dottedsign.api.rails-token-forms] [dottedsign.api.self-hosted]',
  async (t) => {
    const { access_token } = await signIn();
    for (const header of [
      `Bearer ${access_token}`,
      `Bearer   ${access_token}`,
      `Token ${access_token}`,
      `Token token="${access_token}", nonce="x"`,
      `Bearer ${access_token};x=y`,
    ]) {
      t.equal((await call(header)).status, 200, header);
    }
    const refused = async (answer: Promise<Response>, code: number): Promise<void> => {
      const response = await answer;
      const { error_code } = (await response.json()) as { error_code: number };
      t.same([response.status, response.headers.get('www-authenticate'), error_code], [400, null, code]);
    };
    await refused(call(`bearer ${access_token}`), 400_002);
    await refused(call(`Basic ${access_token}`), 400_002);
    await refused(call('Bearer ""'), 400_002);
    await refused(fetch(`${base}/api/v1/members/me?access_token=${access_token}`), 400_002);
    await refused(fetch(`${base}/api/v1/members/me`), 400_002);
    await refused(call('Bearer nobody'), 400_003);
  },
);
