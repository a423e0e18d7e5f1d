import { checkTexts, checkOnlyTexts } from '../arguments.js';
import { providerPath, queryString } from '../http.js';
import type { Decided, PageInfo, PageList } from '../../admin/schemas/authorizations.js';
import type { Approve, At } from '../documents.js';
import type { AdminCall } from '../http.js';

/** The calls about login and consent pages that wait for a person. */
export const authorizationsOf = (call: AdminCall) => ({
  /** Lists the pages that wait, and those that were answered or expired recently. */
  list: async (options: At & { readonly status?: PageInfo['status'] }): Promise<PageInfo[]> => {
    checkTexts('authorizations.list', options, ['provider']);
    const { provider, ...selection } = options;
    return (await call<PageList>('GET', providerPath(provider, 'authorizations') + queryString(selection)))
      .authorizations;
  },
  /** Logs in and allows in place of a person. */
  approve: async (options: Approve): Promise<Decided> => {
    checkTexts('authorizations.approve', options, ['provider', 'id']);
    const { provider, id, ...decision } = options;
    return call('POST', providerPath(provider, 'authorizations', id, 'approve'), decision);
  },
  /** Denies in place of a person. */
  deny: async (options: At & { readonly id: string }): Promise<Decided> => {
    checkOnlyTexts('authorizations.deny', options, ['provider', 'id']);
    return call('POST', providerPath(options.provider, 'authorizations', options.id, 'deny'));
  },
});
