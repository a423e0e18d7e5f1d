import t from 'tap';
import { demo, startServer } from '../support.js';
import { Visit, credentials, other, tokens } from './visit.js';
import type { Parameters, RealmSetup, Tokens } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());
const visit = (setup?: RealmSetup): Visit => new Visit(server, 'dottedsign', setup);

const day = 86_400;
const me = '/v1/members/me';
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const publicClient = { id: 'public', name: 'Public', redirectUris: [demo.redirectUri], confidential: false };

/** Whether each token of a pair is dead: access token, refresh token. */
function dead({ realm }: Visit, { access, refresh }: Tokens): boolean[] {
  return [realm.accessTokens.get(access)!, realm.refreshTokens.get(refresh)!].map(
    (each) => each.revokedAt !== undefined,
  );
}

t.test('each use of the new token revokes the old pair [dottedsign.refresh.first-use]', async (t) => {
  type Use = (client: Visit, next: Tokens) => unknown;
  const uses: Readonly<Record<string, Use>> = {
    'a call': (c, { access }) => c.fetch(me, { headers: bearer(access) }),
    'a call whose scope it lacks': (c, { access }) => c.fetch('/v1/sign_tasks/list', { headers: bearer(access) }),
    'a token in the query': (c, { access }) => c.fetch(`${me}?bearer_token=${access}`),
    'token info': (c, { access }) => c.fetch('/oauth/token/info', { headers: bearer(access) }),
    'introspection with it as the bearer': (c, { access }) =>
      c.token({ token: 'x' }, { path: '/oauth/introspect', headers: bearer(access) }),
    'a call after its death': (c, { access }) => {
      c.advance(3 * day);
      return c.fetch(me, { headers: bearer(access) });
    },
    'a call after its revocation': async (c, { access }) => {
      await c.token({ ...credentials, token: access }, { path: '/oauth/revoke' });
      return c.fetch(me, { headers: bearer(access) });
    },
  };
  const others: Readonly<Record<string, Use>> = {
    'a path that there is not': (c, { access }) => c.fetch('/v1/nothing/here', { headers: bearer(access) }),
    'its own refresh': (c, { refresh }) => c.refresh(refresh),
    'introspection by the client': (c, { access }) =>
      c.token({ ...credentials, token: access }, { path: '/oauth/introspect' }),
    'a token in the second place': (c, { access }) => c.fetch(`${me}?access_token=${access}`, { headers: bearer('x') }),
  };
  for (const [list, expected] of [
    [uses, true],
    [others, false],
  ] as const) {
    for (const [name, use] of Object.entries(list)) {
      const client = visit();
      const old = await client.pair({ scope: 'third_party' });
      await use(client, await tokens(await client.refresh(old.refresh)));
      t.same(dead(client, old), [expected, expected], name);
    }
  }
});

t.test(
  'where an API call has its token [dottedsign.api.header] [dottedsign.api.parameters] [dottedsign.api.twice] [dottedsign.api.query-token]',
  async (t) => {
    const client = visit();
    const { access } = await client.pair({ scope: 'sign_tasks.general.write' });
    const call = async (authorization: string | undefined, query = ''): Promise<number> =>
      (await client.fetch(me + query, { headers: authorization === undefined ? {} : { authorization } })).status;

    for (const right of [`Bearer ${access}`, `bearer ${access}`, `BEARER ${access}`]) {
      t.equal(await call(right), 200, right);
    }
    t.same(client.entry().notes, []);
    for (const wrong of [`Bearer  ${access}`, `Bearer ${access}, x`, `Bearer "${access}"`, `Bearer Bearer ${access}`]) {
      t.equal(await call(wrong, `?access_token=${access}`), 401, wrong);
      t.equal(client.entry().reason, 'bearer.unknown', 'the text after Bearer is the token');
      t.match(client.entry().notes.join(), /is not "Bearer", one space and a token/);
    }
    for (const none of ['Bearer', 'Basic YTpi', 'Token x', `Bearer\t${access}`, access]) {
      t.equal(await call(none), 401, none);
      t.equal(client.entry().reason, 'bearer.missing');
      t.equal(await call(none, `?access_token=${access}`), 200, `${none}, and the query`);
      t.match(client.entry().notes.join(), /the Authorization header is not a bearer token, and is passed over/);
    }
    t.equal(await call('Bearer \u00A0', `?access_token=${access}`), 200, 'white space is no token');
    t.match(client.entry().notes.join(), /is passed over/);
    t.equal(await call('', `?access_token=${access}`), 200, 'an empty header is none');
    t.same(client.entry().notes, []);

    t.equal(await call(undefined, `?bearer_token=${access}`), 200);
    t.equal(await call(undefined, `?access_token=&bearer_token=${access}`), 200, 'an empty parameter is none');
    t.equal(await call(undefined, `?bearer_token=${access}&access_token=x`), 401, 'access_token is looked for first');
    t.equal(await call(`Bearer ${access}`, '?access_token=x'), 200, 'the header is looked at first');
    t.match(client.entry().notes.join(), /the access token was sent in header and in query; the first counts/);
    t.equal(await call('Bearer x', `?access_token=${access}`), 401);

    const post = (place: 'body' | 'json', parameters: Parameters): Promise<Response> =>
      client.token(parameters, { place, path: '/v1/sign_tasks' });
    t.equal((await post('body', { access_token: access })).status, 200, 'in a form');
    t.equal((await post('json', { bearer_token: access })).status, 200, 'in JSON');

    client.policy({ bearerHeader: 'rfc6750', bearerTwice: 'refused', bearerParameters: ['access_token'] });
    t.equal(await call(`Bearer ${access}`, '?access_token=x'), 400);
    t.equal(client.entry().reason, 'bearer.twice');
    t.equal(await call('Token x', `?access_token=${access}`), 401);
    t.equal(client.entry().reason, 'bearer.malformed');
    t.equal(await call('', `?access_token=${access}`), 200, 'an empty header is none by RFC 6750 too');
    t.equal(await call(undefined, `?bearer_token=${access}`), 401);
    t.equal(client.entry().reason, 'bearer.missing');
  },
);

t.test('an unknown path is looked at before the token [dottedsign.api.path-first]', async (t) => {
  const client = visit();
  const { access } = await client.pair();
  for (const headers of [{}, bearer('unknown'), bearer(access)]) {
    t.equal((await client.fetch('/v1/nothing/here', { headers })).status, 404);
    t.equal(client.entry().reason, 'resource.unknown');
  }
  t.equal((await client.fetch(me, { method: 'PUT' })).status, 404, 'a method that no route has');
  t.equal((await client.fetch(me)).status, 401);
  client.policy({ apiChecksFirst: 'token' });
  t.equal((await client.fetch('/v1/nothing/here')).status, 401);
});

t.test(
  'revocation: what is missing, hinted, expired or public [dottedsign.revoke.token-missing] [dottedsign.revoke.hint] [dottedsign.revoke.expired] [dottedsign.revoke.public]',
  async (t) => {
    const client = visit({ clients: [publicClient] });
    const revoke = async (parameters: Parameters): Promise<[number, string]> => {
      const answer = await client.token({ ...credentials, ...parameters }, { path: '/oauth/revoke' });
      return [answer.status, client.entry().notes.join()];
    };
    t.same(await revoke({}), [200, 'nothing was revoked: token was not sent']);
    t.same(await revoke({ token: 'x' }), [200, 'unknown token']);
    t.equal((await revoke({ client_secret: 'wrong' }))[0], 403, 'the client is looked at first');

    const pair = await client.pair();
    t.same(await revoke({ token: pair.access, token_type_hint: 'refresh_token' }), [
      200,
      'nothing was revoked: token_type_hint was refresh_token, and the token is an access token',
    ]);
    t.same(dead(client, pair), [false, false]);
    for (const [token, token_type_hint] of [
      [pair.refresh, 'access_token'],
      [pair.access, 'magic'],
    ] as const) {
      const each = await client.pair();
      const own = token === pair.refresh ? each.refresh : each.access;
      t.same(await revoke({ token: own, token_type_hint }), [200, ''], token_type_hint);
      t.same(dead(client, each), [true, true]);
    }
    client.policy({ tokenTypeHint: 'advisory' });
    t.same(await revoke({ token: pair.access, token_type_hint: 'refresh_token' }), [200, '']);
    t.same(dead(client, pair), [true, true], 'RFC 7009 §2.1: the search goes on');

    const old = await client.pair();
    client.advance(3 * day);
    t.same(await revoke({ token: old.refresh }), [
      200,
      'nothing was revoked: the access token of the pair has expired or was revoked already',
    ]);
    t.equal((await client.refresh(old.refresh)).status, 200, 'the refresh token works on');
    const info = async (token: string): Promise<unknown> =>
      (await client.token({ ...credentials, token }, { path: '/oauth/introspect' })).json();
    t.same(await info(old.refresh), { active: false }, 'described as its access token, which has expired');
    client.policy({ revokeExpired: true });
    t.same(await revoke({ token: old.refresh }), [200, '']);
    t.same(dead(client, old), [true, true]);
    t.same(await info(old.refresh), { active: false }, 'a revoked refresh token');

    const open = { client_id: 'public', client_secret: undefined };
    const ofPublic = async (): Promise<Tokens> => tokens(await client.exchange(await client.code(open), open));
    const one = await ofPublic();
    t.equal((await revoke({ token: one.access }))[0], 200, 'a confidential client');
    t.same(dead(client, one), [true, true]);
    const two = await ofPublic();
    t.equal((await revoke({ token: two.refresh, ...open }))[0], 200, 'its own client by the id alone');
    const confidential = await client.pair();
    t.equal((await revoke({ token: confidential.access, ...open }))[0], 403, 'a public client may not revoke others');
    client.policy({ revokePublicTokens: 'own-client', tokenParameterMissing: 'refused' });
    t.equal((await revoke({ token: (await ofPublic()).access }))[0], 403);
    t.equal((await revoke({}))[0], 400);
  },
);

t.test(
  'introspection: allowed callers and tokens [dottedsign.introspect.bearer] [dottedsign.introspect.own] [dottedsign.introspect.refresh] [dottedsign.introspect.unauthorized]',
  async (t) => {
    const client = visit({ clients: [publicClient] });
    const pair = await client.pair({ scope: 'third_party' });
    const machine = async (more: Parameters = {}): Promise<string> =>
      (
        await tokens(
          await client.token({ grant_type: 'client_credentials', scope: 'third_party', ...credentials, ...more }),
        )
      ).access;
    const ask = async (parameters: Parameters, token?: string): Promise<unknown[]> => {
      const headers = token === undefined ? {} : bearer(token);
      const answer = await client.token(parameters, { path: '/oauth/introspect', headers });
      const { active, error } = (await answer.json()) as { active?: boolean; error?: string };
      return active === undefined ? [answer.status, error, client.entry().reason] : [active];
    };
    t.same(await ask({ ...credentials, token: pair.access }), [true]);
    t.same(await ask({ ...other, token: pair.access }), [false], 'the token of another client');
    t.same(await ask({ client_id: 'public', token: pair.access }), [false]);
    t.same(await ask({ ...credentials, token: pair.access, token_type_hint: 'refresh_token' }), [false]);
    t.same(await ask(credentials), [false], 'no token');
    t.same(await ask({ token: pair.access }), [400, 'invalid_request', 'introspect.unauthorized']);
    t.same(await ask({ token: pair.access }, 'unknown'), [400, 'invalid_request', 'introspect.unauthorized']);
    t.same(await ask({ ...credentials, client_secret: 'x', token: 'y' }), [
      401,
      'invalid_client',
      'client.secret-wrong',
    ]);
    t.same(await ask({ client_id: demo.id, token: 'y' }), [401, 'invalid_client', 'client.secret-missing']);

    t.same(await ask({ token: pair.access }, await machine()), [true], 'another token of the same client');
    t.same(await ask({ token: pair.refresh }, await machine()), [true]);
    const notAllowed = [401, 'invalid_token', 'introspect.bearer-not-allowed'];
    t.same(await ask({ token: pair.access }, pair.access), notAllowed, 'the token itself');
    t.same(await ask({ token: pair.refresh }, pair.access), notAllowed, 'or the other one of its pair');
    t.same(await ask({ token: pair.access }, await machine(other)), notAllowed, 'the token of another client');
    t.match(client.entry().explanation, /another client's/);
    t.same(await ask({ token: 'unknown' }, await machine()), notAllowed);
    t.same(await ask({}, await machine()), notAllowed);
    const revoked = await machine();
    await client.token({ ...credentials, token: revoked }, { path: '/oauth/revoke' });
    t.same(await ask({ token: pair.access }, revoked), [401, 'invalid_token', 'bearer.revoked']);
    const soon = await machine();
    t.same(await ask({ ...credentials, token: pair.refresh }), [true]);
    client.advance(3 * day);
    t.same(await ask({ token: pair.access }, soon), [401, 'invalid_token', 'bearer.expired']);
    t.same(await ask({ ...credentials, token: pair.refresh }), [false], 'the refresh token of an expired access token');

    client.policy({
      refreshTokenIntrospectedAs: 'itself',
      introspectionOf: 'any-token',
      introspectionBy: ['client'],
      tokenParameterMissing: 'refused',
    });
    t.same(await ask({ ...credentials, token: pair.refresh }), [true]);
    t.same(await ask({ ...other, token: pair.refresh }), [true]);
    t.same(await ask({ token: pair.refresh }, await machine()), [400, 'invalid_request', 'introspect.unauthorized']);
    t.same(await ask(credentials), [400, 'invalid_request', 'introspect.token-missing']);
  },
);

t.test('token info gives no cause of a refusal, and rounds its lifetime [dottedsign.token-info.bad]', async (t) => {
  const client = visit();
  const { access } = await client.pair();
  const info = async (): Promise<Record<string, unknown>> =>
    (await (await client.fetch('/oauth/token/info', { headers: bearer(access) })).json()) as Record<string, unknown>;
  client.advance(0.2);
  t.match(await info(), { expires_in: 172_800, resource_owner_id: 1 }, 'to the nearest second');
  const { data } = (await (await client.api('/members/me', access)).json()) as { data: { id: number } };
  t.equal(data.id, 1, 'the same number as at the API');
  client.advance(3 * day);
  t.match(await info(), { error: 'invalid_token', error_description: 'The access token is invalid' });
  t.equal(client.entry().reason, 'bearer.expired', 'the journal says it');

  const { realm } = client;
  t.equal(realm.userNumber('grace@example.test'), 2);
  realm.deleteUser(demo.username);
  realm.users.set('new@example.test', realm.users.get('grace@example.test')!);
  t.same(
    ['grace@example.test', 'new@example.test', demo.username].map((id) => realm.userNumber(id)),
    [2, 3, undefined],
    'numbers stay, and none is used again',
  );
});
