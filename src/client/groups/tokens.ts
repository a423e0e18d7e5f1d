import { checkTexts, checkOnlyTexts } from '../arguments.js';
import { providerPath, queryString } from '../http.js';
import type { ExpiredCount, MintedTokens, RevokedCount, TokenInfo, TokenList } from '../../admin/schemas/tokens.js';
import type { At, NewTokens, TokenSelection } from '../documents.js';
import type { AdminCall } from '../http.js';

/** The calls about access and refresh tokens. */
export const tokensOf = (call: AdminCall) => ({
  /** Mints a pair of tokens without a browser. */
  mint: async (options: NewTokens): Promise<MintedTokens> => {
    checkTexts('tokens.mint', options, ['provider']);
    const { provider, ...tokens } = options;
    return call('POST', providerPath(provider, 'tokens'), tokens);
  },
  /** Lists tokens: all, or those that match. */
  list: async (options: At & TokenSelection): Promise<TokenInfo[]> => {
    checkTexts('tokens.list', options, ['provider']);
    const { provider, ...selection } = options;
    return (await call<TokenList>('GET', providerPath(provider, 'tokens') + queryString(selection))).tokens;
  },
  /** Reads a token. */
  get: async (options: At & { readonly token: string }): Promise<TokenInfo> => {
    checkOnlyTexts('tokens.get', options, ['provider', 'token']);
    return call('GET', providerPath(options.provider, 'tokens', options.token));
  },
  /** Expires tokens now: all, or those that match. Returns their number. */
  expire: async (options: At & TokenSelection): Promise<number> => {
    checkTexts('tokens.expire', options, ['provider']);
    const { provider, ...selection } = options;
    return (await call<ExpiredCount>('POST', providerPath(provider, 'tokens', 'expire'), selection)).expired;
  },
  /** Revokes tokens: all, or those that match. Returns their number. */
  revoke: async (options: At & TokenSelection): Promise<number> => {
    checkTexts('tokens.revoke', options, ['provider']);
    const { provider, ...selection } = options;
    return (await call<RevokedCount>('POST', providerPath(provider, 'tokens', 'revoke'), selection)).revoked;
  },
});
