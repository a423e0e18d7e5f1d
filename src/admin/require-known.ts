import { openScopes } from '../core/scope.js';
import { didYouMean } from '../input/did-you-mean.js';
import { invalid } from './route.js';
import type { Client, GrantType, User } from '../core/model.js';
import type { Realm } from '../core/realm.js';

/** The client that a body names, or a complaint at its member. */
export function requireClient(realm: Realm, id: string): Client {
  const client = realm.clients.get(id);
  if (client === undefined) throw unknown('clientId', 'client', id, [...realm.clients.keys()]);
  return client;
}

/** The user that a body names by id or username, or a complaint at its member. */
export function requireUser(realm: Realm, name: string, member = 'userId'): User {
  const user = realm.user(name);
  if (user === undefined) throw unknown(member, 'user', name, [...realm.users.keys()]);
  return user;
}

/**
 * What a selection found. Nothing is as good an answer as any, but for a name that nobody bears: that is a slip. Whoever is
 * gone may have left tokens behind, and these are found.
 */
export function requireKnown<T>(
  realm: Realm,
  { clientId, userId }: { clientId?: string; userId?: string },
  found: Iterable<T>,
): readonly T[] {
  const all = [...found];
  if (all.length > 0) return all;
  if (clientId !== undefined) requireClient(realm, clientId);
  if (userId !== undefined) requireUser(realm, userId);
  return all;
}

/** Scopes that the client may hold; all that are open to it where none are named. */
export function requireScopes(
  realm: Realm,
  client: Client,
  type: GrantType,
  scopes: readonly string[] | undefined,
): readonly string[] {
  const open = openScopes(realm, client, type);
  const mistakes = (scopes ?? []).flatMap((scope, i) =>
    open.includes(scope)
      ? []
      : [
          {
            path: `scopes.${i}`,
            message: `${JSON.stringify(scope)} is not open to this client${didYouMean(scope, open)}; open: ${open.join(', ') || 'none'}`,
          },
        ],
  );
  if (mistakes.length > 0) throw invalid(mistakes);
  return scopes ?? open;
}

function unknown(path: string, noun: string, given: string, known: readonly string[]): Error {
  return invalid([
    {
      path,
      message: `there is no ${noun} ${JSON.stringify(given)}${didYouMean(given, known)}; known: ${known.join(', ') || 'none'}`,
    },
  ]);
}
