import t from 'tap';
import {
  endedWords,
  listOf,
  selectionOf,
  selectionWords,
  totalOf,
} from '../../src/panel/views/tokens/bulk-selection.js';
import {
  causeOf,
  grantWords,
  liveCount,
  livesOf,
  revokeWarning,
  useWords,
} from '../../src/panel/views/tokens/family-text.js';
import { mintBody } from '../../src/panel/views/tokens/mint-body.js';
import { stepsOf } from '../../src/panel/views/tokens/steps.js';
import { holderOf } from '../../src/panel/parts/holder.js';
import type { CodeLine, Family, TokenLine } from '../../src/client/index.js';

const at = '2026-01-01T00:00:00.000Z';

/** A token `name`, whose first letter is its kind: `a1` or `r1`. */
const token = (name: string, boughtBy: number | null, more: Partial<TokenLine> = {}): TokenLine => ({
  kind: name.startsWith('a') ? 'access' : 'refresh',
  token: name,
  status: 'live',
  scopes: [],
  issuedAt: boughtBy === null ? at : new Date(Date.parse(at) + boughtBy * 1000).toISOString(),
  expiresAt: null,
  boughtBy,
  boughtWith: null,
  replacedBy: null,
  useCount: 0,
  uses: [],
  ...more,
});
const pair = (number: number, entry: number, boughtWith: string | null = null): TokenLine[] => [
  token(`r${number}`, entry, { boughtWith }),
  token(`a${number}`, entry, { boughtWith }),
];
const code: CodeLine = { code: 'c', status: 'spent', issuedAt: at, expiresAt: at, spentAt: at, useCount: 0, uses: [] };
const family = (tokens: TokenLine[], more: Partial<Family> = {}): Family => ({
  id: 'f',
  provider: 'mailup',
  grantType: 'authorization_code',
  clientId: 'app',
  userId: 'ada',
  scopes: [],
  createdAt: at,
  revokedAt: null,
  because: null,
  code,
  tokens,
  ...more,
});
const drawn = (tokens: TokenLine[]): string[] =>
  stepsOf({ tokens }).map((step) => `${'  '.repeat(step.level)}${step.tokens.map((each) => each.token).join(' ')}`);

t.test('a chain of refreshes stays on one level', async (t) => {
  t.same(drawn([...pair(1, 1), ...pair(2, 2, 'r1'), ...pair(3, 3, 'r2')]), ['a1 r1', 'a2 r2', 'a3 r3']);
  const long = [...Array(20_000).keys()].flatMap((i) => pair(i, i + 1, i === 0 ? null : `r${i - 1}`));
  const steps = stepsOf({ tokens: long });
  t.equal(steps.length, 20_000);
  t.equal(steps.at(-1)?.level, 0);
});

t.test('a refresh token that is used again opens a branch: the shorter one is deeper', async (t) => {
  const tokens = [...pair(1, 1), ...pair(2, 2, 'r1'), ...pair(3, 3, 'r2'), ...pair(4, 4, 'r1')];
  t.same(drawn(tokens), ['a1 r1', '  a4 r4', 'a2 r2', 'a3 r3']);
  t.same(
    stepsOf({ tokens }).map(({ isAgain }) => isAgain),
    [false, true, false, false],
  );
  t.same(drawn([...pair(1, 1), ...pair(2, 2, 'r1'), ...pair(3, 3, 'r1')]), ['a1 r1', '  a2 r2', 'a3 r3']);
});

t.test('a refresh token that is kept buys access tokens on one level', async (t) => {
  const tokens = [...pair(1, 1), ...[2, 3, 4].map((n) => token(`a${n}`, n, { boughtWith: 'r1' }))];
  t.same(drawn(tokens), ['a1 r1', 'a2', 'a3', 'a4']);
  t.notOk(stepsOf({ tokens }).some(({ isAgain }) => isAgain));
});

t.test('what an answer that was lost issued is below the token that it replaced', async (t) => {
  const tokens = [
    token('r1', 1, { replacedBy: 'r2' }),
    token('a1', 1),
    token('a2', null, { issuedAt: '2026-01-01T00:01:00.000Z' }),
    token('r2', null, { issuedAt: '2026-01-01T00:01:00.000Z' }),
  ];
  t.match(stepsOf({ tokens }), [
    { entry: 1, boughtWith: null },
    { entry: null, boughtWith: 'r1', level: 0 },
  ]);
});

t.test('tokens of an unknown refresh, or of itself, are bought by the grant', async (t) => {
  t.same(drawn([...pair(1, 1), ...pair(2, 2, 'unknown'), ...pair(3, 3, 'r3')]), ['a1 r1', 'a2 r2', 'a3 r3']);
});

t.test('what bought the tokens of a step', async (t) => {
  const [first, second] = stepsOf({ tokens: [...pair(1, 1), ...pair(2, 2, 'r1')] });
  t.equal(causeOf(first!, { code, grantType: 'authorization_code' }), 'Exchange of the code');
  t.equal(causeOf(first!, { code: null, grantType: 'password' }), 'Password grant');
  t.equal(causeOf(second!, { code, grantType: 'authorization_code' }), 'Refresh');
  const unknown = { ...first!, entry: null };
  t.equal(causeOf(unknown, { code: null, grantType: 'client_credentials' }), 'Minted without a request');
  t.match(causeOf(unknown, { code, grantType: 'authorization_code' }), /the journal does not have/);
  t.equal(grantWords('urn:own'), 'urn:own');
});

t.test('a line about a family shows its code, or else its latest tokens', async (t) => {
  t.same(livesOf(family([], { code: null })), []);
  t.match(livesOf(family([])), [{ name: 'code', life: { status: 'spent' } }]);
  const waiting = { ...code, status: 'live' as const };
  t.match(livesOf(family([], { code: waiting })), [{ life: { status: 'live' } }]);
  t.match(
    livesOf(family([token('a1', 1), token('a2', 2, { status: 'expired' }), token('r1', 1, { status: 'revoked' })])),
    [
      { name: 'access', life: { token: 'a1' } },
      { name: 'refresh', life: { token: 'r1' } },
    ],
  );
  t.match(livesOf(family([token('a1', 1)])), [{ name: 'access' }]);
});

t.test('a confirmation says what ends', async (t) => {
  const over = token('a1', 1, { status: 'expired' });
  const waiting = { ...code, status: 'live' as const };
  t.equal(revokeWarning(family([over])), 'No token of this family is valid any more.');
  t.equal(revokeWarning(family(pair(1, 1))), 'This ends 2 valid tokens. app for ada must be authorized again.');
  t.match(revokeWarning(family([over], { code: waiting })), /^This ends a code that was not used yet\./);
  t.match(
    revokeWarning(family(pair(1, 1), { code: waiting, userId: null })),
    /2 valid tokens and a code .* app must be/,
  );
  t.equal(revokeWarning(family([], { code: null })), 'No token of this family is valid any more.');
  t.equal(liveCount(family(pair(1, 1)), 'access'), 1);
  t.equal(holderOf({ clientId: 'app', userId: null }), 'app');
  t.equal(useWords('token', null), 'token no answer');
  t.equal(useWords('resource', 200), 'resource 200');
});

t.test('tokens to mint: what is empty is left out', async (t) => {
  t.same(mintBody({ clientId: 'app', userId: '', scopes: ' ', expiresIn: '' }), { clientId: 'app' });
  t.same(mintBody({ clientId: 'app', userId: 'ada', scopes: 'read  write', expiresIn: ' 15m ' }), {
    clientId: 'app',
    userId: 'ada',
    scopes: ['read', 'write'],
    expiresIn: '15m',
  });
  t.match(mintBody({ clientId: 'app', userId: '', scopes: '', expiresIn: '900' }), { expiresIn: 900 });
});

t.test('many codes or tokens that are ended together', async (t) => {
  const all = { what: 'tokens', provider: '', client: '', user: '' } as const;
  t.same(selectionOf(all), {});
  t.same(selectionOf({ ...all, what: 'access', client: 'app', user: 'ada' }), {
    clientId: 'app',
    userId: 'ada',
    kind: 'access',
  });
  t.same(selectionOf({ ...all, what: 'refresh' }), { kind: 'refresh' });
  t.equal(listOf(all), 'tokens');
  t.equal(listOf({ ...all, what: 'code' }), 'codes');
  t.equal(selectionWords(all, totalOf(undefined)), 'Counting…');
  t.equal(selectionWords(all, totalOf([])), 'Counting…', 'the providers are not read yet');
  t.equal(totalOf([{ total: 2 }, { total: 0 }, { total: 3 }]), 5);
  t.equal(selectionWords(all, 0), 'Nothing valid matches.');
  t.equal(selectionWords(all, 1), 'Selected: 1 valid token of every client at all providers.');
  t.equal(
    selectionWords({ what: 'access', provider: 'mailup', client: 'app', user: 'ada' }, 2),
    'Selected: 2 valid access tokens of app for ada at mailup.',
  );
  t.equal(endedWords(all, 'expire', 1), 'Expired 1 token');
  t.equal(endedWords({ ...all, what: 'refresh' }, 'revoke', 2), 'Revoked 2 refresh tokens');
});
