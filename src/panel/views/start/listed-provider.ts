import type { ProviderInfo } from '../../../client/index.js';

/** A provider as the list of providers has it. */
export type ListedProvider = Pick<
  ProviderInfo,
  'name' | 'title' | 'origin' | 'baseUrl' | 'authorizeUrl' | 'tokenUrl' | 'apiUrl' | 'internal' | 'policy'
>;
