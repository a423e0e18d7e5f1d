import { registered } from '../../core/authorize.js';
import { refuse } from '../../core/errors.js';
import { sendRedirect } from '../answering/redirect-back.js';
import { findSession } from './session.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, Pending } from '../../core/authorization.js';
import type { Session } from '../../core/realm.js';

/**
 * The authorization that a page belongs to. It lives in the realm under an opaque id: nothing else of the form is believed.
 *
 * @throws page.unknown, authorize.client-unknown
 */
export function findPending({ query, realm }: FastifyRequest): Pending {
  const { authorization } = query as { authorization?: unknown };
  const pending = typeof authorization === 'string' ? realm.pending.get(authorization) : undefined;
  if (pending === undefined || realm.checkedAt() >= pending.expiresAt) throw refuse('page.unknown', {});
  registered(realm, pending.client.id);
  return pending;
}

/**
 * Refuses a browser that is not the one that asked: an answer carries a code, and is for nobody else.
 *
 * @throws page.other-browser
 */
export function requireBrowser(request: FastifyRequest, pending: Pending): Session {
  const session = findSession(request);
  if (session?.id !== pending.sessionId) throw refuse('page.other-browser', {});
  return session;
}

/**
 * The form that a browser posted, if it is the browser that asked and the form that was shown.
 *
 * @throws page.other-browser, page.forged
 */
export function requireForm(
  request: FastifyRequest,
  pending: Pending,
  antiForgeryField: string,
): Readonly<Record<string, unknown>> {
  const session = requireBrowser(request, pending);
  const form = (typeof request.body === 'object' && request.body !== null ? request.body : {}) as Readonly<
    Record<string, unknown>
  >;
  if (form[antiForgeryField] !== session.antiForgery) throw refuse('page.forged', {});
  return form;
}

/** A page that was answered already, by another click or over the admin API, leads its browser on. */
export function sendAgain(
  request: FastifyRequest,
  reply: FastifyReply,
  pending: Pending,
  answer: Answer,
): Promise<void> | undefined {
  requireBrowser(request, pending);
  return sendRedirect(request, reply, answer);
}
