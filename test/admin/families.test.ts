import t from 'tap';
import { demo, startServer } from '../support.js';
import { adminOf, frozen } from './calls.js';
import type { CodeInfo, Family, MintedTokens, TokenInfo, WorldInfo } from '../../src/client/index.js';
import type { Call } from './calls.js';

const server = await startServer();
t.teardown(() => server.close());
const admin = adminOf(server.url);

const pair = { clientId: demo.id, userId: demo.username };
const secondsAfterStart = (seconds: number): object => ({ to: new Date(Date.parse(frozen.now) + seconds * 1000) });

async function freshWorld(id: string): Promise<Call> {
  await admin(`PUT /worlds/${id}`, { clock: frozen });
  return adminOf(`${server.url}/w/${id}`);
}

const mint = async (call: Call, provider: string, more: object = {}): Promise<MintedTokens> =>
  (await call<MintedTokens>(`POST /providers/${provider}/tokens`, { ...pair, ...more })).body;

const idsOf = async (call: Call, query: string): Promise<string[]> =>
  (await call<{ families: Family[] }>(`GET /lineage?${query}`)).body.families.map(({ id }) => id);

const listed = async (call: Call, provider: string, grantId: string): Promise<TokenInfo[]> =>
  (await call<{ tokens: TokenInfo[] }>(`GET /providers/${provider}/tokens?grantId=${grantId}`)).body.tokens;

t.test('tokens are listed, expired and revoked by their family', async (t) => {
  const call = await freshWorld('by-family');
  const first = await mint(call, 'mailup');
  const second = await mint(call, 'mailup');
  t.same(
    (await listed(call, 'mailup', first.grantId)).map(({ token }) => token),
    [first.accessToken, first.refreshToken],
  );
  t.same((await call('POST /providers/mailup/tokens/expire', { grantId: first.grantId })).body, { expired: 2 });
  t.same((await call('POST /providers/mailup/tokens/revoke', { grantId: second.grantId, kind: 'access' })).body, {
    revoked: 1,
  });
  t.same(
    (await listed(call, 'mailup', second.grantId)).map(({ status }) => status),
    ['revoked', 'live'],
  );
  t.same((await call('POST /providers/mailup/tokens/revoke', { grantId: 'unknown' })).body, { revoked: 0 });
});

t.test('codes are listed and expired by their family', async (t) => {
  const call = await freshWorld('codes-by-family');
  const codes = [];
  for (let i = 0; i < 2; i += 1) codes.push((await call<CodeInfo>('POST /providers/mailup/codes', pair)).body);
  const grantId = codes[1]!.grantId;
  t.same((await call('POST /providers/mailup/codes/expire', { grantId })).body, { expired: 1 });
  t.match((await call(`GET /providers/mailup/codes?grantId=${grantId}`)).body, {
    codes: [{ code: codes[1]!.code, status: 'expired' }],
    total: 1,
  });
});

t.test('a token and a code have the fingerprint that the lineage shows', async (t) => {
  const call = await freshWorld('fingerprints');
  const { accessToken, grantId } = await mint(call, 'mailup');
  const code = (await call<CodeInfo>('POST /providers/mailup/codes', pair)).body;
  const { families } = (await call<{ families: Family[] }>('GET /lineage')).body;
  t.match(
    await listed(call, 'mailup', grantId),
    families.find(({ id }) => id === grantId)!.tokens.map(({ token }) => ({ fingerprint: token })),
  );
  t.match((await call(`GET /providers/mailup/tokens/${accessToken}`)).body, { fingerprint: /^fp:[0-9a-f]{12}$/ });
  t.equal(families.find(({ id }) => id === code.grantId)!.code!.code, code.fingerprint);
  t.match((await call('GET /providers/mailup/codes')).body, { codes: [{ fingerprint: code.fingerprint }] });
});

t.test('families are listed the newest first', async (t) => {
  const call = await freshWorld('newest');
  const ids: string[] = [];
  for (const [provider, seconds] of [
    ['tinyemail', 0],
    ['mailup', 60],
    ['mailup', 60],
    ['dottedsign', 120],
  ] as const) {
    await call('POST /clock/advance', secondsAfterStart(seconds));
    ids.push((await mint(call, provider)).grantId);
  }
  t.same(await idsOf(call, 'order=newest'), ids.toReversed());
  t.same(await idsOf(call, 'order=newest&limit=1&offset=1'), [ids[2]]);
  t.same(await idsOf(call, 'order=newest&provider=mailup'), [ids[2], ids[1]]);
  t.same(new Set(await idsOf(call, 'order=oldest')), new Set(ids));
});

t.test('families are found by a part of a text, and by a whole token or code', async (t) => {
  const call = await freshWorld('texts');
  const { accessToken, refreshToken, grantId } = await mint(call, 'dottedsign');
  const own = (await call<CodeInfo>('POST /providers/mailup/codes', { ...pair, userId: 'grace@example.test' })).body;
  await call('PATCH /providers/tinyemail/policy', { grants: ['client_credentials'] });
  const alone = await mint(call, 'tinyemail', { userId: undefined });
  const [{ fingerprint, scopes }] = (await listed(call, 'dottedsign', grantId)) as [TokenInfo];
  for (const text of [
    accessToken,
    ` ${refreshToken!}\n`,
    fingerprint,
    fingerprint.slice(4, -2),
    grantId.toUpperCase(),
  ]) {
    t.same(await idsOf(call, `text=${encodeURIComponent(text)}`), [grantId], text);
  }
  t.same(await idsOf(call, `text=${own.code}`), [own.grantId]);
  t.same(await idsOf(call, 'text=GRACE'), [own.grantId]);
  t.ok((await idsOf(call, `text=${scopes[0]!}`)).includes(grantId));
  t.equal((await idsOf(call, `text=${demo.id}`)).length, 3);
  t.same(await idsOf(call, 'text=nobody'), []);
  t.same(await idsOf(call, `text=${alone.accessToken}`), [alone.grantId]);
});

t.test('a list has as many uses of each token as the caller wants, the latest ones', async (t) => {
  const call = await freshWorld('uses');
  const { accessToken } = await mint(call, 'dottedsign');
  const { apiUrl } = (await admin<WorldInfo>('GET /worlds/uses')).body.providers.dottedsign;
  for (let i = 0; i < 3; i += 1) {
    await fetch(`${apiUrl}/members/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  }
  await call('POST /providers/mailup/codes', pair);
  const entriesOf = async (query: string): Promise<number[]> => {
    const { families } = (await call<{ families: Family[] }>(`GET /lineage?order=newest&live=access&${query}`)).body;
    t.equal(families[0]!.tokens[0]!.useCount, 3);
    return families[0]!.tokens[0]!.uses.map(({ entry }) => entry);
  };
  t.same(await entriesOf(''), [1, 2, 3]);
  t.same(await entriesOf('uses=2'), [2, 3]);
  t.same(await entriesOf('uses=0'), []);
  t.match((await call('GET /lineage?uses=0&live=code')).body, { families: [{ code: { useCount: 0, uses: [] } }] });
});

t.test('families are found by what is valid now', async (t) => {
  const call = await freshWorld('live');
  const { grantId } = await mint(call, 'mailup', { expiresIn: '15m' });
  const code = (await call<CodeInfo>('POST /providers/mailup/codes', { ...pair, expiresIn: '30s' })).body;
  t.same(await idsOf(call, 'live=code'), [code.grantId]);
  t.same(await idsOf(call, 'live=access'), [grantId]);
  t.same(new Set(await idsOf(call, 'live=any')), new Set([grantId, code.grantId]));
  await call('POST /clock/advance', { by: '30s' });
  t.same(await idsOf(call, 'live=code'), []);
  t.match((await call(`GET /lineage?id=${code.grantId}`)).body, { families: [{ code: { status: 'expired' } }] });
  await call('POST /clock/advance', { by: '15m' });
  t.same(await idsOf(call, 'live=access'), []);
  t.same(await idsOf(call, 'live=refresh'), [grantId]);
  await call('POST /providers/mailup/tokens/revoke', { grantId });
  t.same(await idsOf(call, 'live=any'), []);
  t.match((await call('GET /lineage?live=all')).body, { status: 400 });
});
