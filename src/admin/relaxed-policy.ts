import { standardPolicy } from '../providers/standard.js';
import type { Policy } from '../core/model.js';
import type { PolicyAnswer } from './schemas/providers.js';

/** Fields in which a policy can be less strict than the RFCs, with the clause that asks for the strict value. */
const clauses: Partial<Record<keyof Policy, string>> = {
  redirectUriMatching: 'RFC 9700 §2.1 wants exact string matching',
  redirectUriAtToken: 'RFC 6749 §4.1.3 requires redirect_uri again where it was sent before',
  redirectUriAtTokenMatching: 'RFC 6749 §4.1.3 wants identical values',
  clientAtCodeExchange: 'RFC 6749 §3.2.1 requires client authentication',
  clientCredentialsTwice: 'RFC 6749 §2.3 allows one way of authentication a request',
  basicWithoutScheme: 'RFC 9110 §11.6.2 requires the scheme',
  echoState: 'RFC 6749 §4.1.2 requires state back',
  pkce: 'RFC 9700 §2.1.1 asks servers to support PKCE',
  replayRevokesTokens: 'RFC 6749 §4.1.2 asks to revoke what a replayed code bought',
  accessTokenExpiryChecked: 'RFC 6750 §3.1 refuses expired tokens',
  scopeParameter: 'RFC 6749 §3.3 gives scope a meaning',
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
