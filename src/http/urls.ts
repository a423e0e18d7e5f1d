import type { Provider } from '../providers/provider.js';

/** The URLs that a client of a provider is configured with. */
export interface ProviderUrls {
  readonly baseUrl: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly apiUrl: string;
}

/** Where a provider is served in a world, below this server's own URL. */
export function urlsOf({ name, endpoints }: Provider, serverUrl: string, worldId: string): ProviderUrls {
  const baseUrl = `${serverUrl}${worldId === 'default' ? '' : `/w/${worldId}`}/${name}`;
  return {
    baseUrl,
    authorizeUrl: baseUrl + endpoints.authorize[0],
    tokenUrl: baseUrl + endpoints.token[0],
    apiUrl: baseUrl + endpoints.api[0],
  };
}
