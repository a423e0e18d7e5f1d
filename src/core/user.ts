import { refuse } from './errors.js';
import type { User } from './model.js';
import type { Realm } from './realm.js';

/**
 * Finds the user by username and checks the password.
 *
 * @throws password.wrong
 */
export function authenticateUser(realm: Realm, username: string, password: string): User {
  const user = realm.user(username) ?? findSimilar(realm, username);
  if (user?.password !== password) throw refuse('password.wrong', { username, known: user !== undefined });
  return user;
}

/** The user whose name differs in letter case or white space around it, if the policy takes it. */
function findSimilar({ policy, users }: Realm, username: string): User | undefined {
  if (policy.usernameMatching === 'exact') return undefined;
  const wanted = username.trim().toLowerCase();
  return [...users.values()].find((user) => user.username.trim().toLowerCase() === wanted);
}
