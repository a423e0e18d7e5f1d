import { isDeepStrictEqual } from 'node:util';
import { userFromDocument } from '../../providers/user-document.js';
import { defaultUsers } from './default-scenario.js';
import { mergeUsers } from './merge-users.js';
import type { User } from '../../core/model.js';
import type { Provider } from '../../providers/provider.js';
import type { UserDocument } from '../../providers/user-document.js';

/**
 * The users of a realm: those of the scenario `default`, those of the provider's file, and those of the scenario. A
 * later one replaces those with its names. The first are those that the scenario inherits, if it does.
 */
export function usersOf({ users: own = [] }: Provider, { users = [] }: { users?: readonly UserDocument[] }): User[] {
  const isDefault = (user: UserDocument): boolean => defaultUsers.some((each) => isDeepStrictEqual(each, user));
  const layered =
    own.length === 0
      ? users
      : mergeUsers(
          users.filter(isDefault),
          own,
          users.filter((user) => !isDefault(user)),
        );
  return layered.map(userFromDocument);
}
