import { join } from 'node:path';
import { filledPath } from '../../http/path-variables.js';
import { urlsOf } from '../../http/urls.js';
import type { Client } from '../../core/model.js';
import type { Provider } from '../../providers/provider.js';
import type { World } from '../../world/world.js';
import type { Facts, Part } from '../facts.js';

/** The certificate of the authority alone. */
const caFile = 'ca.pem';

/** What a test or a client that can be configured asks for: URLs, the admin token, and a client of each provider. */
export function understudyPart({ url, tlsUrl, proxyUrl, adminToken, caCertificate, folder }: Facts): Part {
  return {
    variables: {
      UNDERSTUDY_URL: url,
      UNDERSTUDY_TLS_URL: tlsUrl,
      UNDERSTUDY_PROXY_URL: proxyUrl,
      UNDERSTUDY_CA_FILE: join(folder, caFile),
      UNDERSTUDY_WORLD: 'default',
      UNDERSTUDY_ADMIN_TOKEN: adminToken,
    },
    files: new Map([[caFile, caCertificate]]),
  };
}

/**
 * The variables of one provider: its URLs, and the client that the user registered or, if there is none, the first
 * client of the scenario. `ownIds` are the values of --client-id.
 */
export function providerPart(provider: Provider, url: string, world: World, ownIds: readonly string[]): Part {
  const { baseUrl, authorizeUrl, tokenUrl, refreshUrl, apiUrl } = urlsOf(provider, url, world.id);
  const [revoke] = provider.endpoints.revoke;
  const clients = [...world.realm(provider).clients.values()];
  const isOwn = ({ id }: Client): boolean => ownIds.includes(id) || ownIds.includes(`${provider.name}=${id}`);
  const client = clients.find(isOwn) ?? clients[0];
  const values = {
    BASE_URL: baseUrl,
    AUTHORIZE_URL: authorizeUrl,
    TOKEN_URL: tokenUrl,
    ...(refreshUrl === undefined ? {} : { REFRESH_URL: refreshUrl }),
    API_URL: apiUrl,
    ...(revoke === undefined ? {} : { REVOKE_URL: baseUrl + filledPath(revoke, provider.variables ?? {}) }),
    ...(client === undefined ? {} : { CLIENT_ID: client.id, CLIENT_SECRET: client.secret }),
  };
  const prefix = prefixOf(provider.name);
  return { variables: Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value])) };
}

/** The variables with the id and the secret of another client of a provider. */
export function credentialVariables(
  provider: string,
  { id, secret }: { readonly id: string; readonly secret: string },
): Part['variables'] {
  const prefix = prefixOf(provider);
  return { [`${prefix}CLIENT_ID`]: id, [`${prefix}CLIENT_SECRET`]: secret };
}

/** The names of these variables, in words. */
export const credentialNames = (provider: string): string =>
  ['CLIENT_ID', 'CLIENT_SECRET'].map((name) => prefixOf(provider) + name).join(' and ');

/** A name of a variable has no hyphen. */
const prefixOf = (provider: string): string => `UNDERSTUDY_${provider.toUpperCase().replaceAll('-', '_')}_`;
