import { filledPath } from './path-variables.js';
import type { Provider } from '../providers/provider.js';

/** The URLs for the configuration of a client. */
export interface ProviderUrls {
  readonly baseUrl: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  /** Where refresh tokens are exchanged. Absent: at the token endpoint. */
  readonly refreshUrl?: string;
  readonly apiUrl: string;
}

/** The base URL of a world. `serverUrl` has no slash at its end. */
export const worldUrl = (serverUrl: string, worldId: string): string =>
  worldId === 'default' ? serverUrl : `${serverUrl}/w/${worldId}`;

/** The URLs of a provider in a world. `serverUrl` has no slash at its end. */
export function urlsOf(
  { name, endpoints, variables = {} }: Provider,
  serverUrl: string,
  worldId: string,
): ProviderUrls {
  const [refresh] = endpoints.refresh ?? [];
  const baseUrl = `${worldUrl(serverUrl, worldId)}/${name}`;
  return {
    baseUrl,
    authorizeUrl: baseUrl + filledPath(endpoints.authorize[0], variables),
    tokenUrl: baseUrl + filledPath(endpoints.token[0], variables),
    ...(refresh === undefined ? {} : { refreshUrl: baseUrl + filledPath(refresh, variables) }),
    apiUrl: baseUrl + filledPath(endpoints.api[0], variables),
  };
}
