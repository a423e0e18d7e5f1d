import { openScopes } from '../core/scope.js';
import { didYouMean } from '../input/did-you-mean.js';
import { invalid } from './admin-error.js';
import type { TSchema } from 'typebox';
import type { Client, GrantType, User } from '../core/model.js';
import type { Realm } from '../core/realm.js';

/** Finds the client that a body names. Throws a 400 with the known ids. */
export function requireClient(realm: Realm, id: string): Client {
  const client = realm.clients.get(id);
  if (client === undefined) throw unknown('clientId', 'client', id, [...realm.clients.keys()]);
  return client;
}

/** Finds the user that a body names by id or username. Throws a 400 with the known ids. */
export function requireUser(realm: Realm, name: string, member = 'userId'): User {
  const user = realm.user(name);
  if (user === undefined) throw unknown(member, 'user', name, [...realm.users.keys()]);
  return user;
}

/**
 * Returns the result of a selection. If it is empty, the client and the user of the selection must exist, because an
 * unknown name is probably a mistake. Tokens of a deleted client or user remain, so names are checked after the search.
 */
export function requireKnown<T>(
  realm: Realm,
  { clientId, userId }: { clientId?: string; userId?: string },
  found: readonly T[],
): readonly T[] {
  if (found.length > 0) return found;
  if (clientId !== undefined) requireClient(realm, clientId);
  if (userId !== undefined) requireUser(realm, userId);
  return found;
}

/** Checks that the client may have these scopes. Default: all allowed scopes. Throws a 400 with the allowed scopes. */
export function requireScopes(
  realm: Realm,
  client: Client,
  type: GrantType,
  scopes: readonly string[] | undefined,
): readonly string[] {
  const { all: open, byDefault } = openScopes(realm, client, type);
  const mistakes = (scopes ?? []).flatMap((scope, i) =>
    open.includes(scope) ? [] : [{ path: `scopes.${i}`, message: notOpen(scope, open) }],
  );
  if (mistakes.length > 0) throw invalid(mistakes);
  return scopes ?? byDefault;
}

/**
 * Checks that an id of the URL is as valid as one in a body, and that a body with an id has the same. Throws a 400.
 *
 * @param schema the schema of the id in a body
 */
export async function requireId(schema: TSchema, inBody: string | undefined, inUrl: string): Promise<void> {
  const { check } = await import('../world/check-document.js');
  const mistakes = check(schema, inUrl);
  if (mistakes.length > 0) throw invalid(mistakes.map(({ message }) => ({ path: 'id', message })));
  requireSameId(inBody, inUrl);
}

/** Checks that a body with an id has the id of the URL. Throws a 400. */
export function requireSameId(inBody: string | undefined, inUrl: string): void {
  if (inBody === undefined || inBody === inUrl) return;
  throw invalid([{ path: 'id', message: `differs from the id in the URL, ${JSON.stringify(inUrl)}` }]);
}

const notOpen = (scope: string, open: readonly string[]): string =>
  `${JSON.stringify(scope)} is not allowed for this client${didYouMean(scope, open)}; ` +
  `allowed: ${open.join(', ') || 'none'}`;

function unknown(path: string, noun: string, given: string, known: readonly string[]): Error {
  const suggestion = didYouMean(given, known);
  const message = `there is no ${noun} ${JSON.stringify(given)}${suggestion}; known: ${known.join(', ') || 'none'}`;
  return invalid([{ path, message }]);
}
