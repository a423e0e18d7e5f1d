import { connect } from 'node:net';
import t from 'tap';
import { issueTokens } from '../../src/core/issue.js';
import { openGrant } from '../../src/core/realm.js';
import { Browser } from '../journeys/browserless.js';
import { demo, startServer } from '../support.js';
import type { Test } from 'tap';
import type { Fault } from '../../src/faults/kinds/index.js';
import type { Match, Rule, RuleState } from '../../src/faults/rule.js';
import type { AccessToken, RefreshToken } from '../../src/core/model.js';
import type { TestServer } from '../support.js';

const server = await startServer();
t.teardown(() => server.close());

const tokenPaths: Readonly<Record<string, string>> = {
  mailup: '/Authorization/OAuth/Token',
  tinyemail: '/api/authorization-server/oauth/token',
  dottedsign: '/v1/oauth/token',
};
const authorizePaths: Readonly<Record<string, string>> = {
  mailup: '/Authorization/OAuth/LogOn',
  tinyemail: '/api/authorization-server/oauth/authorize',
  dottedsign: '/v1/oauth/authorize',
};
const resourcePaths: Readonly<Record<string, string>> = {
  mailup: '/API/v1.1/Rest/ConsoleService.svc/Console/Authentication/Info',
  tinyemail: '/v1/campaign',
  dottedsign: '/v1/members/me',
};
const names = Object.keys(tokenPaths);
const credentials = { client_id: demo.id, client_secret: demo.secret };
let lastWorld = 0;
/** JSON of any shape; the assertions check it. */
type Json = ReturnType<typeof JSON.parse>;

/** A new world for one test, with the calls that tests make. */
class Stage {
  readonly id = `stage-${(lastWorld += 1)}`;
  readonly world = server.worlds.open({ id: this.id });
  readonly url = `${server.url}/w/${this.id}`;

  constructor(policy: Parameters<TestServer['policy']>[1] = {}) {
    for (const name of names) server.policy(name, policy, this.id);
  }

  rule(match: Match, fault: Rule['fault'], more: Omit<Rule, 'match' | 'fault'> = {}): string {
    return this.world.faults.add([{ match, fault, ...more }])[0]!.id;
  }

  state(id: string): RuleState {
    return this.world.faults.get(id)!;
  }

  mint(provider: string, username: string = demo.username): { access: AccessToken; refresh: RefreshToken } {
    const realm = server.realm(provider, this.id);
    const at = realm.now();
    const grant = openGrant(realm, {
      type: 'authorization_code',
      client: realm.clients.get(demo.id)!,
      user: realm.user(username),
      scopes: Object.keys(realm.scopes),
      at,
    });
    const issued = issueTokens(realm, { grant, grantType: 'authorization_code', scopes: grant.scopes, at });
    return { access: issued.accessToken, refresh: issued.refreshToken! };
  }

  token(provider: string, form: Record<string, string>, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url}/${provider}${tokenPaths[provider]!}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
      ...init,
    });
  }

  refresh(provider: string, token: string, init?: RequestInit): Promise<Response> {
    return this.token(provider, { grant_type: 'refresh_token', refresh_token: token, ...credentials }, init);
  }

  api(provider: string, token: string): Promise<Response> {
    return fetch(`${this.url}/${provider}${resourcePaths[provider]!}`, {
      headers: { authorization: `Bearer ${token}` },
    });
  }

  authorizeUrl(provider: string, more: Record<string, string> = {}): string {
    return `${this.url}/${provider}${authorizePaths[provider]!}?${new URLSearchParams({ response_type: 'code', client_id: demo.id, redirect_uri: demo.redirectUri, state: 'xyz', ...more }).toString()}`;
  }

  authorize(provider: string, more: Record<string, string> = {}): Promise<Response> {
    return fetch(this.authorizeUrl(provider, more), { redirect: 'manual' });
  }

  async admin(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
    const answer = await fetch(`${this.url}/__admin${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  }
}

const auto = { interaction: { mode: 'auto', user: demo.username, decision: 'allow' } } as const;
const callback = (answer: Response): Record<string, string> =>
  Object.fromEntries(new URL(answer.headers.get('location')!).searchParams);

t.test('oauth-error and rate-limit use the error format of each provider', async (t) => {
  const stage = new Stage(auto);
  const limits = { kind: 'rate-limit', retryAfter: 3 } as const;

  t.test('MailUp', async (t) => {
    stage.rule(
      { provider: 'mailup', endpoint: 'token' },
      { kind: 'oauth-error', error: 'invalid_client' },
      { times: 1 },
    );
    const refused = await stage.refresh('mailup', 'x');
    t.equal(refused.status, 400, 'its token endpoint knows no 401');
    t.equal(await refused.text(), '{"error":"invalid_client","error_description":"Client credentials are invalid"}');
    stage.rule({ provider: 'mailup', endpoint: 'token' }, [
      { kind: 'oauth-error', error: 'invalid_token' },
      { kind: 'oauth-error', error: 'access_denied' },
    ]);
    t.match([(await stage.refresh('mailup', 'x')).status, (await stage.refresh('mailup', 'x')).status], [400, 400]);

    stage.rule({ provider: 'mailup', endpoint: 'resource' }, [{ kind: 'oauth-error', error: 'invalid_token' }, limits]);
    const { access } = stage.mint('mailup');
    const expired = await stage.api('mailup', access.token);
    t.equal(expired.status, 401);
    t.equal(
      await expired.text(),
      '{"ErrorCode":"401","ErrorDescription":"Authorization error: Access token is expired","ErrorName":"Unauthorized","ErrorStack":null}',
    );
    const limited = await stage.api('mailup', access.token);
    t.match([limited.status, limited.headers.get('retry-after')], [429, '3']);
    t.equal(
      await limited.text(),
      '{"ErrorCode":"429","ErrorDescription":"Authorization error (too_many_requests): Too many requests. Max:5 calls per second , actual:10.","ErrorName":null,"ErrorStack":null}',
    );

    stage.rule({ provider: 'mailup', endpoint: 'authorize' }, { kind: 'tamper', state: 'altered' }, { times: 1 });
    t.match(
      callback(await stage.authorize('mailup')),
      { code: /./, state: 'altered' },
      'tamper adds a wrong state where the provider returns none',
    );
    stage.rule({ provider: 'mailup', endpoint: 'authorize' }, [
      { kind: 'oauth-error', error: 'access_denied' },
      limits,
    ]);
    t.match(callback(await stage.authorize('mailup')), { error: 'access_denied', state: undefined });
    t.match(callback(await stage.authorize('mailup')), { error: 'temporarily_unavailable' });
    stage.rule(
      { provider: 'mailup', endpoint: 'authorize' },
      { kind: 'oauth-error', error: 'server_error', description: 'Over.' },
    );
    const old = await stage.authorize('mailup', { username: demo.username, password: demo.password });
    t.match(
      await old.json(),
      { error: 'server_error', error_description: 'Over.' },
      'the endpoint of 2013 does not redirect',
    );
  });

  t.test('tinyEmail', async (t) => {
    stage.rule({ provider: 'tinyemail', endpoint: 'token' }, [
      { kind: 'oauth-error', error: 'invalid_grant' },
      { kind: 'oauth-error', error: 'unauthorized_client' },
      limits,
    ]);
    t.match(await (await stage.refresh('tinyemail', 'abc')).json(), {
      error: 'invalid_grant',
      error_description: 'Invalid refresh token: abc',
    });
    const unauthorized = await stage.refresh('tinyemail', 'abc');
    t.equal(unauthorized.status, 400, 'not the 401 that it sends with another error for this reason');
    t.match(await unauthorized.json(), { error: 'unauthorized_client' });
    t.match((await stage.refresh('tinyemail', 'abc')).status, 429);
    stage.rule({ provider: 'tinyemail', endpoint: 'token' }, { kind: 'oauth-error', error: 'invalid_client' });
    const unauthenticated = await stage.token('tinyemail', {}, { headers: { authorization: 'Basic eDp5' } });
    t.match(
      [unauthenticated.status, unauthenticated.headers.get('www-authenticate')],
      [401, 'Basic realm="oauth2/client"'],
    );

    stage.rule({ provider: 'tinyemail', endpoint: 'resource' }, { kind: 'oauth-error', error: 'invalid_token' });
    const { access } = stage.mint('tinyemail');
    const expired = await stage.api('tinyemail', access.token);
    t.match(expired.headers.get('www-authenticate'), /^Bearer realm="oauth2-resource", error="invalid_token"/);
    t.match(await expired.json(), {
      error: 'invalid_token',
      error_description: `Access token expired: ${access.token}`,
    });

    stage.rule({ provider: 'tinyemail', endpoint: 'authorize' }, { kind: 'oauth-error', error: 'invalid_scope' });
    t.match(callback(await stage.authorize('tinyemail')), {
      error: 'invalid_scope',
      scope: 'import_customers',
      state: 'xyz',
    });
  });

  t.test('DottedSign', async (t) => {
    stage.rule({ provider: 'dottedsign', endpoint: 'token' }, limits);
    const limited = await stage.refresh('dottedsign', 'x');
    t.match([limited.status, limited.headers.get('retry-after')], [429, '3']);
    t.match(await limited.json(), { error_code: 429_001, error_key: 'rate_limit' });
    stage.rule({ provider: 'dottedsign', endpoint: 'resource' }, { kind: 'oauth-error', error: 'access_denied' });
    const suspended = await stage.api('dottedsign', stage.mint('dottedsign').access.token);
    t.equal(suspended.status, 403);
    t.match(await suspended.json(), { error_code: 403_002, error_key: 'invalid_action' });
    stage.rule({ provider: 'dottedsign', endpoint: 'authorize' }, { kind: 'oauth-error', error: 'access_denied' });
    t.match(callback(await stage.authorize('dottedsign')), {
      error: 'access_denied',
      error_description: 'The resource owner or authorization server denied the request.',
      state: 'xyz',
    });
  });
});

t.test('the error_description fits the endpoint and the request', async (t) => {
  const stage = new Stage(auto);
  stage.rule({ endpoint: 'token' }, { kind: 'oauth-error', error: 'invalid_token' });
  const dead = await stage.refresh('tinyemail', 'abc');
  t.equal(dead.status, 401);
  t.match(await dead.json(), { error: 'invalid_token', error_description: 'Invalid refresh token (expired): abc' });
  t.match(await (await stage.token('tinyemail', { grant_type: 'client_credentials', ...credentials })).json(), {
    error: 'invalid_token',
  });
  stage.rule({ endpoint: 'resource' }, [
    { kind: 'oauth-error', error: 'invalid_grant' },
    { kind: 'oauth-error', error: 'insufficient_scope' },
  ]);
  t.match(await (await stage.api('tinyemail', 'x')).json(), {
    error: 'invalid_grant',
    error_description: 'The request was refused.',
  });
  t.match(await (await stage.api('tinyemail', 'x')).json(), { error: 'insufficient_scope', scope: /./ });
  stage.rule({ endpoint: 'authorize' }, { kind: 'rate-limit' });
  t.match(callback(await stage.authorize('tinyemail')), {
    error: 'temporarily_unavailable',
    error_description: /currently unable/,
  });
});

t.test('a path is compared as the provider compares it', async (t) => {
  const stage = new Stage();
  stage.rule({ path: '/api/v1.1/rest/*' }, { kind: 'status', status: 503 });
  t.equal((await stage.api('mailup', stage.mint('mailup').access.token)).status, 503);
  stage.rule({ path: '/V1/members/*' }, { kind: 'status', status: 503 });
  t.equal((await stage.api('dottedsign', stage.mint('dottedsign').access.token)).status, 200);
});

t.test('every error code has a description at every endpoint, custom codes included', async (t) => {
  const words = [
    'invalid_request',
    'invalid_client',
    'invalid_grant',
    'unauthorized_client',
    'unsupported_grant_type',
    'unsupported_response_type',
    'invalid_scope',
    'access_denied',
    'invalid_token',
    'insufficient_scope',
    'too_many_requests',
    'server_error',
    'temporarily_unavailable',
    'not_found',
    'made_up',
  ];
  const stage = new Stage(auto);
  for (const provider of names) {
    for (const error of words) {
      stage.world.faults.clear();
      stage.rule({ provider }, { kind: 'oauth-error', error });
      for (const form of [
        { grant_type: 'refresh_token' },
        { grant_type: 'authorization_code' },
        { grant_type: 'password', username: 'x', email: 'x' },
        { grant_type: 'password' },
        {},
      ]) {
        t.match(
          await (await stage.token(provider, form)).json(),
          { error, error_description: /./ },
          `${provider} ${error}`,
        );
      }
      t.match(callback(await stage.authorize(provider)), { error, error_description: /./ });
      const answer = await stage.api(provider, 'x');
      t.ok(answer.status >= 400);
      t.match(await answer.text(), /./);
    }
    stage.world.faults.clear();
    stage.rule({ provider }, { kind: 'oauth-error', error: 'made_up', description: '' });
    t.notOk('error_description' in callback(await stage.authorize(provider)), 'an error without a description');
  }
  server.policy('mailup', { callsPerSecond: 9 }, stage.id);
  stage.world.faults.clear();
  stage.rule({}, { kind: 'rate-limit' });
  t.match(await (await stage.api('mailup', 'x')).text(), /Max:9 calls per second , actual:18/);
});

t.test(
  'a fault on the authorization endpoint redirects only to a registered redirect_uri (RFC 6749 §4.1.2.1)',
  async (t) => {
    const stage = new Stage();
    stage.rule({}, { kind: 'oauth-error', error: 'access_denied' });
    const unregistered = await stage.authorize('tinyemail', { redirect_uri: 'https://attacker.example/' });
    t.equal(unregistered.headers.get('location'), null);
    t.match(server.lastEntry(stage.id), { reason: 'authorize.redirect-uri-unregistered' });
    const lost = await fetch(`${stage.url}/tinyemail${authorizePaths.tinyemail!}?authorization=unknown`, {
      redirect: 'manual',
    });
    t.equal(lost.headers.get('location'), null);
  },
);

t.test('faults apply to the login and consent pages', async (t) => {
  const pages = async (
    fault: Fault,
    match: Match = { endpoint: 'authorize' },
  ): Promise<{ stage: Stage; landed: URL }> => {
    const stage = new Stage();
    stage.rule(match, fault, { times: 1 });
    const page = await new Browser().signIn(stage.authorizeUrl('tinyemail'), demo);
    return { stage, landed: page.url };
  };

  const { landed, stage } = await pages({ kind: 'tamper', state: 'altered' });
  t.equal(
    landed.searchParams.get('state'),
    'xyz~',
    'the redirect comes from the consent form, and `authorize` means it',
  );
  t.match(server.lastEntry(stage.id), {
    endpoint: 'consent',
    fault: { kind: 'tamper' },
    responseHeaders: { location: /xyz%7E$/ },
  });
  t.equal(
    (await pages({ kind: 'tamper', state: 'missing' }, { endpoint: 'consent' })).landed.searchParams.get('state'),
    null,
  );
  t.equal(
    (await pages({ kind: 'tamper', state: 'missing' }, { endpoint: 'login' })).landed.searchParams.get('state'),
    'xyz',
    'the login form redirects to the consent page, not to the client',
  );
  t.match(
    (await pages({ kind: 'oauth-error', error: 'access_denied' }, { endpoint: 'login', method: 'POST' })).landed.search,
    /error=access_denied.*state=xyz/,
  );
  t.match(
    (
      await pages(
        { kind: 'oauth-error', error: 'access_denied' },
        { endpoint: 'consent', userId: demo.username, clientId: demo.id },
      )
    ).landed.search,
    /error=access_denied.*state=xyz/,
  );
  t.equal(
    (
      await pages({ kind: 'status', status: 503 }, { endpoint: 'consent', userId: 'somebody else' })
    ).landed.searchParams.get('state'),
    'xyz',
  );
});

t.test('a rule counts only the requests that it matches', async (t) => {
  const stage = new Stage({
    clientAtCodeExchange: 'optional',
    redirectUriAtToken: 'optional',
    grants: ['authorization_code', 'refresh_token', 'password'],
  });
  const ada = stage.mint('tinyemail');
  const grace = stage.mint('tinyemail', 'grace@example.test');
  const code = 'code-of-ada';
  server.realm('tinyemail', stage.id).codes.set(code, {
    code,
    grant: ada.access.grant,
    redirectUri: demo.redirectUri,
    redirectUriSent: false,
    challenge: undefined,
    issuedAt: 0,
    expiresAt: 0,
  });
  const basic = (id: string): string => `Basic ${Buffer.from(`${id}:x`).toString('base64')}`;
  const { id: clientId } = demo;

  const cases: readonly (readonly [Match, () => Promise<Response>])[] = [
    [
      { provider: 'tinyemail', endpoint: 'resource', userId: 'ada@example.test', clientId },
      () => stage.api('tinyemail', ada.access.token),
    ],
    [
      { endpoint: 'resource', userId: 'grace@example.test' },
      () => fetch(`${stage.url}/tinyemail/v1/audiences?access_token=${grace.access.token}`),
    ],
    [
      { endpoint: 'token', grantType: 'refresh_token', userId: 'ada@example.test' },
      () => stage.refresh('tinyemail', ada.refresh.token),
    ],
    [
      { endpoint: 'token', grantType: 'authorization_code', clientId, userId: 'ada@example.test' },
      () => stage.token('tinyemail', { grant_type: 'authorization_code', code }),
    ],
    [
      { grantType: 'password', userId: 'grace@example.test' },
      () => stage.token('tinyemail', { grant_type: 'password', username: 'grace@example.test' }),
    ],
    [
      { clientId: 'unregistered' },
      () => stage.token('tinyemail', {}, { headers: { authorization: basic('unregistered') } }),
    ],
    [{ clientId: 'in the body' }, () => stage.token('tinyemail', { client_id: 'in the body' })],
    [
      { endpoint: 'revoke', clientId },
      () =>
        fetch(`${stage.url}/dottedsign/v1/oauth/revoke`, {
          method: 'POST',
          headers: { authorization: basic(clientId) },
          body: new URLSearchParams({ token: 'x' }),
        }),
    ],
    [
      { endpoint: 'introspect' },
      () =>
        fetch(`${stage.url}/dottedsign/v1/oauth/introspect`, {
          method: 'POST',
          body: new URLSearchParams({ token: 'x' }),
        }),
    ],
    [{ path: '/v1/*/customer/*@*', method: 'GET' }, () => fetch(`${stage.url}/tinyemail/v1/account/customer/a@b?x=1`)],
    [
      { path: '/v1/audiences', method: 'POST' },
      () => fetch(`${stage.url}/tinyemail/v1/audiences`, { method: 'POST', body: 'not a form' }),
    ],
    [{ provider: 'mailup', endpoint: 'resource' }, () => stage.api('mailup', 'x')],
  ];

  for (const [match] of cases) stage.rule(match, { kind: 'status', status: 599 });
  for (const [i, [match, send]] of cases.entries()) {
    const answer = await send();
    t.equal(answer.status, 599, JSON.stringify(match));
    t.same(
      stage.world.faults.list().map(({ hits }) => hits),
      cases.map((_, j) => (j <= i ? 1 : 0)),
      'exactly one rule was hit',
    );
  }

  stage.world.faults.clear();
  stage.rule({}, { kind: 'status', status: 599 });
  t.equal(
    (await fetch(`${stage.url}/mailup/nowhere`)).status,
    404,
    'a fault does not apply outside the endpoints of a provider',
  );
  const auto_ = new Stage(auto);
  auto_.rule({ endpoint: 'authorize', userId: demo.username }, { kind: 'status', status: 599 });
  t.equal(
    (await auto_.authorize('mailup')).status,
    599,
    'with interaction auto, userId matches the user of the policy',
  );
  const back = new Stage(auto);
  const tampered = back.rule({ endpoint: 'authorize', userId: demo.username }, { kind: 'tamper', state: 'missing' });
  await back.authorize('dottedsign');
  t.equal(back.state(tampered).hits, 1, 'userId matches the user of the redirect');
  const silent = new Stage({ interaction: { mode: 'auto', user: 'nobody', decision: 'allow' } });
  silent.rule({ endpoint: 'authorize', userId: 'nobody' }, { kind: 'status', status: 599 });
  t.equal((await silent.authorize('mailup')).status, 500);
  stage.world.faults.clear();
  stage.rule({ userId: 'x' }, { kind: 'status', status: 599 });
  t.not((await stage.token('tinyemail', { grant_type: 'password', username: 'unregistered' })).status, 599);
});

t.test('hold stages a race: two refreshes with one token, and one code exchanged twice', async (t) => {
  const stage = new Stage({ ...auto, refreshRotation: 'rotate', replayRevokesTokens: false });
  const { refresh } = stage.mint('dottedsign');
  const id = stage.rule({ endpoint: 'token' }, { kind: 'hold', until: 2 });
  const refreshes = await Promise.all([
    stage.refresh('dottedsign', refresh.token),
    stage.refresh('dottedsign', refresh.token),
  ]);
  t.same(refreshes.map(({ status }) => status).sort(), [200, 400]);
  t.same(
    stage.world.journal.entries().map(({ reason, fault }) => [reason, fault]),
    [
      [undefined, { id, kind: 'hold' }],
      ['refresh.replaced', { id, kind: 'hold' }],
    ],
    'the first request succeeded',
  );

  const { code } = callback(await stage.authorize('dottedsign')) as { code: string };
  const form = { grant_type: 'authorization_code', code, redirect_uri: demo.redirectUri, ...credentials };
  const exchanges = await Promise.all([stage.token('dottedsign', form), stage.token('dottedsign', form)]);
  t.same(exchanges.map(({ status }) => status).sort(), [200, 400]);
  t.equal(server.lastEntry(stage.id).reason, 'code.replayed');
});

t.test(
  'a held request continues when its rule is released or removed, and is disconnected when its world is reset or dropped',
  async (t) => {
    const ends: Readonly<Record<string, (stage: Stage, id: string) => Promise<unknown>>> = {
      released: async (stage, id) => {
        t.same((await stage.admin('POST', `/faults/${id}/release`)).body, { released: 1 });
      },
      removed: async (stage, id) => {
        t.equal((await stage.admin('DELETE', `/faults/${id}`)).status, 204);
      },
      cleared: async (stage) => {
        t.equal((await stage.admin('DELETE', '/faults')).status, 204);
      },
      reset: (stage) => stage.admin('POST', '/reset'),
      dropped: async (stage) => {
        server.worlds.drop(stage.id);
      },
    };
    for (const [name, end] of Object.entries(ends)) {
      const stage = new Stage();
      const { refresh } = stage.mint('mailup');
      const id = stage.rule({ endpoint: 'token' }, { kind: 'hold' });
      const answer = stage.refresh('mailup', refresh.token);
      while (stage.state(id).waiting === 0) await new Promise(setImmediate);
      t.equal((await stage.admin('GET', `/faults/${id}`)).body.waiting, 1);
      await end(stage, id);
      const ended = await answer.then(
        ({ status }) => status,
        () => 'cut off',
      );
      t.equal(ended, ['reset', 'dropped'].includes(name) ? 'cut off' : 200, name);
    }
  },
);

/** Sends a request, and disconnects before the answer. */
async function leave(stage: Stage, rule: string, refreshToken: string): Promise<void> {
  const { hostname, port } = new URL(server.url);
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    ...credentials,
  }).toString();
  const before = stage.state(rule).hits;
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /w/${stage.id}/mailup/Authorization/OAuth/Token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  while (stage.state(rule).hits === before) await new Promise(setImmediate);
  const closed = new Promise<void>((resolve) => {
    const end = stage.world.journal.listen(() => {
      end();
      resolve();
    }, resolve);
  });
  socket.destroy();
  await closed;
}

t.test('a client that disconnects during a fault', async (t) => {
  const stage = new Stage({ refreshRotation: 'rotate' });
  const held = stage.mint('mailup').refresh;
  const line = stage.rule({}, { kind: 'hold' }, { times: 1 });
  await leave(stage, line, held.token);
  t.equal(stage.state(line).waiting, 0, 'its request is no longer held');
  await new Promise(setImmediate);
  t.equal(held.replacedBy, undefined, 'a held request has no effect after the client disconnects');

  for (const fault of [{ kind: 'delay', for: '5m' }, { kind: 'drip', every: '5m' }, { kind: 'hang' }] as const) {
    const { refresh } = stage.mint('mailup');
    await leave(stage, stage.rule({}, fault, { times: 1 }), refresh.token);
    t.equal(refresh.replacedBy !== undefined, fault.kind !== 'hang', `${fault.kind}: the effect is as the kind has it`);
  }
  t.same(
    stage.world.journal.entries().map(({ status, fault, durationMs }) => [fault!.kind, status, typeof durationMs]),
    [
      ['hold', undefined, 'number'],
      ['delay', undefined, 'number'],
      ['drip', 200, 'number'],
      ['hang', undefined, 'number'],
    ],
  );
});

t.test('the server stops at once while faults delay requests', async (t) => {
  const other = await startServer();
  other.world().faults.add([
    { match: { provider: 'mailup' }, fault: { kind: 'hang' } },
    { match: { provider: 'tinyemail' }, fault: { kind: 'hold' } },
  ]);
  const waiting = ['mailup', 'tinyemail'].map((name) =>
    fetch(`${other.url}/${name}${tokenPaths[name]!}`, { method: 'POST' }).then(
      () => 'answered',
      () => 'cut',
    ),
  );
  while (
    other
      .world()
      .faults.list()
      .some(({ hits }) => hits === 0)
  ) {
    await new Promise(setImmediate);
  }
  const begun = process.hrtime.bigint();
  await other.close();
  t.ok(process.hrtime.bigint() - begun < 500_000_000n, 'delayed requests do not get the grace period of a shutdown');
  t.same(await Promise.all(waiting), ['cut', 'cut']);
});

t.test('faults leave alone an answer without a body or with another type than they need', async (t) => {
  const stage = new Stage({ ...auto, tokenMethods: ['GET', 'POST'] });
  stage.rule({ endpoint: 'authorize' }, { kind: 'truncate' });
  t.equal((await stage.authorize('mailup')).status, 302, 'a redirect has no body to truncate');
  stage.world.faults.clear();
  const realm = stage.world.scenario;
  const stubs = server.worlds.open({
    id: stage.id,
    scenario: {
      ...realm,
      providers: {
        mailup: {
          ...realm.providers!.mailup,
          resources: ['', 'text', [1]].map((body, i) => ({ method: 'GET' as const, path: `/stub/${i}`, body })),
        },
      },
    },
  });
  const { access } = stage.mint('mailup');
  const get = async (i: number): Promise<string> =>
    (
      await fetch(`${stage.url}/mailup/API/v1.1/Rest/stub/${i}`, {
        headers: { authorization: `Bearer ${access.token}` },
      })
    ).text();
  stubs.faults.add([
    {
      match: {},
      fault: [
        { kind: 'garble' },
        { kind: 'patch', set: { a: 1 } },
        { kind: 'patch', set: { a: 1 } },
        { kind: 'garble' },
      ],
    },
  ]);
  t.same([await get(0), await get(1), await get(2), await get(2)], ['', 'text', '[1]', '[1\u0000']);
});

t.test("tamper with code: foreign sends another user's code", async (t) => {
  const stage = new Stage(auto);
  const realm = server.realm('dottedsign', stage.id);
  stage.rule({}, { kind: 'tamper', code: 'foreign' });
  const exchange = async (more: Record<string, string>): Promise<Response> =>
    stage.token('dottedsign', {
      grant_type: 'authorization_code',
      redirect_uri: demo.redirectUri,
      ...credentials,
      ...more,
    });
  const code = async (more?: Record<string, string>): Promise<string> =>
    callback(await stage.authorize('dottedsign', more)).code!;

  const bought = (await (await exchange({ code: await code() })).json()) as { access_token: string };
  t.equal(
    realm.accessTokens.get(bought.access_token)!.grant.userId,
    'grace@example.test',
    'the foreign code is valid and gives the tokens of the other user',
  );
  const protected_ = await exchange({
    code: await code({ code_challenge: 'c'.repeat(43), code_challenge_method: 'plain' }),
    code_verifier: 'c'.repeat(43),
  });
  t.match(await protected_.json(), { error: 'invalid_grant' }, 'PKCE detects the foreign code');
  t.equal(server.lastEntry(stage.id).reason, 'pkce.verifier-mismatch');
  realm.users.delete('grace@example.test');
  t.equal(
    realm.codes.get(await code())!.grant.userId,
    demo.username,
    'without another user, the code is of the same user in another browser',
  );
  const own = callback(await stage.authorize('mailup', { redirect_uri: `${demo.redirectUri}?code=mine` }));
  t.not(own.code, 'mine');
  t.equal(server.lastEntry(stage.id).fault?.kind, 'tamper');
  realm.clients.delete(demo.id);
  t.match(await stage.authorize('dottedsign'), { status: 200 }, 'a refusal page is not changed');
});

t.test('replay repeats the previous answer, and does not apply to the first request', async (t) => {
  const stage = new Stage();
  const id = stage.rule({ endpoint: 'token' }, { kind: 'replay' });
  t.equal((await stage.token('dottedsign', {})).status, 400);
  t.match(stage.state(id), { seen: 1, hits: 0 });
  t.equal(server.lastEntry(stage.id).fault, undefined);
  stage.rule({}, { kind: 'hang' });
  const [first, again] = [
    server.lastEntry(stage.id),
    await stage.refresh('dottedsign', stage.mint('dottedsign').refresh.token),
  ];
  t.equal(await again.text(), first.responseBody);
  t.match(stage.state(id), { seen: 2, hits: 1 });
});

t.test('the admin API', async (t) => {
  const stage = new Stage();
  const rule = {
    match: { provider: 'mailup', endpoint: 'token' },
    skip: 1,
    times: 2,
    probability: 1,
    fault: { kind: 'cut' },
  };
  const added = await stage.admin('POST', '/faults', rule);
  t.same(added, {
    status: 201,
    body: { ...rule, id: 'fault-1', seen: 0, hits: 0, remaining: 2, waiting: 0, ended: false },
  });
  t.match(
    await stage.admin('POST', '/faults', [
      { id: 'fault-2', match: {}, fault: { kind: 'pass' } },
      { match: {}, fault: [{ kind: 'pass' }, { kind: 'cut' }] },
    ]),
    {
      status: 201,
      body: {
        total: 2,
        faults: [
          { id: 'fault-2', times: null, remaining: null },
          { id: 'fault-3', times: 2, remaining: 2 },
        ],
      },
    },
  );
  t.match((await stage.admin('GET', '/faults?limit=1&offset=1')).body, { faults: [{ id: 'fault-2' }], total: 3 });
  t.match(await stage.admin('GET', '/faults/fault-3'), {
    status: 200,
    body: { fault: [{ kind: 'pass' }, { kind: 'cut' }] },
  });
  t.equal((await new Stage().admin('GET', '/faults')).body.total, 0, 'another world has its own');
  for (const [method, path] of [
    ['GET', '/faults/x'],
    ['DELETE', '/faults/x'],
    ['POST', '/faults/x/release'],
  ] as const) {
    t.match(await stage.admin(method, path), {
      status: 404,
      body: { title: 'Unknown fault', known: ['fault-1', 'fault-2', 'fault-3'] },
    });
  }

  const refused = async (t: Test, body: unknown, status: number, errors?: unknown): Promise<void> => {
    const before = stage.world.faults.list();
    t.match(await stage.admin('POST', '/faults', body), { status, body: errors === undefined ? {} : { errors } });
    t.same(stage.world.faults.list(), before, 'the rules in force are unchanged');
  };
  const fault = (wrong: unknown, match: unknown = {}): unknown => ({ match, fault: wrong });

  await refused(t, fault({ kind: 'dealy' }), 400, [{ path: 'fault.kind', message: /did you mean "delay"\?$/ }]);
  await refused(t, fault({}), 400, [{ path: 'fault.kind' }]);
  const misspelt = await stage.admin('POST', '/faults', fault({ kind: 'status', stauts: 502 }));
  t.same(
    (misspelt.body as { errors: unknown }).errors,
    [{ path: 'fault.stauts', message: 'is not a member here; did you mean "status"?' }],
    'a misspelt parameter that is required is one mistake',
  );
  await refused(t, fault({ kind: 'delay', for: '1d' }), 400, [{ path: 'fault.for', message: /at most 10m.*"1d"/ }]);
  await refused(t, fault({ kind: 'delay', for: 'never' }), 400, [{ path: 'fault.for' }]);
  await refused(t, fault({ kind: 'delay', for: 'soon' }), 400, [{ path: 'fault.for' }]);
  await refused(t, fault({ kind: 'delay', for: '1s', uniform: ['1s', '2s'] }), 400, [
    { path: 'fault', message: /only one/ },
  ]);
  await refused(t, fault({ kind: 'delay', uniform: ['1s'] }), 400, [{ path: 'fault.uniform' }]);
  await refused(t, fault({ kind: 'delay', uniform: ['2s', '1s'] }), 400, [
    { path: 'fault.uniform', message: /shorter duration first/ },
  ]);
  await refused(t, fault({ kind: 'delay', logNormal: { median: '2s', sigma: 1, max: '1s' } }), 400, [
    { path: 'fault.logNormal.max', message: /below the median/ },
  ]);
  await refused(t, fault({ kind: 'status', status: 204, body: 'x' }), 400, [
    { path: 'fault.body', message: /204 has no body/ },
  ]);
  await refused(t, fault({ kind: 'status', status: 200, headers: { 'Content-Length': '99' } }), 400, [
    { path: 'fault.headers', message: /may not have content-length/ },
  ]);
  await refused(t, fault({ kind: 'patch', headers: { 'transfer-encoding': 'chunked' } }), 400, [
    { path: 'fault.headers', message: /may not have transfer-encoding/ },
  ]);
  await refused(t, fault({ kind: 'patch', set: { a: 1, b: 1 }, remove: ['c', 'b'] }), 400, [
    { path: 'fault.remove', message: /"b" is in set too/ },
  ]);
  await refused(t, fault({ kind: 'cut' }, { provider: 'mailup', endpoint: 'revoke' }), 400, [
    { path: 'match.endpoint', message: /mailup has no endpoint revoke/ },
  ]);
  await refused(t, fault({ kind: 'cut' }, { endpoint: 'resource', grantType: 'refresh_token' }), 400, [
    { path: 'match.grantType', message: /has no grant_type/ },
  ]);
  await refused(t, { ...rule, id: 'a/b c' }, 400, [{ path: 'id', message: /at most 64 letters/ }]);
  await refused(t, fault({ kind: 'drip', every: '20m' }), 400, [{ path: 'fault.every', message: /at most 10m/ }]);
  await refused(t, fault({ kind: 'status', status: 42 }), 400, [{ path: 'fault.status' }]);
  await refused(t, fault({ kind: 'status', status: 200, header: {} }), 400, [
    { path: 'fault.header', message: /did you mean "headers"/ },
  ]);
  await refused(t, fault({ kind: 'status', status: 200, headers: { 'a b': 'x' } }), 400, [{ path: /^fault\.headers/ }]);
  await refused(t, fault({ kind: 'redirect', to: 'javascript:0' }), 400, [{ path: 'fault.to' }]);
  await refused(t, fault({ kind: 'patch' }), 400, [{ path: 'fault', message: /at least one/ }]);
  await refused(t, fault({ kind: 'tamper' }), 400, [{ path: 'fault', message: /at least one/ }]);
  await refused(t, fault({ kind: 'tamper', state: 'altered' }, { endpoint: 'token' }), 400, [
    { path: 'fault', message: /no meaning at the endpoint token; it has one at authorize, login, consent/ },
  ]);
  await refused(t, fault({ kind: 'garble' }, { endpoint: 'authorize' }), 400, [
    { path: 'fault', message: /no meaning/ },
  ]);
  await refused(t, fault([{ kind: 'pass' }, { kind: 'patch', remove: [] }], { endpoint: 'login' }), 400, [
    { path: 'fault.1' },
  ]);
  await refused(t, fault([{ kind: 'garble' }, { kind: 'tamper', iss: 'wrong' }]), 400, [
    { path: 'fault', message: /no endpoint/ },
  ]);
  await refused(t, fault([{ kind: 'cut' }, { kind: 'tamper', iss: 'wrong' }]), 400, [
    { path: 'fault', message: /cut acts before the effect/ },
  ]);
  await refused(t, fault([]), 400, [{ path: 'fault' }]);
  await refused(t, fault({ kind: 'cut' }, { provider: 'mailpu' }), 400, [
    { path: 'match.provider', message: /did you mean "mailup"/ },
  ]);
  await refused(t, fault({ kind: 'cut' }, { endpoint: 'tokens' }), 400, [
    { path: 'match.endpoint', message: /did you mean "token"/ },
  ]);
  await refused(t, fault({ kind: 'cut' }, { url: '/x' }), 400, [{ path: 'match.url' }]);
  await refused(t, { fault: { kind: 'cut' } }, 400, [{ path: 'match' }]);
  await refused(t, { ...rule, times: 0 }, 400, [{ path: 'times' }]);
  await refused(t, { ...rule, probability: 2 }, 400, [{ path: 'probability' }]);
  await refused(t, { match: {}, times: 2, fault: { kind: 'hold', until: 3 } }, 400, [
    { path: 'fault.until', message: /times ends the rule at 2/ },
  ]);
  await refused(t, [rule, fault({ kind: 'cut', x: 1 })], 400, [{ path: '1.fault.x' }]);
  await refused(
    t,
    [
      { ...rule, id: 'a' },
      { ...rule, id: 'a' },
    ],
    400,
    [{ path: '1.id' }],
  );
  await refused(t, { ...rule, id: 'fault-1' }, 409);
  await refused(
    t,
    Array.from({ length: 10_000 }, () => rule),
    409,
  );
  t.match(
    await stage.admin(
      'POST',
      '/faults',
      Array.from({ length: 998 }, () => rule),
    ),
    {
      status: 409,
      body: { title: 'Faults refused', detail: /may have at most 1000 faults; this would make 1001/, limit: 1000 },
    },
  );
});

t.test('the faults of a scenario are active when its world is created, and again after a reset', async (t) => {
  const stage = new Stage();
  const scenario = {
    extends: 'default',
    faults: [{ id: 'down', match: { endpoint: 'token' }, times: 2, fault: { kind: 'status', status: 503 } }],
  };
  t.equal((await stage.admin('PUT', '/scenario', scenario)).status, 200);
  t.equal((await stage.token('mailup', {})).status, 503);
  await stage.admin('DELETE', '/faults/down');
  await stage.admin('POST', '/reset');
  t.match((await stage.admin('GET', '/faults')).body, { total: 1, faults: [{ id: 'down', hits: 0 }] });
  t.match(
    await stage.admin('PUT', '/scenario', {
      faults: [{ match: { endpoint: 'token', provider: 'x' }, fault: { kind: 'tamper', iss: 'wrong' } }],
    }),
    { status: 400, body: { errors: [{ path: 'faults.0.match.provider' }, { path: 'faults.0.fault' }] } },
  );
});

t.test('a snapshot keeps the faults and their counts', async (t) => {
  const stage = new Stage();
  stage.rule(
    { endpoint: 'token' },
    [
      { kind: 'status', status: 500 },
      { kind: 'status', status: 501 },
      { kind: 'status', status: 502 },
    ],
    { id: 'steps' },
  );
  stage.rule({ endpoint: 'token' }, { kind: 'pass' });
  t.equal((await stage.token('mailup', {})).status, 500);
  const { body: snapshot } = await stage.admin('GET', '/snapshot');
  t.equal((await stage.token('mailup', {})).status, 501);
  t.equal((await stage.admin('PUT', '/snapshot', snapshot)).status, 200);
  t.match((await stage.admin('GET', '/faults')).body.faults, [
    { id: 'steps', seen: 1, hits: 1, remaining: 2 },
    { id: 'fault-1', times: null, hits: 0 },
  ]);
  t.equal((await stage.token('mailup', {})).status, 501);
  snapshot.faults[0].match.provider = 'nobody';
  t.match(await stage.admin('PUT', '/snapshot', snapshot), {
    status: 400,
    body: { errors: [{ path: 'faults.0.match.provider' }] },
  });
});
