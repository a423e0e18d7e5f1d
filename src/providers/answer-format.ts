import { standard } from './standard.js';
import type { Reason } from '../core/errors.js';
import type { Policy } from '../core/policy.js';
import type { Provider, ProviderRow } from './provider.js';

/** The functions that write answers of the protocol. */
export type AnswerFormat = Pick<
  Provider,
  | 'tokenAnswer'
  | 'tokenRefusal'
  | 'revokeRefusal'
  | 'introspectRefusal'
  | 'authorizeRefusal'
  | 'bearerRefusal'
  | 'redirectAnswer'
  | 'signRedirect'
  | 'redirectRefusal'
>;

/** Writes the answers of a provider: in its own form, or in that of the RFCs (policy `answerFormat`). */
export const formatOf = (provider: Provider, { answerFormat }: Policy): AnswerFormat =>
  answerFormat === 'rfc' ? standard : provider;

/** Writes the refusals of an endpoint where a client authenticates. */
export function refusalAt(
  format: AnswerFormat,
  endpoint: 'token' | 'revoke' | 'introspect',
): AnswerFormat['tokenRefusal'] {
  const own = { token: undefined, revoke: format.revokeRefusal, introspect: format.introspectRefusal };
  return own[endpoint] ?? format.tokenRefusal;
}

/** The provider's row of a reason, unless the policy has the answers of the RFCs, which know no `resource.*`. */
export function rowOf(provider: Provider, { answerFormat }: Policy, reason: Reason): ProviderRow | undefined {
  return answerFormat === 'rfc' && !reason.startsWith('resource.') ? undefined : provider.reasons[reason];
}

/** Reasons about an access token and how it was sent. RFC 6750 §3.1 has answers for them, and none for others. */
const aboutToken = /^(?:bearer\.|request\.(?:authorization|parameter|secret))/;

/** Writes refusals of the API. Errors that do not concern the access token have no form in the RFCs. */
export const apiFormatOf = (provider: Provider, policy: Policy, reason: Reason): AnswerFormat =>
  aboutToken.test(reason) ? formatOf(provider, policy) : provider;
