import { requireBrowser } from '../reading/pending.js';
import { restartRequest } from './restart-request.js';
import { sendRedirect } from './send-back.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, Pending } from '../../core/authorization.js';

/** Sends the answer of a pending authorization, and remembers that it was sent. */
export function deliver(
  request: FastifyRequest,
  reply: FastifyReply,
  pending: Pending,
  answer: Answer,
): Promise<void> | undefined {
  pending.answer = answer;
  pending.isSent = request.method !== 'HEAD';
  return sendRedirect(request, reply, answer, pending.request);
}

/**
 * Redirects the browser of a page that was answered over the admin API. If the answer was sent before, the page was
 * opened again (Back in the browser): it leads to the authorization request again, because its code may be spent.
 */
export function redirectAnswered(
  request: FastifyRequest,
  reply: FastifyReply,
  pending: Pending,
  answer: Answer,
): Promise<void> | undefined {
  requireBrowser(request, pending);
  if (pending.isSent === true) return restartRequest(request, reply, pending.request, 'answered');
  return deliver(request, reply, pending, answer);
}
