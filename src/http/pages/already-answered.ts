import { sendRedirect } from '../answering/redirect-back.js';
import { requireBrowser } from '../reading/pending.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, Pending } from '../../core/authorization.js';

/** Redirects the browser of a page that was answered before, by another click or over the admin API. */
export function redirectAnswered(
  request: FastifyRequest,
  reply: FastifyReply,
  pending: Pending,
  answer: Answer,
): Promise<void> | undefined {
  requireBrowser(request, pending);
  return sendRedirect(request, reply, answer);
}
