import { refuse } from './errors.js';
import type { Client, GrantType } from './model.js';
import type { Realm } from './realm.js';

// RFC 6749 §3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ), separated by single spaces.
const wellFormed = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/;

/** Splits a scope parameter. An empty one counts as not sent, because client libraries send it that way. */
export function parseScope(scope: string | undefined): string[] | undefined {
  if (scope === undefined || scope === '') return undefined;
  if (!wellFormed.test(scope)) throw refuse('scope.malformed', { scope });
  return [...new Set(scope.split(' '))];
}

/** All scopes that this client may be granted through this grant type. */
export function openScopes(realm: Realm, client: Client, grantType: GrantType): readonly string[] {
  const known = realm.openScopes.get(client) ?? new Map<GrantType, readonly string[]>();
  const open = known.get(grantType) ?? namesOf(realm, client, grantType);
  // Tokens share one list, which saves memory when there are many.
  realm.openScopes.set(client, known.set(grantType, open));
  return open;
}

function namesOf(realm: Realm, client: Client, grantType: GrantType): readonly string[] {
  return Object.entries(realm.scopes)
    .filter(([name, scope]) => (client.scopes?.includes(name) ?? true) && (scope.grants?.includes(grantType) ?? true))
    .map(([name]) => name);
}

/** The scopes to grant: those that the request names, or the policy's default if it names none. */
export function resolveScopes(
  realm: Realm,
  client: Client,
  grantType: GrantType,
  scope: string | undefined,
): readonly string[] {
  const open = openScopes(realm, client, grantType);
  if (realm.policy.scopeParameter === 'ignored') return open;
  const asked = parseScope(scope);
  if (asked === undefined) {
    if (realm.policy.scopeWhenOmitted === 'refused') throw refuse('scope.missing', { known: open });
    return open;
  }
  for (const name of asked) {
    if (!Object.hasOwn(realm.scopes, name)) throw refuse('scope.unknown', { scope: name, allowed: open });
    if (!open.includes(name)) throw refuse('scope.not-allowed', { scope: name, allowed: open });
  }
  return asked;
}

/** The scopes of a refreshed token. A refresh may narrow the scope, but not widen it (RFC 6749 §6). */
export function narrowScopes(realm: Realm, granted: readonly string[], scope: string | undefined): readonly string[] {
  const asked = realm.policy.scopeParameter === 'ignored' ? undefined : parseScope(scope);
  for (const name of asked ?? []) {
    if (!granted.includes(name)) throw refuse('scope.wider-than-granted', { scope: name, allowed: granted });
  }
  return asked ?? granted;
}
