import { checkTexts } from '../arguments.js';
import { providerPath, queryString } from '../http.js';
import type { CodeInfo, CodeList } from '../../admin/schemas/codes.js';
import type { ExpiredCount } from '../../admin/schemas/tokens.js';
import type { At, CodeSelection, NewCode } from '../documents.js';
import type { AdminCall } from '../http.js';

/** The calls about authorization codes. */
export const codesOf = (call: AdminCall) => ({
  /** Mints an authorization code without a browser. */
  mint: async (options: NewCode): Promise<CodeInfo> => {
    checkTexts('codes.mint', options, ['provider']);
    const { provider, ...code } = options;
    return call('POST', providerPath(provider, 'codes'), code);
  },
  /** Lists authorization codes: all, or those that match. */
  list: async (options: At & CodeSelection): Promise<CodeInfo[]> => {
    checkTexts('codes.list', options, ['provider']);
    const { provider, ...selection } = options;
    return (await call<CodeList>('GET', providerPath(provider, 'codes') + queryString(selection))).codes;
  },
  /** Expires authorization codes now: all, or those that match. Returns their number. */
  expire: async (options: At & CodeSelection): Promise<number> => {
    checkTexts('codes.expire', options, ['provider']);
    const { provider, ...selection } = options;
    return (await call<ExpiredCount>('POST', providerPath(provider, 'codes', 'expire'), selection)).expired;
  },
});
