import { checkTexts, checkOnlyTexts } from '../arguments.js';
import { providerPath } from '../http.js';
import type { UserInfo, UserList } from '../../admin/schemas/users.js';
import type { At } from '../documents.js';
import type { UserDocument } from '../documents/provider-parts.js';
import type { AdminCall } from '../http.js';

/** The calls about users who can log in. */
export const usersOf = (call: AdminCall) => ({
  /** Lists the users. */
  list: async (options: At): Promise<UserInfo[]> => {
    checkOnlyTexts('users.list', options, ['provider']);
    return (await call<UserList>('GET', providerPath(options.provider, 'users'))).users;
  },
  /** Reads a user. */
  get: async (options: At & { readonly id: string }): Promise<UserInfo> => {
    checkOnlyTexts('users.get', options, ['provider', 'id']);
    return call('GET', providerPath(options.provider, 'users', options.id));
  },
  /** Adds a user. */
  add: async (options: At & UserDocument): Promise<UserInfo> => {
    checkTexts('users.add', options, ['provider']);
    const { provider, ...user } = options;
    return call('POST', providerPath(provider, 'users'), user);
  },
  /** Changes parts of a user. */
  update: async (options: At & UserDocument & { readonly id: string }): Promise<UserInfo> => {
    checkTexts('users.update', options, ['provider', 'id']);
    const { provider, id, ...change } = options;
    return call('PATCH', providerPath(provider, 'users', id), change);
  },
  /** Deletes a user: their codes and tokens are revoked. */
  remove: async (options: At & { readonly id: string }): Promise<void> => {
    checkOnlyTexts('users.remove', options, ['provider', 'id']);
    await call('DELETE', providerPath(options.provider, 'users', options.id));
  },
});
