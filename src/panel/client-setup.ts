/** What a provider wants of a client, beside its URLs and its policy. */
interface ClientConventions {
  /** Where its documented clients send their id and secret: in the header `Authorization: Basic`, or in the body. */
  readonly credentials: 'basic' | 'body';
  /** A call of its API that needs no parameters, below the base of the API. */
  readonly apiPath: string;
  /** The scopes that a client asks for, as far as they should not be all that it may have. */
  readonly scope?: string;
}

const conventions: ReadonlyMap<string, ClientConventions> = new Map([
  ['mailup', { credentials: 'basic', apiPath: '/ConsoleService.svc/Console/Authentication/Info' }],
  ['tinyemail', { credentials: 'body', apiPath: '/contacts', scope: 'import_customers' }],
  ['dottedsign', { credentials: 'body', apiPath: '/members/me', scope: 'sign_tasks.general.read' }],
]);

const usual: ClientConventions = { credentials: 'basic', apiPath: '/' };

/** The id of the client that the playground registers. Start does not list it. */
export const playgroundClientId = 'understudy-playground';

/** A provider, as far as the setup of a client depends on it. */
export interface ProviderFacts {
  readonly name: string;
  readonly title: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly apiUrl: string;
  readonly policy: {
    readonly echoState: boolean;
    readonly redirectUriMatching: string;
    readonly scopeParameter: string;
  };
}

/** A registered client. */
export interface ClientFacts {
  readonly id: string;
  readonly secret: string;
  readonly redirectUris: readonly string[];
}

/**
 * Where the state of a login travels: as the parameter `state`, or in the query of the redirect URI, for a provider
 * that returns no state and does not compare that query. `nowhere`: the login cannot be recognized.
 */
export type StatePlace = 'parameter' | 'redirect-uri' | 'nowhere';

/** All that a client needs to know of a provider. */
export interface ClientSetup extends Pick<ClientConventions, 'credentials'> {
  readonly name: string;
  readonly title: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly apiUrl: string;
  /** A call of the API. */
  readonly callUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** Undefined: the provider has no scopes. */
  readonly scope: string | undefined;
  readonly statePlace: StatePlace;
}

/** Where the state of a login travels. */
export function statePlaceOf({ echoState, redirectUriMatching }: ProviderFacts['policy']): StatePlace {
  if (echoState) return 'parameter';
  return redirectUriMatching === 'ignore-query' ? 'redirect-uri' : 'nowhere';
}

/** The redirect URI with a state in its query. */
export const withState = (redirectUri: string, state: string): string =>
  `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}`;

/** The conventions of a provider's documented clients. */
export const conventionsOf = (name: string): ClientConventions => conventions.get(name) ?? usual;

/** What a client has to know to work with a provider. */
export function setupOf(provider: ProviderFacts, client: ClientFacts): ClientSetup {
  const { name, title, authorizeUrl, tokenUrl, apiUrl, policy } = provider;
  const { credentials, apiPath, scope } = conventionsOf(name);
  return {
    name,
    title,
    authorizeUrl,
    tokenUrl,
    apiUrl,
    callUrl: apiUrl + apiPath,
    clientId: client.id,
    clientSecret: client.secret,
    redirectUri: client.redirectUris[0] ?? 'http://localhost:3000/callback',
    scope: policy.scopeParameter === 'ignored' ? undefined : scope,
    credentials,
    statePlace: statePlaceOf(policy),
  };
}
