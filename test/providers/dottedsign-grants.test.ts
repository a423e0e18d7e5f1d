import { createHash } from 'node:crypto';
import t from 'tap';
import { demo, startServer } from '../support.js';
import { Visit, credentials, other, tokens } from './visit.js';
import type { GrantType } from '../../src/core/model.js';
import type { Parameters, RealmSetup } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());

const grants: GrantType[] = ['authorization_code', 'refresh_token', 'client_credentials', 'password'];
const visit = (setup: RealmSetup = {}): Visit =>
  new Visit(server, 'dottedsign', { ...setup, policy: { grants, ...setup.policy } });

const nobody = { client_id: undefined, client_secret: undefined };
const wrong = { client_secret: 'wrong' };

/** Status and error of an answer, with the reason in the journal. */
async function outcome(client: Visit, answer: Promise<Response>): Promise<unknown[]> {
  const response = await answer;
  const { error } = (await response.json()) as { error?: string };
  const { reason } = client.entry();
  return error === undefined ? [response.status] : [response.status, error, reason];
}

const scopeOf = async (answer: Promise<Response>): Promise<unknown> =>
  ((await (await answer).json()) as { scope?: string }).scope;

t.test(
  'the parameters of the grant are checked before the client [dottedsign.error.refresh-before-client] [dottedsign.error.order]',
  async (t) => {
    const client = visit();
    const code_verifier = 'v'.repeat(43);
    const code_challenge = createHash('sha256').update(code_verifier).digest('base64url');
    const code = await client.code({ code_challenge, code_challenge_method: 'S256' });
    const verifierMissing = [400, 'invalid_request', 'pkce.verifier-missing'];
    for (const more of [wrong, nobody, other, { redirect_uri: undefined }, { redirect_uri: 'https://evil.example/' }]) {
      t.same(await outcome(client, client.exchange(code, more)), verifierMissing, JSON.stringify(more));
    }
    t.same(await outcome(client, client.exchange(code, { code_verifier, ...wrong })), [
      401,
      'invalid_client',
      'client.secret-wrong',
    ]);
    t.same(await outcome(client, client.exchange(code, { code_verifier })), [200], 'no refusal spent the code');
    t.same(await outcome(client, client.exchange(code)), verifierMissing, 'a spent code asks for the verifier too');

    const { refresh } = await client.pair();
    await client.token({ ...credentials, token: refresh }, { path: '/oauth/revoke' });
    for (const more of [{}, wrong, nobody, other]) {
      t.same(await outcome(client, client.refresh(refresh, more)), [400, 'invalid_grant', 'refresh.revoked']);
    }

    const ada = { grant_type: 'password', email: demo.username, password: demo.password, ...credentials };
    const passwordWrong = [400, 'invalid_grant', 'password.wrong'];
    t.same(await outcome(client, client.token({ ...ada, password: 'x', ...wrong })), passwordWrong);
    t.same(await outcome(client, client.token({ ...ada, password: 'x', ...nobody })), passwordWrong);
    t.same(await outcome(client, client.token({ ...ada, ...nobody })), [401, 'invalid_client', 'client.missing']);

    client.policy({ tokenChecksFirst: 'parameters' });
    t.same(await outcome(client, client.refresh(refresh, wrong)), [401, 'invalid_client', 'client.secret-wrong']);
    t.same(await outcome(client, client.token({ ...ada, password: 'x', ...wrong })), [
      401,
      'invalid_client',
      'client.secret-wrong',
    ]);
    t.same(await outcome(client, client.refresh('', wrong)), [400, 'invalid_request', 'refresh.missing']);
  },
);

t.test('a refresh without a client is the grant of another client [dottedsign.refresh.no-client]', async (t) => {
  const client = visit({
    clients: [{ id: 'public', name: 'P', redirectUris: [demo.redirectUri], confidential: false }],
  });
  const { refresh } = await client.pair();
  const refused = [400, 'invalid_grant', 'refresh.client-missing'];
  t.same(await outcome(client, client.refresh(refresh, nobody)), refused);
  t.same(
    await outcome(client, client.refresh(refresh, { client_id: undefined })),
    refused,
    'a secret alone is no client',
  );
  t.same(await outcome(client, client.refresh(refresh, { client_secret: undefined })), [
    401,
    'invalid_client',
    'client.secret-missing',
  ]);
  const code = await client.code({ client_id: 'public' });
  const own = await tokens(await client.exchange(code, { client_id: 'public', client_secret: undefined }));
  t.same(await outcome(client, client.refresh(own.refresh, nobody)), refused, 'of a public client as well');
  t.same(await outcome(client, client.refresh(own.refresh, { client_id: 'public', client_secret: undefined })), [200]);

  client.policy({ clientMissingAtRefresh: 'client-refused' });
  t.same(await outcome(client, client.refresh(refresh, nobody)), [401, 'invalid_client', 'client.missing']);
});

t.test('scope is split at white space [dottedsign.scope.white-space]', async (t) => {
  const client = visit();
  const ask = (scope: string): Promise<Response> =>
    client.token({ grant_type: 'client_credentials', scope, ...credentials });
  for (const scope of [
    'third_party  files.general.read',
    ' third_party\tfiles.general.read ',
    'third_party\v\f\r\nfiles.general.read',
  ]) {
    t.equal(await scopeOf(ask(scope)), 'third_party files.general.read', JSON.stringify(scope));
    t.match(client.entry().notes.join(), /is not names with single spaces between them/, 'the journal says it');
  }
  t.equal(await scopeOf(ask('third_party third_party')), 'third_party');
  t.notMatch(client.entry().notes.join(), /single spaces/, 'and nothing of a well-formed scope');
  for (const blank of ['', ' ', '\t', '\u00a0']) {
    t.match(await scopeOf(ask(blank)), /^sign_tasks\.general\.read /, `${JSON.stringify(blank)} counts as not sent`);
  }
  t.same(await outcome(client, ask('third_party,files.general.read')), [400, 'invalid_scope', 'scope.unknown']);

  const { refresh } = await client.pair({ scope: ' third_party  files.general.read' });
  t.equal(
    await scopeOf(client.refresh(refresh)),
    'third_party files.general.read',
    'at the authorization endpoint too',
  );
  t.same(await outcome(client, client.refresh(refresh, { scope: 'third_party\tfiles.general.read' })), [
    400,
    'invalid_scope',
    'scope.malformed',
  ]);
  t.equal((await client.authorize({ scope: 'third_party\nfiles.general.read' })).status, 200);
  t.equal(client.entry().reason, 'scope.malformed', 'a line end is refused there');

  client.policy({ scopeSyntax: 'rfc6749' });
  t.same(await outcome(client, ask('third_party  files.general.read')), [400, 'invalid_scope', 'scope.malformed']);
});

t.test('a narrower refresh stays narrow [dottedsign.refresh.narrowed] [dottedsign.refresh.scopes]', async (t) => {
  const client = visit();
  const { refresh } = await client.pair({ scope: 'third_party files.general.read' });
  const narrow = await tokens(await client.refresh(refresh, { scope: 'third_party' }));
  t.match(client.entry().notes.join(), /the new refresh token has fewer scopes as well: third_party/);
  t.equal(await scopeOf(client.refresh(narrow.refresh)), 'third_party');
  t.same(await outcome(client, client.refresh(narrow.refresh, { scope: 'third_party files.general.read' })), [
    400,
    'invalid_scope',
    'scope.wider-than-granted',
  ]);
  t.equal(await scopeOf(client.refresh(refresh)), 'third_party files.general.read', 'the old one is as it was');

  t.equal(await scopeOf(client.refresh(refresh, { scopes: 'third_party' })), 'third_party');
  t.equal(
    await scopeOf(client.refresh(refresh, { scope: 'files.general.read', scopes: 'third_party' })),
    'files.general.read',
    'scope comes before scopes',
  );
  t.match(
    await scopeOf(client.token({ grant_type: 'client_credentials', scopes: 'third_party', ...credentials })),
    /files/,
    'other grants do not read scopes',
  );
  client.policy({ scopesAtRefresh: false, narrowedScope: 'access-token' });
  t.equal(await scopeOf(client.refresh(refresh, { scopes: 'third_party' })), 'third_party files.general.read');
  const strict = await tokens(await client.refresh(refresh, { scope: 'third_party' }));
  t.equal(await scopeOf(client.refresh(strict.refresh)), 'third_party files.general.read', 'RFC 6749 §6');
});

t.test('the journal says that a new refresh token has fewer scopes, and not of one that is kept', async (t) => {
  const client = visit();
  for (const policy of [
    { refreshRotation: 'keep', refreshRotationAfterSeconds: 0 },
    { refreshRotation: 'rotate', refreshRotationAfterSeconds: 3600 },
  ] as const) {
    client.policy(policy);
    const { refresh } = await client.pair({ scope: 'third_party files.general.read' });
    t.equal(await scopeOf(client.refresh(refresh, { scope: 'third_party' })), 'third_party');
    t.notMatch(client.entry().notes.join(), /fewer scopes/, policy.refreshRotation);
    t.equal(await scopeOf(client.refresh(refresh)), 'third_party files.general.read', 'it is as it was');
  }
});

t.test(
  'PKCE: a method must be named, and lengths are not checked [dottedsign.pkce.method] [dottedsign.pkce.syntax]',
  async (t) => {
    const client = visit();
    t.match(await (await client.authorize({ code_challenge: 'abc' })).text(), /must be plain or S256/);
    const s256 = (text: string): Parameters => ({
      code_challenge: createHash('sha256').update(text).digest('base64url'),
      code_challenge_method: 'S256',
    });
    for (const text of ['abc', 'a'.repeat(200), 'ö /+=']) {
      const plain = await client.code({ code_challenge: text, code_challenge_method: 'plain' });
      t.match(client.entry().notes.join(), /code_challenge has \d+ characters; RFC 7636 §4 requires 43 to 128/);
      t.equal((await client.exchange(plain, { code_verifier: text })).status, 200, `plain: ${text.slice(0, 5)}`);
      t.match(client.entry().notes.join(), /code_verifier has \d+ characters/);
      t.equal((await client.exchange(await client.code(s256(text)), { code_verifier: text })).status, 200);
    }
    client.policy({ pkceSyntax: 'checked' });
    t.match(
      await (await client.authorize({ code_challenge: 'abc', code_challenge_method: 'plain' })).text(),
      /code_challenge is malformed/,
    );
  },
);

t.test(
  'the password grant: letter case of the email, and a login provider [dottedsign.password.email] [dottedsign.password.ldap]',
  async (t) => {
    const client = visit();
    const ask = (more: Parameters): Promise<Response> =>
      client.token({ grant_type: 'password', email: demo.username, password: demo.password, ...credentials, ...more });
    t.same(await outcome(client, ask({ email: ' ADA@example.test\n' })), [200]);
    t.match(client.entry().notes.join(), /email is spelt "ada@example\.test" in the account/);
    t.same(await outcome(client, ask({})), [200]);
    t.notMatch(client.entry().notes.join(), /is spelt/);
    t.same(await outcome(client, ask({ email: 'ADA@example.tes' })), [400, 'invalid_grant', 'password.wrong']);
    t.same(await outcome(client, ask({ provider: 'ldap' })), [200]);

    client.policy({ passwordGrantProvider: 'refused', usernameMatching: 'exact' });
    t.same(await outcome(client, ask({ email: 'ADA@example.test' })), [400, 'invalid_grant', 'password.wrong']);
    const refused = await ask({ provider: 'ldap' });
    t.match(await refused.json(), { error_code: 404_046, error_key: 'strategy_not_found' });
    t.equal(refused.status, 400);
    t.same(await outcome(client, ask({})), [200], 'without a provider the users of the realm log in');
  },
);

t.test('state comes back with the errors that precede the request [dottedsign.error.state]', async (t) => {
  const client = visit();
  const stateOf = async (parameters: Parameters): Promise<unknown> =>
    ((await (await client.token({ state: 'x"y', ...credentials, ...parameters })).json()) as { state?: string }).state;
  const password = { grant_type: 'password', email: demo.username };
  for (const echoed of [{}, { grant_type: 'magic' }, { grant_type: 'authorization_code' }, password]) {
    t.equal(await stateOf(echoed), 'x"y', JSON.stringify(echoed));
  }
  for (const silent of [
    { grant_type: 'refresh_token' },
    { grant_type: 'authorization_code', code: 'x' },
    { grant_type: 'client_credentials', ...wrong },
    { grant_type: 'client_credentials', scope: 'unheard.of' },
  ]) {
    t.equal(await stateOf(silent), undefined, JSON.stringify(silent));
  }
  client.policy({ echoStateAtToken: false });
  t.equal(await stateOf({}), undefined);
});

t.test('a refresh token for client_credentials is a policy [dottedsign.token.no-refresh-token]', async (t) => {
  const client = visit();
  const ask = { grant_type: 'client_credentials', scope: 'third_party', ...credentials };
  t.equal((await tokens(await client.token(ask))).refresh, '');
  client.policy({ refreshTokenForClientCredentials: true });
  const { refresh } = await tokens(await client.token(ask));
  t.equal(await scopeOf(client.refresh(refresh)), 'third_party');
  client.policy({ refreshTokenIssued: false });
  t.equal((await tokens(await client.token(ask))).refresh, '', 'unless none are issued at all');
});
