import { approve, hasLiveToken } from '../../core/authorize.js';
import { sendRedirectTo } from '../answering/answer.js';
import { sendRedirect } from '../answering/redirect-back.js';
import { consentUrl } from './page-urls.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pending } from '../../core/authorization.js';
import type { User } from '../../core/model.js';

/** Sends a logged-in user to the consent page, or back to the client if the policy skips consent for this request. */
export function continueAfterLogin(
  request: FastifyRequest,
  reply: FastifyReply,
  pending: Pending,
  user: User,
): Promise<void> | undefined {
  const { realm, entry } = request;
  entry.userId = user.id;
  if (realm.policy.consent === 'skipped-while-a-token-lives' && hasLiveToken(realm, pending, user)) {
    entry.notes.push('consent skipped: a token of this client, user and scopes is valid');
    pending.answer = approve(realm, pending, user);
    return sendRedirect(request, reply, pending.answer);
  }
  return sendRedirectTo(request, reply, 303, consentUrl(request, pending));
}
