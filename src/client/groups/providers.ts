import { checkKind, checkTexts } from '../arguments.js';
import { providerPath } from '../http.js';
import type { PolicyAnswer, ProviderSummary } from '../../admin/schemas/providers.js';
import type { At, ProviderInfo } from '../documents.js';
import type { PolicyDocument } from '../documents/policy.js';
import type { AdminCall } from '../http.js';

/** The calls about providers and their policies. */
export const providersOf = (call: AdminCall) => ({
  /** Lists the providers: addresses, policy and conventions of each. */
  list: async (): Promise<readonly ProviderSummary[]> =>
    (await call<{ readonly providers: readonly ProviderSummary[] }>('GET', '/providers')).providers,
  /** Reads paths, policy, error table and quirks. */
  describe: async (provider: At['provider']): Promise<ProviderInfo> => {
    checkKind('providers.describe', 'provider', provider, 'a text');
    return call('GET', providerPath(provider));
  },
  /** Changes a realm's policy. Omitted fields are unchanged. */
  policy: async (options: At & PolicyDocument): Promise<PolicyAnswer> => {
    checkTexts('providers.policy', options, ['provider']);
    const { provider, ...change } = options;
    return call('PATCH', providerPath(provider, 'policy'), change);
  },
});
