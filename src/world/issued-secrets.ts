import type { Realm } from '../core/realm.js';

/** Whether a realm issued a value as a token, code or session, or has a client with this secret. */
export function isSecretOf(realm: Realm, value: string): boolean {
  const { accessTokens, refreshTokens, codes, sessions, clients } = realm;
  return (
    [accessTokens, refreshTokens, codes, sessions].some((issued) => issued.has(value)) ||
    [...clients.values()].some(({ secret }) => secret !== '' && secret === value)
  );
}
