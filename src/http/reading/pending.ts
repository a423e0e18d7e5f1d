import { registered } from '../../core/authorize.js';
import { refuse } from '../../core/errors.js';
import { findSession } from './session.js';
import type { FastifyRequest } from 'fastify';
import type { Pending } from '../../core/authorization.js';
import type { Session } from '../../core/realm.js';

/**
 * The pending authorization of a page, by the id in `?authorization=`. Everything else is stored in the realm: no other
 * value from the browser is trusted.
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
 * The session of the browser that started this authorization. Refuses any other browser: the answer contains a code.
 *
 * @throws page.other-browser
 */
export function requireBrowser(request: FastifyRequest, pending: Pending): Session {
  const session = findSession(request);
  if (session?.id !== pending.sessionId) throw refuse('page.other-browser', {});
  return session;
}

/**
 * The fields of a posted form, after the checks of the browser and of the anti-forgery token.
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
