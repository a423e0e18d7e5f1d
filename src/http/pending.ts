import { refuse } from '../core/errors.js';
import { findSession } from './session.js';
import type { FastifyRequest } from 'fastify';
import type { Pending } from '../core/authorize.js';

/**
 * The authorization that a page belongs to. It lives in the realm under an opaque id: nothing else of the form is believed.
 *
 * @throws page.unknown
 */
export function findPending({ query, realm }: FastifyRequest): Pending {
  const { authorization } = query as { authorization?: unknown };
  const pending = typeof authorization === 'string' ? realm.pending.get(authorization) : undefined;
  if (pending === undefined || realm.checkedAt() >= pending.expiresAt) throw refuse('page.unknown', {});
  return pending;
}

/**
 * The form that a browser posted, if it is the browser that asked and the form that was shown.
 *
 * @throws page.other-browser, page.forged
 */
export function requireForm(request: FastifyRequest, pending: Pending, antiForgeryField: string): Readonly<Record<string, unknown>> {
  const session = findSession(request);
  if (session?.id !== pending.sessionId) throw refuse('page.other-browser', {});
  const form = (typeof request.body === 'object' && request.body !== null ? request.body : {}) as Readonly<Record<string, unknown>>;
  if (form[antiForgeryField] !== session.antiForgery) throw refuse('page.forged', {});
  return form;
}
