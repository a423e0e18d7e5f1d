import t from 'tap';
import { lineage } from '../../src/findings/lineage.js';
import { atOnce, startServer } from '../support.js';
import { Stage, fresh } from './stage.js';
import type { Family, TokenHistory } from '../../src/findings/family.js';

const server = await startServer();
t.teardown(() => server.close());

function staged(provider: string, secrets: 'plain' | 'fingerprint' = 'plain'): Stage {
  const stage = new Stage(server, provider, { journal: { secrets } });
  t.teardown(() => {
    stage.close();
  });
  return stage;
}

const ofKind = ({ tokens }: Family, kind: TokenHistory['kind']): TokenHistory[] =>
  tokens.filter((token) => token.kind === kind);

t.test('a family shows the tokens of a code, their replacements and their uses', async (t) => {
  const stage = staged('mailup');
  const at = new Date(stage.world.clock.now()).toISOString();
  const first = await stage.signIn();
  await stage.call(first.access_token);
  stage.advance(60);
  const later = new Date(stage.world.clock.now()).toISOString();
  const { body: second } = await stage.refresh(first.refresh_token);
  await stage.call(second.access_token);

  const [family, ...others] = atOnce(lineage(stage.world));
  t.same(others, []);
  t.match(family, {
    provider: 'mailup',
    grantType: 'authorization_code',
    clientId: 'understudy-client',
    userId: 'ada@example.test',
    createdAt: at,
    revokedAt: null,
    because: null,
  });
  t.match(family!.code, { issuedAt: at, spentAt: at, uses: [{ entry: 2, at, endpoint: 'token', status: 200 }] });
  t.match(ofKind(family!, 'access'), [
    {
      token: first.access_token,
      status: 'live',
      boughtBy: 2,
      boughtWith: null,
      replacedBy: second.access_token,
      uses: [{ entry: 3, endpoint: 'resource', status: 200 }],
    },
    {
      token: second.access_token,
      status: 'live',
      boughtBy: 4,
      boughtWith: first.refresh_token,
      replacedBy: null,
      issuedAt: later,
      uses: [{ entry: 5, at: later }],
    },
  ]);
  t.match(ofKind(family!, 'refresh'), [
    {
      token: first.refresh_token,
      status: 'replaced',
      expiresAt: null,
      boughtBy: 2,
      replacedBy: second.refresh_token,
      uses: [{ entry: 4, at: later, endpoint: 'token' }],
    },
    {
      token: second.refresh_token,
      status: 'live',
      boughtBy: 4,
      boughtWith: first.refresh_token,
      replacedBy: null,
      uses: [],
    },
  ]);
});

t.test('replacements are shown also if the old refresh token stays valid or is kept', async (t) => {
  const dottedsign = staged('dottedsign');
  const first = await dottedsign.signIn();
  const { body: second } = await dottedsign.refresh(first.refresh_token);
  t.match(ofKind(atOnce(lineage(dottedsign.world))[0]!, 'refresh'), [
    { token: first.refresh_token, status: 'live', replacedBy: second.refresh_token },
    { token: second.refresh_token, replacedBy: null },
  ]);

  const tinyemail = staged('tinyemail');
  const kept = await tinyemail.signIn();
  const { body: newer } = await tinyemail.refresh(kept.refresh_token);
  const [family] = atOnce(lineage(tinyemail.world));
  t.match(ofKind(family!, 'refresh'), [
    { token: kept.refresh_token, status: 'live', replacedBy: null, uses: [{ entry: 3 }] },
  ]);
  t.match(ofKind(family!, 'access'), [
    { token: kept.access_token, status: 'revoked', replacedBy: newer.access_token },
    { token: newer.access_token, status: 'live' },
  ]);
});

t.test('a token whose issue is not in the journal has no origin, and its end is shown', async (t) => {
  const stage = staged('mailup');
  const { refresh_token } = await stage.signIn();
  const { body } = await stage.refresh(refresh_token);
  stage.world.journal.clear();
  t.match(ofKind(atOnce(lineage(stage.world))[0]!, 'refresh'), [
    { token: refresh_token, boughtBy: null, replacedBy: body.refresh_token, uses: [] },
    { boughtBy: null },
  ]);
  const { body: third } = await stage.refresh(body.refresh_token);
  t.match(ofKind(atOnce(lineage(stage.world))[0]!, 'refresh')[1], {
    boughtBy: null,
    replacedBy: third.refresh_token,
    uses: [{ endpoint: 'token' }],
  });
  stage.advance(3600);
  t.same(
    ofKind(atOnce(lineage(stage.world))[0]!, 'access').map(({ status }) => status),
    ['expired', 'expired', 'expired'],
  );
});

t.test(
  'a code that was not exchanged is a family without tokens; client credentials are a family without a code',
  async (t) => {
    const stage = staged('dottedsign');
    await stage.authorize();
    await stage.token({ grant_type: 'client_credentials' });
    t.match(atOnce(lineage(stage.world)), [
      { code: { spentAt: null, uses: [] }, tokens: [] },
      { grantType: 'client_credentials', userId: null, code: null, tokens: [{ kind: 'access', boughtWith: null }] },
    ]);
  },
);

t.test('a revoked family has a reason; introspection and revocation count as uses', async (t) => {
  const stage = staged('dottedsign');
  const { access_token } = await stage.signIn();
  await stage.send(`${stage.urls.baseUrl}/v1/oauth/revoke`, {
    method: 'POST',
    form: { token: String(access_token), client_id: 'understudy-client', client_secret: 'understudy-secret' },
  });
  stage.fault({ match: { endpoint: 'resource' }, fault: { kind: 'cut' } });
  await stage.call(access_token).catch(() => undefined);
  const [access] = ofKind(atOnce(lineage(stage.world))[0]!, 'access');
  t.match(access, {
    status: 'revoked',
    uses: [
      { endpoint: 'revoke', status: 200 },
      { endpoint: 'resource', status: null },
    ],
  });
  for (const { grant } of stage.realm.codes.values()) {
    Object.assign(grant, { revokedAt: stage.world.clock.now(), revokedBecause: 'a test' });
  }
  t.match(atOnce(lineage(stage.world)), [{ because: 'a test', revokedAt: /Z$/ }]);
});

t.test('tokens are fingerprints as in the journal, and the admin API answers the lineage', async (t) => {
  const stage = staged('dottedsign', 'fingerprint');
  const { access_token } = await stage.signIn();
  await stage.authorize({ state: fresh() });
  const ask = async (query: string): Promise<{ families: Family[]; total: number }> =>
    (await (await fetch(`${server.url}/w/${stage.world.id}/__admin/lineage${query}`)).json()) as {
      families: Family[];
      total: number;
    };
  const { families, total } = await ask('');
  t.equal(total, 2);
  t.match(families[0]!.tokens[0]!.token, /^fp:[0-9a-f]{12}$/);
  t.notMatch(JSON.stringify(families), String(access_token));
  t.same((await ask('?limit=1')).families.length, 1);
  t.same(
    (await ask(`?id=${families[1]!.id}`)).families.map(({ id }) => id),
    [families[1]!.id],
  );
  t.match(await ask('?provider=dotedsign'), {
    status: 400,
    errors: [{ path: 'provider', message: /did you mean "dottedsign"/ }],
  });
  t.same((await ask('?provider=dottedsign&clientId=understudy-client&userId=nobody')).total, 0);
});
