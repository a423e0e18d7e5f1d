import type { ProviderAnswer } from '../../../src/admin/schemas/providers.js';

/** Tells whether a flaw is switched on. The flaws are named by the ids of the checks that find them. */
export type Flawed = (id: string) => boolean;

/** What the careful application is configured with. */
export interface Settings {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  /** Undefined: the provider revokes nothing. */
  readonly revokeUrl: string | undefined;
  readonly apiUrl: string;
  readonly scope: string | undefined;
  /** The `iss` of its redirects (RFC 9207); its origin, where it sends none. */
  readonly issuer: string;
  readonly credentialsIn: 'basic' | 'body';
  readonly stateIn: ProviderAnswer['conventions']['statePlace'];
  readonly clientId: string;
  readonly clientSecret: string;
  /** Maximum time of a request to the provider, in milliseconds. */
  readonly timeoutMs: number;
}

/** The settings for a provider, as a developer takes them from its documentation. */
export function settingsFor({ info }: { readonly info: ProviderAnswer }): Settings {
  const { conventions, paths, baseUrl } = info;
  const [revoke] = paths.revoke;
  return {
    authorizeUrl: info.authorizeUrl,
    tokenUrl: info.tokenUrl,
    revokeUrl: revoke === undefined ? undefined : baseUrl + revoke,
    apiUrl: info.apiUrl + conventions.apiPath,
    scope: conventions.scope,
    issuer: info.policy.issuerInRedirect === 'sent' ? baseUrl : info.origin,
    credentialsIn: conventions.credentials,
    stateIn: conventions.statePlace,
    clientId: 'understudy-client',
    clientSecret: 'understudy-secret',
    timeoutMs: 2000,
  };
}
