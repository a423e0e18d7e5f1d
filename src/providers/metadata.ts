import { assertionAlgorithms } from '../core/client-assertion.js';
import type { CredentialsPlace, Policy } from '../core/policy.js';
import type { Realm } from '../core/realm.js';
import type { Provider, ServerMetadata } from './provider.js';

/** Where a server is for the client that asks. */
export interface ServerPlace {
  readonly issuer: string;
  /** The URL of a path of the provider. */
  readonly urlOf: (path: string) => string;
}

/** Registered names of client authentication methods. The other places have none. */
const methodNames: Partial<Readonly<Record<CredentialsPlace, string>>> = {
  basic: 'client_secret_basic',
  body: 'client_secret_post',
  'private-key-jwt': 'private_key_jwt',
};

/** What the policy of a realm says now, as metadata (RFC 8414 §2, RFC 9207 §3, OpenID Connect Discovery §3). */
export function serverMetadata(
  { endpoints, idTokens }: Pick<Provider, 'endpoints' | 'idTokens'>,
  { policy, scopes }: Pick<Realm, 'policy' | 'scopes'>,
  { issuer, urlOf }: ServerPlace,
): ServerMetadata {
  const { authorize, token, revoke, introspect, userinfo, jwks = [] } = endpoints;
  const first = ([path]: readonly string[]): string | undefined => (path === undefined ? undefined : urlOf(path));
  const grants = [...new Set([...policy.grants, ...policy.grantsPerClient])];
  const methods = clientMethods(policy);
  const hasKeys = methods.includes('private_key_jwt');
  const algorithms = hasKeys ? assertionAlgorithms : undefined;
  const hasRevocation = revoke.length > 0;
  const hasIntrospection = introspect.length > 0;
  return {
    issuer,
    authorization_endpoint: first(authorize),
    token_endpoint: first(token),
    revocation_endpoint: first(revoke),
    introspection_endpoint: first(introspect),
    userinfo_endpoint: first(userinfo),
    jwks_uri: first(jwks),
    scopes_supported: filled(Object.keys(scopes)),
    response_types_supported: grants.includes('authorization_code') ? ['code'] : [],
    // an empty list of the policy: the parameter is ignored, and the answer is in the query
    response_modes_supported: policy.responseModes.length > 0 ? policy.responseModes : ['query'],
    grant_types_supported: grants,
    token_endpoint_auth_methods_supported: methods,
    token_endpoint_auth_signing_alg_values_supported: algorithms,
    revocation_endpoint_auth_methods_supported: hasRevocation ? methods : undefined,
    revocation_endpoint_auth_signing_alg_values_supported: hasRevocation ? algorithms : undefined,
    introspection_endpoint_auth_methods_supported: hasIntrospection ? introspectionMethods(policy, methods) : undefined,
    introspection_endpoint_auth_signing_alg_values_supported: hasIntrospection ? algorithms : undefined,
    // OpenID Connect Discovery §3
    subject_types_supported: idTokens === undefined ? undefined : ['public'],
    id_token_signing_alg_values_supported: idTokens === undefined ? undefined : ['RS256'],
    code_challenge_methods_supported: policy.pkce === 'ignored' ? undefined : filled(policy.pkceMethods),
    authorization_response_iss_parameter_supported: policy.issuerInRedirect === 'sent' ? true : undefined,
  };
}

const filled = (list: readonly string[]): readonly string[] | undefined => (list.length > 0 ? list : undefined);

/** `none`: a public client sends its client_id alone. */
const clientMethods = ({ clientCredentialsIn }: Policy): readonly string[] => [
  ...clientCredentialsIn.flatMap((place) => methodNames[place] ?? []),
  'none',
];

/** RFC 8414 §2: a type of access token stands for a caller with a token. */
const introspectionMethods = ({ introspectionBy }: Policy, methods: readonly string[]): readonly string[] => [
  ...methods.filter(() => introspectionBy.includes('client')),
  ...(introspectionBy.includes('bearer') ? ['Bearer'] : []),
];
