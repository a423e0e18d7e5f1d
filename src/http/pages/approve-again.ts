import { approve, checkAuthorization, findTarget, responseModeOf } from '../../core/authorize.js';
import { OAuthError } from '../../core/errors.js';
import { recordRefusal } from '../answering/refusal.js';
import { readRepeatedRequest } from '../reading/protocol-requests.js';
import { deliver } from './already-answered.js';
import { sendErrorAsJson } from './send-back.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, AuthorizationRequest, Pending } from '../../core/authorization.js';
import type { User } from '../../core/model.js';
import type { Realm } from '../../core/realm.js';

/** Whether the provider takes the request that is approved from the fields of its consent form. */
export function isRequestInForm({ provider, realm }: FastifyRequest, pending: Pending): boolean {
  if (realm.policy.consentFormFields === 'ignored') return false;
  return provider.consentForm.hidden(pending, realm).some(({ name }) => name === 'client_id');
}

/**
 * Approves the request that the fields of the consent form repeat, after all checks of an authorization request. A
 * mistake goes back to its redirect_uri; if that is not trusted, it is answered as JSON.
 *
 * @throws request.parameter-*
 */
export function approveAgain(
  request: FastifyRequest,
  reply: FastifyReply,
  pending: Pending,
  user: User,
): Promise<void> | undefined {
  const { realm, entry } = request;
  // the form does not repeat the parameters of the provider's own
  const repeated = { ...readRepeatedRequest(request), parameters: pending.parameters };
  const answer = decideAgain(realm, repeated, user);
  if (!(answer instanceof OAuthError)) return deliver(request, reply, pending, answer);
  recordRefusal(entry, answer);
  return sendErrorAsJson(request, reply, answer, repeated.state);
}

/** The answer to the repeated request. An error: client or redirect_uri are not trusted. */
function decideAgain(realm: Realm, repeated: AuthorizationRequest, user: User): Answer | OAuthError {
  const target = valueOrError(() => findTarget(realm, repeated));
  if (target instanceof OAuthError) return target;
  const approval = valueOrError(() => approve(realm, checkAuthorization(realm, repeated, target), user));
  if (!(approval instanceof OAuthError)) return approval;
  const responseMode = responseModeOf(realm.policy, repeated);
  return { error: approval, redirectUri: target.redirectUri, state: repeated.state, responseMode };
}

function valueOrError<T>(make: () => T): T | OAuthError {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return error;
  }
}
