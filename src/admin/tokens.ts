import { statusOf } from '../core/issue.js';
import { revokeToken } from '../core/revoke.js';
import { inSlices } from '../world/slices.js';
import { AdminError } from './admin-error.js';
import { mintTokens } from './mint-tokens.js';
import { page } from './paging.js';
import { requireKnown } from './require-known.js';
import { NoContent, defineRoute } from './route.js';
import {
  ExpiredCountView,
  MintTokensBody,
  MintedTokensView,
  RevokedCountView,
  TokenSelectionSchema,
  TokenView,
  TokensQuery,
  TokensView,
} from './schemas/tokens.js';
import { isSelected, selectInSteps } from './selection.js';
import { tokenView } from './token-view.js';
import type { AccessToken, RefreshToken } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { TokenSelection } from './schemas/tokens.js';

const path = '/providers/:provider/tokens';
const tag = 'tokens';
const revokedBecause = 'the admin API revoked it';

function findToken(realm: Realm, token: string): AccessToken | RefreshToken {
  const found = realm.accessTokens.get(token) ?? realm.refreshTokens.get(token);
  if (found === undefined) throw new AdminError(404, 'Unknown token', 'This realm does not have this token.');
  return found;
}

type Token = AccessToken | RefreshToken;

/** The tokens of the selected kind, or the one of this text: access tokens before refresh tokens, in order of issue. */
function* tokensOf({ accessTokens, refreshTokens }: Realm, { kind, token }: TokenSelection): Iterable<Token> {
  for (const map of [...(kind === 'refresh' ? [] : [accessTokens]), ...(kind === 'access' ? [] : [refreshTokens])]) {
    if (token === undefined) yield* map.values();
    else yield* [map.get(token)].filter((found) => found !== undefined);
  }
}

const selectTokens = (realm: Realm, selection: TokenSelection): Token[] =>
  [...tokensOf(realm, selection)].filter(isSelected(realm, selection));

/** Calls that show tokens, mint them without a browser, expire and revoke them. */
export const tokenRoutes = [
  defineRoute({
    method: 'GET',
    path,
    tag,
    summary: 'List tokens',
    query: TokensQuery,
    answers: { 200: TokensView },
    async handle({ world, provider, query }) {
      const { realm } = provider();
      const isMatch = isSelected(realm, query);
      const isWanted = (token: Token): boolean =>
        isMatch(token) && (query.status === undefined || query.status === statusOf(realm, token));
      const selected = await inSlices(selectInSteps(tokensOf(realm, query), isWanted));
      const { items, total } = page(selected, query);
      return { tokens: items.map((token) => tokenView(realm, token, world.fingerprintKey)), total };
    },
  }),
  defineRoute({
    method: 'POST',
    path,
    tag,
    summary: 'Mint a pair of tokens without a browser',
    body: MintTokensBody,
    answers: { 201: MintedTokensView },
    handle({ provider, body, reply }) {
      const minted = mintTokens(provider(), body);
      reply.code(201);
      return minted;
    },
  }),
  defineRoute({
    method: 'POST',
    path: `${path}/expire`,
    tag,
    summary: 'Expire tokens now: all, or those that match',
    body: TokenSelectionSchema,
    answers: { 200: ExpiredCountView },
    handle({ provider, body }) {
      const { realm } = provider();
      const alive = requireKnown(realm, body, selectTokens(realm, body)).filter(
        ({ expiresAt }) => expiresAt > realm.checkedAt(),
      );
      for (const token of alive) {
        token.expiresAt = realm.checkedAt();
        // it ends by this call, and not because it was not used
        if ('endsAt' in token) token.endsAt = token.expiresAt;
      }
      return { expired: alive.length };
    },
  }),
  defineRoute({
    method: 'POST',
    path: `${path}/revoke`,
    tag,
    summary: 'Revoke tokens: all, or those that match',
    body: TokenSelectionSchema,
    answers: { 200: RevokedCountView },
    handle({ provider, body }) {
      const { realm } = provider();
      const alive = requireKnown(realm, body, selectTokens(realm, body)).filter(
        ({ revokedAt }) => revokedAt === undefined,
      );
      for (const token of alive) revokeToken(token, realm.now(), revokedBecause);
      return { revoked: alive.length };
    },
  }),
  defineRoute({
    method: 'GET',
    path: `${path}/:token`,
    tag,
    summary: 'Read a token',
    answers: { 200: TokenView },
    handle({ world, provider, params }) {
      const { realm } = provider();
      return tokenView(realm, findToken(realm, params.token), world.fingerprintKey);
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: `${path}/:token`,
    tag,
    summary: 'Revoke a token',
    answers: { 204: NoContent },
    handle({ provider, params }) {
      const { realm } = provider();
      revokeToken(findToken(realm, params.token), realm.now(), revokedBecause);
      return null;
    },
  }),
];
