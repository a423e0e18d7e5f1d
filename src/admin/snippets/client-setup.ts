import type { Client } from '../../core/model.js';
import type { Policy } from '../../core/policy.js';
import type { ClientConventions } from '../../providers/client-conventions.js';
import type { Provider } from '../../providers/provider.js';

/**
 * Where the state of a login travels: as the parameter `state`, or in the query of the redirect URI, for a provider
 * that returns no state and does not compare that query. `nowhere`: the login cannot be recognized.
 */
export type StatePlace = 'parameter' | 'redirect-uri' | 'nowhere';

/** What a client needs to know of a provider, beside its URLs. */
export interface Conventions extends ClientConventions {
  readonly statePlace: StatePlace;
}

/** All that a client needs to know. */
export interface ClientSetup extends Pick<Conventions, 'credentials' | 'statePlace'> {
  readonly name: string;
  readonly title: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  /** Where refresh tokens are exchanged: the token URL, if the provider has no other. */
  readonly refreshUrl: string;
  readonly apiUrl: string;
  /** A call of the API. */
  readonly callUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** Undefined: the provider has no scopes. */
  readonly scope: string | undefined;
}

const usual: ClientConventions = { credentials: 'basic', apiPath: '/' };

function statePlaceOf({ echoState, redirectUriMatching }: Policy): StatePlace {
  if (echoState) return 'parameter';
  return redirectUriMatching === 'ignore-query' ? 'redirect-uri' : 'nowhere';
}

/** The conventions of a provider under a policy. */
export function conventionsOf({ conventions = usual }: Pick<Provider, 'conventions'>, policy: Policy): Conventions {
  const { credentials, apiPath, scope } = conventions;
  const isScoped = scope !== undefined && policy.scopeParameter !== 'ignored';
  return { credentials, apiPath, ...(isScoped ? { scope } : {}), statePlace: statePlaceOf(policy) };
}

/** The redirect URI with a state in its query. */
export const withState = (redirectUri: string, state: string): string =>
  `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}`;

/** URLs of a provider. */
type Urls = Pick<ClientSetup, 'authorizeUrl' | 'tokenUrl' | 'apiUrl'> & Partial<Pick<ClientSetup, 'refreshUrl'>>;

/** What a client has to know to work with a provider. */
export function setupOf(
  { name, title }: Pick<Provider, 'name' | 'title'>,
  { authorizeUrl, tokenUrl, refreshUrl = tokenUrl, apiUrl }: Urls,
  { credentials, apiPath, scope, statePlace }: Conventions,
  client: Pick<Client, 'id' | 'secret' | 'redirectUris'>,
): ClientSetup {
  return {
    name,
    title,
    authorizeUrl,
    tokenUrl,
    refreshUrl,
    apiUrl,
    callUrl: apiUrl + apiPath,
    clientId: client.id,
    clientSecret: client.secret,
    redirectUri: client.redirectUris[0] ?? 'http://localhost:3000/callback',
    scope,
    credentials,
    statePlace,
  };
}
