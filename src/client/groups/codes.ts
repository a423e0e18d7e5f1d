import { checkOrder } from '../arguments.js';
import { providerPath, queryString } from '../http.js';
import type { CodeInfo, CodeList } from '../../admin/schemas/codes.js';
import type { ExpiredCount } from '../../admin/schemas/tokens.js';
import type { At, CodeSelection, NewCode } from '../documents.js';
import type { AdminCall } from '../http.js';

/** The calls about authorization codes. */
export const codesOf = (call: AdminCall) => ({
  /** Mints an authorization code without a browser. */
  mint: async (order: NewCode): Promise<CodeInfo> => {
    checkOrder('codes.mint', order, ['provider']);
    const { provider, ...options } = order;
    return call('POST', providerPath(provider, 'codes'), options);
  },
  /** Lists authorization codes: all, or those that match. */
  list: async (order: At & CodeSelection): Promise<CodeInfo[]> => {
    checkOrder('codes.list', order, ['provider']);
    const { provider, ...selection } = order;
    return (await call<CodeList>('GET', providerPath(provider, 'codes') + queryString(selection))).codes;
  },
  /** Expires authorization codes now: all, or those that match. Returns their number. */
  expire: async (order: At & CodeSelection): Promise<number> => {
    checkOrder('codes.expire', order, ['provider']);
    const { provider, ...selection } = order;
    return (await call<ExpiredCount>('POST', providerPath(provider, 'codes', 'expire'), selection)).expired;
  },
});
