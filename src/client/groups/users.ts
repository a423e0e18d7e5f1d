import { checkOrder, checkWholeOrder } from '../arguments.js';
import { providerPath } from '../http.js';
import type { UserInfo, UserList } from '../../admin/schemas/users.js';
import type { At } from '../documents.js';
import type { UserDocument } from '../documents/scenario.js';
import type { AdminCall } from '../http.js';

/** The calls about users who can log in. */
export const usersOf = (call: AdminCall) => ({
  /** Lists the users. */
  list: async (order: At): Promise<UserInfo[]> => {
    checkWholeOrder('users.list', order, ['provider']);
    return (await call<UserList>('GET', providerPath(order.provider, 'users'))).users;
  },
  /** Reads a user. */
  get: async (order: At & { readonly id: string }): Promise<UserInfo> => {
    checkWholeOrder('users.get', order, ['provider', 'id']);
    return call('GET', providerPath(order.provider, 'users', order.id));
  },
  /** Adds a user. */
  add: async (order: At & UserDocument): Promise<UserInfo> => {
    checkOrder('users.add', order, ['provider']);
    const { provider, ...user } = order;
    return call('POST', providerPath(provider, 'users'), user);
  },
  /** Changes parts of a user. */
  update: async (order: At & UserDocument & { readonly id: string }): Promise<UserInfo> => {
    checkOrder('users.update', order, ['provider', 'id']);
    const { provider, id, ...change } = order;
    return call('PATCH', providerPath(provider, 'users', id), change);
  },
  /** Deletes a user: their codes and tokens are revoked. */
  remove: async (order: At & { readonly id: string }): Promise<void> => {
    checkWholeOrder('users.remove', order, ['provider', 'id']);
    await call('DELETE', providerPath(order.provider, 'users', order.id));
  },
});
