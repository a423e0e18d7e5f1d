import { isDeepStrictEqual } from 'node:util';
import { userFromDocument } from '../../providers/user-document.js';
import { defaultUsers } from './default-scenario.js';
import type { User } from '../../core/model.js';
import type { Provider } from '../../providers/provider.js';
import type { UserDocument } from '../../providers/user-document.js';

/**
 * The users of a realm: those of the scenario `default`, those of the provider's file, and those of the scenario. A
 * later one replaces one with the same id. The first are those that the scenario inherits, if it does.
 */
export function usersOf({ users: own = [] }: Provider, { users = [] }: { users?: readonly UserDocument[] }): User[] {
  const isDefault = (user: UserDocument): boolean => defaultUsers.some((each) => isDeepStrictEqual(each, user));
  const layered =
    own.length === 0 ? users : [...users.filter(isDefault), ...own, ...users.filter((user) => !isDefault(user))];
  return [...new Map(layered.map(userFromDocument).map((user) => [user.id, user])).values()];
}
