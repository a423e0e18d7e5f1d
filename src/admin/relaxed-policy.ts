import { standardPolicy } from '../providers/standard.js';
import type { Policy } from '../core/policy.js';
import type { PolicyAnswer } from './schemas/providers.js';

/** Fields in which a policy can be less strict than the RFCs, with the clause that requires the strict value. */
const clauses: Partial<Record<keyof Policy, string>> = {
  redirectUriMatching: 'RFC 9700 §2.1 requires exact string matching',
  redirectUriAtToken: 'RFC 6749 §4.1.3 requires redirect_uri if the authorization request had it',
  redirectUriAtTokenMatching: 'RFC 6749 §4.1.3 requires identical values',
  clientAtCodeExchange: 'RFC 6749 §3.2.1 requires client authentication',
  clientCredentialsTwice: 'RFC 6749 §2.3 allows one authentication method per request',
  basicWithoutScheme: 'RFC 9110 §11.6.2 requires the scheme',
  basicDecoding: 'RFC 6749 §2.3.1 requires form-encoding',
  parametersRepeated: 'RFC 6749 §3.1 and §3.2 allow each parameter once',
  parametersInBoth: 'RFC 6749 §3.2 allows each parameter once',
  tokenParameterMissing: 'RFC 7009 §2.1 and RFC 7662 §2.1 require token',
  echoState: 'RFC 6749 §4.1.2 requires that state is returned',
  pkce: 'RFC 9700 §2.1.1 requires servers to support PKCE',
  replayRevokesTokens: 'RFC 6749 §4.1.2 recommends revoking the tokens of a replayed code',
  accessTokenExpiryChecked: 'RFC 6750 §3.1 defines a 401 for expired tokens',
  scopeParameter: 'RFC 6749 §3.3 defines the parameter scope',
  scopeSyntax: 'RFC 6749 §3.3 separates scopes by single spaces',
  narrowedScope: 'RFC 6749 §6 keeps the scope of the refresh token',
  refreshTokenForClientCredentials: 'RFC 6749 §4.4.3 advises against a refresh token',
  pkceSyntax: 'RFC 7636 §4.1 and §4.2 limit length and characters',
  bearerHeader: 'RFC 6750 §2.1 defines the header',
  bearerTwice: 'RFC 6750 §2 allows one method per request',
  scopeChallenge: 'RFC 6750 §3 requires WWW-Authenticate',
  rawBytesInUrl: 'RFC 3986 §2.1 requires percent-encoding',
  tokenTypeHint: 'RFC 7009 §2.1 extends the search to all token types',
  revokeExpired: 'RFC 7009 §2.1 invalidates the token',
  revokePublicTokens: 'RFC 7009 §2.1 checks that the token was issued to the client',
};

/** Values that are stricter than the standard ones. */
const stricter: Partial<Policy> = { pkce: 'required', redirectUriAtToken: 'required' };

/** Lists the fields in which a policy is less strict than the RFCs. */
export function relaxed(policy: Policy): PolicyAnswer['relaxed'] {
  return Object.entries(clauses).flatMap(([field, clause]) => {
    const name = field as keyof Policy;
    const value = policy[name];
    return value === standardPolicy[name] || value === stricter[name]
      ? []
      : [{ field, value, strict: standardPolicy[name], clause }];
  });
}
