import { checkOrder, checkWholeOrder } from '../arguments.js';
import { providerPath, queryString } from '../http.js';
import type { ExpiredCount, MintedTokens, RevokedCount, TokenInfo, TokenList } from '../../admin/schemas/tokens.js';
import type { At, NewTokens, TokenSelection } from '../documents.js';
import type { AdminCall } from '../http.js';

/** The calls about access and refresh tokens. */
export const tokensOf = (call: AdminCall) => ({
  /** Mints a pair of tokens without a browser. */
  mint: async (order: NewTokens): Promise<MintedTokens> => {
    checkOrder('tokens.mint', order, ['provider']);
    const { provider, ...options } = order;
    return call('POST', providerPath(provider, 'tokens'), options);
  },
  /** Lists tokens: all, or those that match. */
  list: async (order: At & TokenSelection): Promise<TokenInfo[]> => {
    checkOrder('tokens.list', order, ['provider']);
    const { provider, ...selection } = order;
    return (await call<TokenList>('GET', providerPath(provider, 'tokens') + queryString(selection))).tokens;
  },
  /** Reads a token. */
  get: async (order: At & { readonly token: string }): Promise<TokenInfo> => {
    checkWholeOrder('tokens.get', order, ['provider', 'token']);
    return call('GET', providerPath(order.provider, 'tokens', order.token));
  },
  /** Expires tokens now: all, or those that match. Returns their number. */
  expire: async (order: At & TokenSelection): Promise<number> => {
    checkOrder('tokens.expire', order, ['provider']);
    const { provider, ...selection } = order;
    return (await call<ExpiredCount>('POST', providerPath(provider, 'tokens', 'expire'), selection)).expired;
  },
  /** Revokes tokens: all, or those that match. Returns their number. */
  revoke: async (order: At & TokenSelection): Promise<number> => {
    checkOrder('tokens.revoke', order, ['provider']);
    const { provider, ...selection } = order;
    return (await call<RevokedCount>('POST', providerPath(provider, 'tokens', 'revoke'), selection)).revoked;
  },
});
