import { approve, whyConsentIsSkipped } from '../../core/authorize.js';
import { sendRedirectTo } from '../answering/answer.js';
import { deliver } from './already-answered.js';
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
  const whySkipped = whyConsentIsSkipped(realm, pending, user);
  if (whySkipped !== undefined) {
    entry.notes.push(`consent skipped: ${whySkipped}`);
    return deliver(request, reply, pending, approve(realm, pending, user));
  }
  return sendRedirectTo(request, reply, 303, consentUrl(request, pending));
}
