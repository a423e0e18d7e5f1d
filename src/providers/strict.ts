import { standardPolicy } from './standard-policy.js';
import type { Policy } from '../core/policy.js';

/** Fields on which the standard has a wider choice than RFC 9700 recommends. */
const narrower = {
  // §2.1: clients and servers compare redirect_uri exactly, so it is sent
  redirectUriRequired: 'always',
  redirectUriAtToken: 'required',
  // §2.1.1
  pkce: 'required',
  pkceMethods: ['S256'],
  // §4.12: a browser sends the body of a POST again after 307, and may after 302
  redirectStatus: 303,
  // §4.14.2: a replaced refresh token that is used again shows a theft
  refreshGraceSeconds: 0,
  answerFormat: 'rfc',
} as const satisfies Partial<Policy>;

/** Fields on which the RFCs leave the value to the provider. */
const open = [
  'codeSeconds',
  'accessTokenSeconds',
  'refreshTokenSeconds',
  'refreshTokenIdleSeconds',
  'refreshTokenAbsoluteSeconds',
  'refreshTokenIssuedIf',
  'refreshTokensPerUser',
  'accessTokensPerUser',
  'interaction',
  // RFC 9207 is optional, and goes with metadata that name it
  'issuerInRedirect',
  'callsPerSecond',
  'errors',
] as const satisfies readonly (keyof Policy)[];

const withoutPassword = (grants: Policy['grants']): Policy['grants'] => grants.filter((grant) => grant !== 'password');

/**
 * A policy with every field as RFC 6749, 6750, 7009, 7636, 7662 and 9700 ask, for a provider with the given policy. A
 * field that the RFCs leave open keeps its value; of the grants, `password` is removed (RFC 9700 §2.4).
 */
export function strictPolicy(own: Policy): Policy {
  return {
    ...standardPolicy,
    ...narrower,
    grants: withoutPassword(own.grants),
    grantsPerClient: withoutPassword(own.grantsPerClient),
    ...(Object.fromEntries(open.map((field) => [field, own[field]])) as Pick<Policy, (typeof open)[number]>),
  };
}
