import { isAlive } from './issue.js';
import { revokeToken } from './revoke.js';
import type { AccessToken, Instant, IssuedTokens, RefreshToken } from './model.js';
import type { Realm } from './realm.js';

/** The live tokens of each client and user, oldest first. Tokens that ended since they were added can be among them. */
export type TokensPerUser<T> = Map<string, T[]>;

/** Second access tokens are counted by themselves: one answer can have one of each. */
const keyOf = ({ grant: { clientId, userId }, isSecond }: AccessToken | RefreshToken): string =>
  JSON.stringify([clientId, userId, isSecond]);

/**
 * Ends the oldest tokens of a client and user beyond the limits of the policy (`refreshTokensPerUser`,
 * `accessTokensPerUser`). A client without a user counts as one user.
 *
 * @param issued tokens that were issued just now, or returned again
 * @param log receives a sentence for each kind of which tokens were ended
 */
export function limitTokensPerUser(realm: Realm, issued: IssuedTokens, log?: { note(text: string): void }): void {
  const { accessToken, refreshToken, at } = issued;
  const { accessTokensPerUser, refreshTokensPerUser } = realm.policy;
  const { perUser } = realm;
  if (accessTokensPerUser === Infinity && refreshTokensPerUser === Infinity) {
    perUser.access = undefined;
    perUser.refresh = undefined;
    return;
  }
  if (issued.second !== undefined) limitTokensPerUser(realm, { ...issued, ...issued.second, second: undefined }, log);
  const limited = <T extends AccessToken | RefreshToken>(
    name: string,
    limit: number,
    known: TokensPerUser<T> | undefined,
    all: () => Iterable<T>,
    token: T,
  ): TokensPerUser<T> | undefined => {
    if (limit === Infinity) return undefined;
    const tokens = known ?? indexed(realm, all());
    const count = endOldest(realm, { tokens, token, name, limit, at });
    if (count > 0) log?.note(`${count} older ${name} ended: the policy allows ${limit} of one client and user`);
    return tokens;
  };
  const { accessTokens, refreshTokens } = realm;
  perUser.access = limited(
    'access tokens',
    accessTokensPerUser,
    perUser.access,
    () => accessTokens.values(),
    accessToken,
  );
  if (refreshToken === undefined) return;
  perUser.refresh = limited(
    'refresh tokens',
    refreshTokensPerUser,
    perUser.refresh,
    () => refreshTokens.values(),
    refreshToken,
  );
}

/** Finds the live tokens of each client and user once: a policy that limits them can come later than the tokens. */
function indexed<T extends AccessToken | RefreshToken>(realm: Realm, all: Iterable<T>): TokensPerUser<T> {
  const tokens: TokensPerUser<T> = new Map();
  for (const token of all) if (isAlive(realm, token)) add(tokens, token);
  return tokens;
}

function add<T extends AccessToken | RefreshToken>(tokens: TokensPerUser<T>, token: T): T[] {
  const key = keyOf(token);
  const own = tokens.get(key) ?? [];
  // a policy can return the same token again
  if (!own.includes(token)) own.push(token);
  tokens.set(key, own);
  return own;
}

function endOldest<T extends AccessToken | RefreshToken>(
  realm: Realm,
  { tokens, token, name, limit, at }: { tokens: TokensPerUser<T>; token: T; name: string; limit: number; at: Instant },
): number {
  const own = add(tokens, token);
  if (own.length <= limit) return 0;
  const live = own.filter((each) => isAlive(realm, each));
  const ended = live.slice(0, Math.max(0, live.length - limit));
  const because = `a newer one came, and the policy allows ${limit} ${name} of one client and user`;
  for (const each of ended) revokeToken(each, at, because);
  tokens.set(keyOf(token), live.slice(ended.length));
  return ended.length;
}
