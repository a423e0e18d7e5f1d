// Policy fields about refresh tokens and about the parameters of a provider's own, which no provider of this package uses.
import t from 'tap';
import { adminOf } from '../admin/calls.js';
import { providers } from '../../src/providers/index.js';
import { demo, startServer } from '../support.js';
import { Visit, credentials, hiddenFields, location, tokens } from './visit.js';
import type { Provider } from '../../src/providers/provider.js';
import type { Policy } from '../../src/core/policy.js';
import type { Call } from '../admin/calls.js';

const mailup = providers.find(({ name }) => name === 'mailup')!;

/** A provider with parameters of its own at each step. */
const asking: Provider = {
  ...mailup,
  name: 'asking',
  authorizeParameters: {
    audience: { required: true, values: ['api.asking.example', 'web.asking.example'] },
    access_type: { values: ['online', 'offline'], default: 'online' },
    login_hint: { pattern: /^[a-z]+$/ },
    account: { required: true, default: 'main' },
    constructor: {},
  },
  tokenParameters: { device: { required: true } },
  refreshParameters: { device: { values: ['phone'] } },
};

const server = await startServer([...providers, asking]);
t.teardown(() => server.close());

const open = (policy: Partial<Policy> = {}, name = 'mailup'): Visit =>
  new Visit(server, name).policy({ scopeParameter: 'checked', refreshRotation: 'rotate', ...policy });
const call = ({ world }: Visit): Call => adminOf(`${server.url}/w/${world.id}`);
const reason = async (visit: Visit, response: Promise<Response>): Promise<string> => {
  const { status } = await response;
  return status === 200 ? 'accepted' : String(visit.entry().reason);
};
const explained = async (visit: Visit, response: Promise<Response>): Promise<string> => {
  await response;
  return String(visit.entry().explanation);
};

t.test('scopeSyntax comma and comma-or-space separate scopes as GitHub and Slack do', async (t) => {
  const visit = open({ grants: ['client_credentials'] });
  Object.assign(visit.realm, { scopes: { a: { words: 'A' }, 'b:c': { words: 'B' } } });
  const scopesOf = async (scope: string): Promise<unknown> => {
    const response = await visit.token({ grant_type: 'client_credentials', ...credentials, scope });
    if (response.status !== 200) return visit.entry().reason;
    return visit.realm.accessTokens.get((await tokens(response)).access)?.scopes;
  };
  visit.policy({ scopeSyntax: 'comma' });
  t.same(await scopesOf('a,b:c'), ['a', 'b:c']);
  t.same(await scopesOf(' a , ,b:c,a'), ['a', 'b:c'], 'with white space around, empty and repeated names');
  t.equal(await scopesOf('a b:c'), 'scope.unknown', 'a space is a part of a name');
  visit.policy({ scopeSyntax: 'comma-or-space' });
  t.same(await scopesOf('a b:c'), ['a', 'b:c']);
  t.same(await scopesOf('a, b:c'), ['a', 'b:c']);
});

t.test(
  'within refreshGrace a replaced refresh token gives a further pair, and the pairs before stay valid',
  async (t) => {
    for (const refreshRotation of ['rotate', 'reuse-revokes-family'] as const) {
      const visit = open({ refreshRotation, refreshGraceSeconds: 1800 });
      const { refresh } = await visit.pair();
      const first = await tokens(await visit.refresh(refresh));
      t.notMatch(visit.entry().notes.join(), /grace/, 'the first use is no repeated one');
      visit.advance(1799);
      const second = await tokens(await visit.refresh(refresh));
      t.not(second.refresh, first.refresh);
      t.match(
        visit.entry().notes.join(),
        /the refresh token was replaced at 2026-01-01T00:00:00.000Z, and was used again within the grace/,
      );
      t.equal((await visit.refresh(first.refresh)).status, 200, 'the first new token is good');
      visit.advance(1);
      t.equal(await reason(visit, visit.refresh(refresh)), 'refresh.replaced', 'a use does not prolong the grace');
      t.equal(
        await reason(visit, visit.refresh(second.refresh)),
        refreshRotation === 'rotate' ? 'accepted' : 'refresh.revoked',
        'a use after the grace is a replay',
      );
    }
  },
);

t.test('refreshGrace ends with the token, its family and a revocation', async (t) => {
  const visit = open({ refreshGraceSeconds: 1800, refreshTokenSeconds: 600 });
  const { refresh } = await visit.pair();
  await visit.refresh(refresh);
  const revoked = await visit.pair();
  await visit.refresh(revoked.refresh);
  await call(visit)('POST /providers/mailup/tokens/revoke', { token: revoked.refresh });
  t.equal(await reason(visit, visit.refresh(revoked.refresh)), 'refresh.revoked');
  visit.advance(600);
  t.equal(await reason(visit, visit.refresh(refresh)), 'refresh.expired');
});

t.test('refreshGrace changes nothing for a rotation that replaces no token', async (t) => {
  const kept = open({ refreshRotation: 'keep', refreshGraceSeconds: 60 });
  const pair = await kept.pair();
  const again = await tokens(await kept.refresh(pair.refresh));
  t.equal(again.refresh, pair.refresh);
  t.notMatch(kept.entry().notes.join(), /grace/);
});

t.test('a refresh token ends when it is not used for refreshTokenIdle', async (t) => {
  const visit = open({ refreshRotation: 'keep', refreshTokenIdleSeconds: 3600, refreshTokenSeconds: 9000 });
  const { refresh } = await visit.pair();
  const expiry = (): string => new Date(visit.realm.refreshTokens.get(refresh)!.expiresAt).toISOString();
  t.equal(expiry(), '2026-01-01T01:00:00.000Z');
  visit.advance(3599);
  t.equal((await visit.refresh(refresh)).status, 200, 'a use in time begins the time again');
  t.equal(expiry(), '2026-01-01T01:59:59.000Z');
  visit.advance(3599);
  t.equal((await visit.refresh(refresh)).status, 200);
  t.equal(expiry(), '2026-01-01T02:30:00.000Z', 'the absolute lifetime is the limit');
  visit.advance(1802);
  t.equal(await reason(visit, visit.refresh(refresh)), 'refresh.expired');

  const rotated = open({ refreshTokenIdleSeconds: 3600 });
  const first = await rotated.pair();
  rotated.advance(3000);
  const second = await tokens(await rotated.refresh(first.refresh));
  rotated.advance(3600);
  t.equal(
    await explained(rotated, rotated.refresh(second.refresh)),
    'the refresh token expired at 2026-01-01T01:50:00.000Z, 0 s before it was sent (2026-01-01T01:50:00.000Z); ' +
      'it was not used for too long',
  );
  t.equal(rotated.entry().reason, 'refresh.idle');
});

t.test('refreshTokenAbsolute counts from the grant, and a rotation does not begin it again', async (t) => {
  for (const refreshRotation of ['rotate', 'keep', 'retire-previous-on-first-use'] as const) {
    const visit = open({ refreshRotation, refreshTokenAbsoluteSeconds: 3600, refreshTokenSeconds: 3000 });
    const code = await visit.code();
    visit.advance(60);
    const { refresh } = await tokens(await visit.exchange(code));
    visit.advance(2000);
    const second = await tokens(await visit.refresh(refresh));
    const { expiresAt, grant } = visit.realm.refreshTokens.get(second.refresh)!;
    t.equal((expiresAt - grant.createdAt) / 1000, refreshRotation === 'keep' ? 3060 : 3600, 'at most an hour');
    visit.advance(1539);
    t.equal(
      await reason(visit, visit.refresh(second.refresh)),
      refreshRotation === 'keep' ? 'refresh.expired' : 'accepted',
    );
    visit.advance(1);
    t.equal(await reason(visit, visit.refresh(second.refresh)), expiredOr(refreshRotation));
    const again = await visit.pair();
    t.equal((await visit.refresh(again.refresh)).status, 200, 'a new consent begins the time again');
  }
});

const expiredOr = (rotation: string): string => (rotation === 'rotate' ? 'refresh.replaced' : 'refresh.expired');

t.test('with refreshTokenIdle, refreshTokenAbsolute is the limit of what use prolongs', async (t) => {
  const visit = open({ refreshTokenAbsoluteSeconds: 5000, refreshTokenIdleSeconds: 3600 });
  let { refresh } = await visit.pair();
  visit.advance(3000);
  ({ refresh } = await tokens(await visit.refresh(refresh)));
  visit.advance(1999);
  ({ refresh } = await tokens(await visit.refresh(refresh)));
  visit.advance(1);
  t.equal(await reason(visit, visit.refresh(refresh)), 'refresh.expired', 'it was in use');
});

t.test('refreshRotationAfter keeps a younger refresh token, and replaces an older one', async (t) => {
  for (const refreshRotation of ['rotate', 'reuse-revokes-family', 'retire-previous-on-first-use'] as const) {
    const visit = open({ refreshRotation, refreshRotationAfterSeconds: 86_400, refreshGraceSeconds: 60 });
    const { refresh, access } = await visit.pair();
    visit.advance(86_399);
    const young = await tokens(await visit.refresh(refresh));
    t.equal(young.refresh, refresh);
    t.not(young.access, access);
    visit.advance(1);
    const old = await tokens(await visit.refresh(refresh));
    t.not(old.refresh, refresh);
    visit.advance(30);
    const late = await tokens(await visit.refresh(refresh));
    t.not(late.refresh, refresh, 'a replaced token is not kept');
    t.equal((await tokens(await visit.refresh(old.refresh))).refresh, old.refresh, 'the new one is young');
  }
  const kept = open({ refreshRotation: 'keep', refreshRotationAfterSeconds: 10 });
  const { refresh } = await kept.pair();
  kept.advance(11);
  t.equal((await tokens(await kept.refresh(refresh))).refresh, refresh, 'keep replaces no token of any age');
  const { status, body } = await call(kept)('PATCH /providers/mailup/policy', { refreshRotationAfter: 'never' });
  t.equal(status, 400);
  t.match(JSON.stringify(body), /refreshRotationAfter is never: a refresh token that is never replaced is /);
});

t.test('a refresh token that the admin API expires did not end because of disuse', async (t) => {
  const visit = open({ refreshTokenIdleSeconds: 3600 });
  const { refresh } = await visit.pair();
  await call(visit)('POST /providers/mailup/tokens/expire', {});
  t.equal(await reason(visit, visit.refresh(refresh)), 'refresh.expired');
});

t.test('beyond refreshTokensPerUser and accessTokensPerUser the oldest token of a client and user ends', async (t) => {
  const visit = open({ refreshTokensPerUser: 2, accessTokensPerUser: 1 });
  const pairs = [await visit.pair(), await visit.pair()] as const;
  t.match(visit.entry().notes.join(), /1 older access tokens ended: the policy allows 1 of one client and user/);
  t.notMatch(visit.entry().notes.join(), /refresh tokens ended/);
  const third = await visit.pair();
  t.match(visit.entry().notes.join(), /1 older refresh tokens ended: the policy allows 2 of one client and user/);
  t.equal(
    await explained(visit, visit.refresh(pairs[0].refresh)),
    'the refresh token was revoked at 2026-01-01T00:00:00.000Z ' +
      '(a newer one came, and the policy allows 2 refresh tokens of one client and user)',
  );
  t.equal((await visit.refresh(pairs[1].refresh)).status, 200, 'a replaced token does not count');
  t.equal((await visit.refresh(third.refresh)).status, 200);
  const access = visit.realm.accessTokens.get(third.access)!;
  t.equal(access.revokedBecause, 'a newer one came, and the policy allows 1 access tokens of one client and user');
});

t.test('the limits count the tokens of another user, and of a client alone, apart', async (t) => {
  const visit = open({ accessTokensPerUser: 1, grants: ['authorization_code', 'client_credentials'] });
  const alive = (token: string): boolean => visit.realm.accessTokens.get(token)!.revokedAt === undefined;
  const ada = await visit.pair();
  visit.policy({ interaction: { mode: 'auto', user: 'grace@example.test', decision: 'allow' } });
  const grace = await visit.pair();
  const alone = await tokens(await visit.token({ grant_type: 'client_credentials', ...credentials }));
  t.ok(alive(ada.access));
  t.ok(alive(grace.access));
  await tokens(await visit.token({ grant_type: 'client_credentials', ...credentials }));
  t.notOk(alive(alone.access));
});

t.test('a limit counts tokens that were issued before it, by the admin API, and those of a snapshot', async (t) => {
  const visit = open();
  const before = await visit.pair();
  visit.policy({ refreshTokensPerUser: 1 });
  const { body } = await call(visit)<{ refreshToken: string }>('POST /providers/mailup/tokens', {
    clientId: demo.id,
    userId: demo.username,
  });
  t.equal(await reason(visit, visit.refresh(before.refresh)), 'refresh.revoked');
  const { body: snapshot } = await call(visit)('GET /snapshot');
  t.equal((await call(visit)('PUT /snapshot', snapshot)).status, 200);
  await visit.pair();
  t.equal(await reason(visit, visit.refresh(body.refreshToken)), 'refresh.revoked');
});

t.test('a token that is returned again counts once', async (t) => {
  const visit = open({ accessTokenReused: true, accessTokensPerUser: 2, refreshTokensPerUser: 2 });
  const pairs = [await visit.pair(), await visit.pair(), await visit.pair()];
  t.equal(new Set(pairs.map(({ access }) => access)).size, 1);
  t.equal(visit.realm.accessTokens.get(pairs[0]!.access)!.revokedAt, undefined);
});

const hasRefreshToken = async (visit: Visit, parameters: Readonly<Record<string, string>> = {}): Promise<boolean> =>
  (await visit.pair(parameters)).refresh !== '';

t.test('refreshTokenIssuedIf asks for a parameter of the authorization request', async (t) => {
  const visit = open({ refreshTokenIssuedIf: [{ parameter: { access_type: 'offline' } }] });
  t.notOk(await hasRefreshToken(visit));
  t.notOk(await hasRefreshToken(visit, { access_type: 'online' }));
  const { refresh } = await visit.pair({ access_type: 'offline' });
  const next = await tokens(await visit.refresh(refresh));
  t.not(next.refresh, '', 'a refresh is asked for nothing');
  const { body } = await call(visit)<{ refreshToken: string | null }>('POST /providers/mailup/tokens', {
    clientId: demo.id,
    userId: demo.username,
  });
  t.type(body.refreshToken, 'string', 'a grant without an authorization request neither');
});

t.test('refreshTokenIssuedIf asks for a scope, and all conditions must hold', async (t) => {
  const visit = open({ refreshTokenIssuedIf: [{ scope: 'offline' }, { parameter: { access_type: 'offline' } }] });
  Object.assign(visit.realm, { scopes: { offline: { words: 'O' }, read: { words: 'R' } } });
  t.notOk(await hasRefreshToken(visit, { scope: 'read', access_type: 'offline' }));
  t.notOk(await hasRefreshToken(visit, { scope: 'offline' }));
  t.ok(await hasRefreshToken(visit, { scope: 'read offline', access_type: 'offline' }));
});

t.test(
  'refreshTokenIssuedIf { consent: first } gives a refresh token at the first consent, or with prompt=consent',
  async (t) => {
    const visit = open({ refreshTokenIssuedIf: [{ consent: 'first' }] });
    await visit.code();
    t.notOk(await hasRefreshToken(visit), 'a code that was not exchanged is access that was given');
    const fresh = open({ refreshTokenIssuedIf: [{ consent: 'first' }] });
    t.ok(await hasRefreshToken(fresh));
    t.notOk(await hasRefreshToken(fresh));
    t.ok(await hasRefreshToken(fresh, { prompt: 'select_account consent' }));
    fresh.policy({ interaction: { mode: 'auto', user: 'grace@example.test', decision: 'allow' } });
    t.ok(await hasRefreshToken(fresh), 'of another user it is the first');
    fresh.policy({ interaction: { mode: 'auto', user: demo.username, decision: 'allow' } });
    await call(fresh)('POST /providers/mailup/tokens/revoke', {});
    const { access, refresh } = await fresh.pair();
    t.not(refresh, '', 'after all tokens were revoked it is the first again');
    const { access: newest } = await tokens(await fresh.refresh(refresh));
    t.notOk(await hasRefreshToken(fresh), 'it was not after that');
    const { realm } = fresh;
    for (const token of realm.accessTokens.values()) if (token.token !== access) token.revokedAt ??= realm.now();
    t.not(newest, access);
    t.ok(await hasRefreshToken(fresh), 'the newest access token of each grant was taken back');
  },
);

t.test(
  'the provider lists parameters of its own: they are required, limited, given and kept with the grant',
  async (t) => {
    const visit = open({ authorizeRefusals: 'redirect' }, 'asking');
    const asked = async (parameters: Readonly<Record<string, string>>): Promise<unknown> => {
      const response = await visit.authorize({ state: 's', ...parameters });
      const { searchParams } = location(response);
      return [visit.entry().reason, searchParams.get('error'), visit.entry().explanation];
    };
    t.same(await asked({}), [
      'request.parameter-missing',
      'invalid_request',
      '"audience" was not sent; the provider requires it: "api.asking.example", "web.asking.example"',
    ]);
    t.same(await asked({ audience: 'x' }), [
      'request.parameter-unsupported',
      'invalid_request',
      '"audience" was "x"; it can be "api.asking.example", "web.asking.example"',
    ]);
    const audience = 'api.asking.example';
    t.same(await asked({ audience, login_hint: 'A1' }), [
      'request.parameter-unsupported',
      'invalid_request',
      '"login_hint" was "A1"; it can be what matches ^[a-z]+$',
    ]);

    const code = await visit.code({ audience, login_hint: 'ada', unlisted: 'x' });
    const { body: report } = await call(visit)<{ findings: { rule: string; says: string }[] }>('GET /findings');
    const named = JSON.stringify(report);
    t.match(named, /has \\"unlisted\\"/);
    t.notMatch(named, /has \\"(audience|login_hint)\\"/, 'a listed parameter is not unknown');
    t.same(visit.realm.codes.get(code)!.grant.parameters, {
      audience,
      login_hint: 'ada',
      access_type: 'online',
      account: 'main',
    });
    t.equal(await explained(visit, visit.exchange(code)), '"device" was not sent; the provider requires it');
    const { refresh } = await tokens(await visit.exchange(code, { device: 'any' }));
    t.equal(await reason(visit, visit.refresh(refresh, { device: 'tv' })), 'request.parameter-unsupported');
    t.equal(await reason(visit, visit.refresh(refresh)), 'accepted');
  },
);

t.test('parameters of its own are kept while the consent page is open', async (t) => {
  const visit = open({}, 'asking');
  const { url, page } = await visit.consentPage({ audience: 'web.asking.example' });
  const back = await visit.submit(url, { ...hiddenFields(page), ...allowing(visit) });
  const { grant } = visit.realm.codes.get(location(back).searchParams.get('code')!)!;
  t.equal(grant.parameters?.audience, 'web.asking.example');
});

t.test('a snapshot has what the conditions need, and both ends of a refresh token', async (t) => {
  const visit = open({
    refreshTokenIssuedIf: [{ parameter: { access_type: 'offline' } }, { consent: 'first' }],
    refreshTokenIdleSeconds: 60,
  });
  await visit.pair({ access_type: 'offline' });
  await visit.policy({ refreshTokenSeconds: 3600 }).pair({ access_type: 'offline', prompt: 'consent' });
  const code = await visit.code({ access_type: 'offline' });
  const { body: first } = await call(visit)('GET /snapshot');
  t.match(first, {
    realms: {
      mailup: {
        grants: [
          { parameters: { access_type: 'offline' }, hadAccess: false },
          { parameters: { access_type: 'offline', prompt: 'consent' }, hadAccess: true },
          { parameters: { access_type: 'offline' }, hadAccess: true },
        ],
      },
    },
  });
  const put = await call(visit)('PUT /snapshot', first);
  t.equal(put.status, 200, JSON.stringify(put.body));
  t.same((await call(visit)('GET /snapshot')).body, first);
  t.equal((await tokens(await visit.exchange(code))).refresh, '', 'the restored grant knows that it is not the first');
});

const allowing = ({ provider: { consentForm } }: Visit): Record<string, string> => ({
  [consentForm.allow.name]: consentForm.allow.value,
});

t.test('a request with more or longer parameters than a grant keeps is refused', async (t) => {
  const visit = open({}, 'asking');
  const fixed = { audience: 'api.asking.example', access_type: 'online', account: 'main' };
  const used = Object.entries(fixed).flat().join('').length + 'constructor'.length;
  const longest = 'x'.repeat(2000 - used);
  const code = await visit.code({ audience: 'api.asking.example', constructor: longest });
  t.equal(visit.realm.codes.get(code)!.grant.parameters?.constructor, longest, 'all are kept');
  const refused = await visit.authorize({ audience: 'api.asking.example', constructor: `${longest}x` });
  t.equal(visit.entry().reason, 'authorize.parameters-too-long');
  t.equal(
    visit.entry().explanation,
    'the provider keeps parameters for later, 4 of this request with 2001 characters (names and values), ' +
      'and at most 20 with 2000 characters; the longest is "constructor"',
  );
  t.equal(location(refused).searchParams.get('error'), 'invalid_request');
  const many = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`p${i}`, {}]));
  Object.assign(visit.realm.parameters, { authorize: many });
  await visit.authorize(Object.fromEntries(Object.keys(many).map((name) => [name, '1'])));
  t.match(visit.entry().explanation, /21 of this request with/);
});

t.test('refreshTokenIssuedIf gives refresh tokens to some clients alone', async (t) => {
  const visit = open({ refreshTokenIssuedIf: [{ client: ['someone-else', 'other-client'] }] });
  t.equal((await tokens(await visit.exchange(await visit.code()))).refresh, '', 'another client');
  const other = { client_id: 'other-client' };
  const exchanged = await visit.exchange(await visit.code(other), { ...other, client_secret: 'other-secret' });
  const { refresh } = await tokens(exchanged);
  t.not(refresh, '');
  const policy = { refreshTokenIssuedIf: [{ client: ['a', 'b'], scope: 's' }] };
  t.match((await call(visit)<{ policy: object }>('PATCH /providers/mailup/policy', policy)).body.policy, policy);
  t.equal(
    (await call(visit)('PATCH /providers/mailup/policy', { refreshTokenIssuedIf: [{ client: [] }] })).status,
    400,
  );
});

t.test('a lifetime of 0s ends what is issued at the instant at which it is issued', async (t) => {
  const visit = open();
  const set = (policy: object) => call(visit)('PATCH /providers/mailup/policy', policy);
  t.equal((await set({ code: '0s' })).status, 200);
  t.equal(await reason(visit, visit.exchange(await visit.code())), 'code.expired');
  await set({ code: '1m', accessToken: '0s', refreshToken: '0s' });
  const exchanged = await visit.exchange(await visit.code());
  t.equal(((await exchanged.clone().json()) as { expires_in: number }).expires_in, 0);
  const { access, refresh } = await tokens(exchanged);
  await visit.fetch('/API/v1.1/Rest/ConsoleService.svc/Console/Authentication/Info', {
    headers: { authorization: `Bearer ${access}` },
  });
  t.equal(visit.entry().reason, 'bearer.expired');
  t.equal(await reason(visit, visit.refresh(refresh)), 'refresh.expired');
  for (const field of ['refreshTokenIdle', 'refreshTokenAbsolute']) {
    await set({ refreshToken: '1h', refreshTokenIdle: 'never', refreshTokenAbsolute: 'never', [field]: '0s' });
    const pair = await tokens(await visit.exchange(await visit.code()));
    t.match(await reason(visit, visit.refresh(pair.refresh)), /^refresh\.(?:expired|idle)$/, field);
  }
  // the same rule in a scenario and in a provider file
  const lifetimes = { code: '0s', accessToken: '0s', refreshToken: '0s', refreshTokenIdle: '0s' };
  const scenario = { providers: { mailup: { policy: lifetimes } } };
  const opened = await adminOf(server.url)('POST /worlds', { scenario });
  t.equal(opened.status, 201, JSON.stringify(opened.body));
  const described = await call(visit)<{ policy: object }>('PUT /providers/zero', { policy: lifetimes });
  t.match(described.body.policy, lifetimes);
});

t.test('the new fields are members of a policy, and come back as they were', async (t) => {
  const visit = open();
  const policy = {
    refreshTokenIdle: '90d',
    refreshTokenAbsolute: '365d',
    refreshGrace: '30m',
    refreshRotationAfter: '1d',
    refreshTokensPerUser: 20,
    accessTokensPerUser: 1,
    refreshTokenIssuedIf: [{ parameter: { access_type: 'offline' } }, { scope: 's' }, { consent: 'first' }],
  };
  const patch = (body: unknown) => call(visit)<{ policy: object }>('PATCH /providers/mailup/policy', body);
  t.match((await patch(policy)).body.policy, policy);
  t.match(visit.realm.policy, { refreshTokenIdleSeconds: 7_776_000, refreshGraceSeconds: 1800 });
  t.match((await patch({ refreshTokensPerUser: 'unlimited' })).body.policy, { refreshTokensPerUser: 'unlimited' });
  t.equal(visit.realm.policy.refreshTokensPerUser, Infinity);
  const { status, body } = await patch({ refreshGrace: 'never' });
  t.equal(status, 400);
  t.match(JSON.stringify(body), /refreshGrace.*a replaced refresh token must end/);
  t.equal((await patch({ refreshTokenIssuedIf: [{}] })).status, 400, 'a condition has a member');
});
