import { checkOrder, checkWholeOrder } from '../arguments.js';
import { providerPath, queryString } from '../http.js';
import type { Decided, PageInfo, PageList } from '../../admin/schemas/authorizations.js';
import type { Approve, At } from '../documents.js';
import type { AdminCall } from '../http.js';

/** The calls about login and consent pages that wait for a person. */
export const authorizationsOf = (call: AdminCall) => ({
  /** Lists the pages that wait, and those that were answered or expired recently. */
  list: async (order: At & { readonly status?: PageInfo['status'] }): Promise<PageInfo[]> => {
    checkOrder('authorizations.list', order, ['provider']);
    const { provider, ...selection } = order;
    return (await call<PageList>('GET', providerPath(provider, 'authorizations') + queryString(selection)))
      .authorizations;
  },
  /** Logs in and allows in place of a person. */
  approve: async (order: Approve): Promise<Decided> => {
    checkOrder('authorizations.approve', order, ['provider', 'id']);
    const { provider, id, ...decision } = order;
    return call('POST', providerPath(provider, 'authorizations', id, 'approve'), decision);
  },
  /** Denies in place of a person. */
  deny: async (order: At & { readonly id: string }): Promise<Decided> => {
    checkWholeOrder('authorizations.deny', order, ['provider', 'id']);
    return call('POST', providerPath(order.provider, 'authorizations', order.id, 'deny'));
  },
});
