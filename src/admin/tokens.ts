import { Type } from 'typebox';
import { issueTokens, secondsLeft } from '../core/issue.js';
import { openGrant } from '../core/realm.js';
import { revokeToken } from '../core/revoke.js';
import { parseDuration } from '../input/duration.js';
import { Duration } from '../world/scenario/schema/policy.js';
import { AdminError, Empty, Paging, defineRoute, listOf, page } from './route.js';
import { requireClient, requireKnown, requireScopes, requireUser } from './require-known.js';
import { InstantView, TokenView, accessTokenView, instant, refreshTokenView } from './views.js';
import type { Static } from 'typebox';
import type { AccessToken, IssuedTokens, RefreshToken } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { Provider } from '../providers/provider.js';

const path = '/providers/:provider/tokens';
const tag = 'tokens';
const text = Type.String({ minLength: 1, maxLength: 1000 });

const Selection = Type.Object(
  {
    clientId: Type.Optional(text),
    userId: Type.Optional(text),
    kind: Type.Optional(Type.Unsafe<'access' | 'refresh'>({ type: 'string', enum: ['access', 'refresh'] })),
    token: Type.Optional(text),
  },
  { additionalProperties: false },
);

const Mint = Type.Object(
  {
    clientId: text,
    userId: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: "Left out: the client's own token, without a refresh token",
      }),
    ),
    scopes: Type.Optional(Type.Array(text, { maxItems: 100, uniqueItems: true })),
    expiresIn: Type.Optional(
      Type.Union([Duration, Type.Number({ minimum: 0, maximum: 3_153_600_000 })], {
        description: 'a duration such as 15m, or seconds',
      }),
    ),
  },
  { additionalProperties: false },
);

const Minted = Type.Object({
  accessToken: Type.String(),
  refreshToken: Type.Union([Type.String(), Type.Null()]),
  tokenType: Type.Union([Type.String(), Type.Null()], {
    description: "As the provider's token endpoint writes it; null where it writes none",
  }),
  expiresAt: InstantView,
  expiresIn: Type.Union([Type.Number(), Type.Null()]),
  scopes: Type.Array(Type.String()),
  clientId: Type.String(),
  userId: Type.Union([Type.String(), Type.Null()]),
});

function mint(
  { provider, realm }: { provider: Provider; realm: Realm },
  { clientId, userId, scopes, expiresIn }: Static<typeof Mint>,
): object {
  const client = requireClient(realm, clientId);
  const user = userId === undefined ? undefined : requireUser(realm, userId);
  const type = user === undefined ? 'client_credentials' : 'authorization_code';
  const granted = requireScopes(realm, client, type, scopes);
  const at = realm.now();
  const grant = openGrant(realm, { type, client, user, scopes: granted, at });
  const issued = issueTokens(realm, { grant, grantType: type, scopes: granted, at, anew: true });
  const { accessToken, refreshToken } = issued;
  if (expiresIn !== undefined) accessToken.expiresAt = at + toSeconds(expiresIn) * 1000;
  const left = secondsLeft(issued);
  return {
    accessToken: accessToken.token,
    refreshToken: refreshToken?.token ?? null,
    tokenType: tokenTypeOf(provider, issued),
    expiresAt: instant(accessToken.expiresAt),
    expiresIn: Number.isFinite(left) ? left : null,
    scopes: accessToken.scopes,
    clientId: client.id,
    userId: user?.id ?? null,
  };
}

const tokenTypeOf = (provider: Provider, issued: IssuedTokens): string | null =>
  (JSON.parse(provider.tokenAnswer(issued).body) as { token_type?: string }).token_type ?? null;

const toSeconds = (given: string | number): number =>
  typeof given === 'number' ? given : (parseDuration(given) as number);

/** Tokens of the asked-for kind, client, user or text; a user may be named by id or username. */
function* select(
  realm: Realm,
  { clientId, userId, kind, token }: Static<typeof Selection>,
): Generator<AccessToken | RefreshToken> {
  const person = userId === undefined ? undefined : (realm.user(userId)?.id ?? userId);
  const all = [
    ...(kind === 'refresh' ? [] : [realm.accessTokens]),
    ...(kind === 'access' ? [] : [realm.refreshTokens]),
  ];
  for (const map of all) {
    for (const each of token === undefined ? map.values() : [map.get(token)]) {
      if (each === undefined) continue;
      if (
        (clientId ?? each.grant.clientId) === each.grant.clientId &&
        (person ?? each.grant.userId) === each.grant.userId
      ) {
        yield each;
      }
    }
  }
}

const view = (realm: Realm, token: AccessToken | RefreshToken): object =>
  'accessToken' in token ? refreshTokenView(realm, token) : accessTokenView(realm, token);

function find(realm: Realm, token: string): AccessToken | RefreshToken {
  const found = realm.accessTokens.get(token) ?? realm.refreshTokens.get(token);
  if (found === undefined) throw new AdminError(404, 'Unknown token', 'There is no such token here.');
  return found;
}

/** Tokens: seen, minted without a browser, expired, revoked. */
export const tokenRoutes = [
  defineRoute({
    method: 'GET',
    path,
    tag,
    summary: 'List tokens',
    query: Type.Object({ ...Selection.properties, ...Paging }, { additionalProperties: false }),
    answers: { 200: listOf('tokens', TokenView) },
    handle({ provider, query }) {
      const { realm } = provider();
      const { items, total } = page([...select(realm, query)], query);
      return { tokens: items.map((token) => view(realm, token)), total };
    },
  }),
  defineRoute({
    method: 'POST',
    path,
    tag,
    summary: 'Mint a pair without a browser',
    body: Mint,
    answers: { 201: Minted },
    handle({ provider, body, reply }) {
      const minted = mint(provider(), body);
      reply.code(201);
      return minted;
    },
  }),
  defineRoute({
    method: 'POST',
    path: `${path}/expire`,
    tag,
    summary: 'Let tokens expire now: all, or those that match',
    body: Selection,
    answers: { 200: Type.Object({ expired: Type.Integer() }) },
    handle({ provider, body }) {
      const { realm } = provider();
      const alive = requireKnown(realm, body, select(realm, body)).filter(
        ({ expiresAt }) => expiresAt > realm.checkedAt(),
      );
      for (const token of alive) token.expiresAt = realm.checkedAt();
      return { expired: alive.length };
    },
  }),
  defineRoute({
    method: 'POST',
    path: `${path}/revoke`,
    tag,
    summary: 'Revoke tokens: all, or those that match',
    body: Selection,
    answers: { 200: Type.Object({ revoked: Type.Integer() }) },
    handle({ provider, body }) {
      const { realm } = provider();
      const alive = requireKnown(realm, body, select(realm, body)).filter(({ revokedAt }) => revokedAt === undefined);
      for (const token of alive) revokeToken(token, realm.now(), 'the admin API revoked it');
      return { revoked: alive.length };
    },
  }),
  defineRoute({
    method: 'GET',
    path: `${path}/:token`,
    tag,
    summary: 'Read a token',
    answers: { 200: TokenView },
    handle({ provider, params }) {
      const { realm } = provider();
      return view(realm, find(realm, params.token));
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: `${path}/:token`,
    tag,
    summary: 'Revoke a token',
    answers: { 204: Empty },
    handle({ provider, params }) {
      const { realm } = provider();
      revokeToken(find(realm, params.token), realm.now(), 'the admin API revoked it');
    },
  }),
];
