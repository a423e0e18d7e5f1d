import { refuse } from './errors.js';
import type { User } from './model.js';
import type { Realm } from './realm.js';

/**
 * Finds the user by username and checks the password.
 *
 * @throws password.wrong
 */
export function authenticateUser(realm: Realm, username: string, password: string): User {
  const user = realm.user(username);
  if (user?.password !== password) throw refuse('password.wrong', { username, known: user !== undefined });
  return user;
}
