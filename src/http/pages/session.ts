import { serialize } from 'cookie';
import { addHeaders } from '../extra-headers.js';
import { findSession, sessionCookie } from '../reading/session.js';
import type { FastifyRequest } from 'fastify';
import type { User } from '../../core/model.js';
import type { Session } from '../../core/realm.js';

const sessionSeconds = 8 * 3600;

/** Number of earlier anti-forgery values that a session knows: one for each login in another tab. */
const formsRemembered = 5;

/** The browser's session. Opens one if there is none. */
export function findOrOpenSession(request: FastifyRequest): Session {
  return findSession(request) ?? openSession(request, undefined, undefined);
}

/** The user who is logged in with this browser. */
export function findUser(request: FastifyRequest): User | undefined {
  const { userId } = findSession(request) ?? {};
  return userId === undefined ? undefined : request.realm.users.get(userId);
}

/**
 * Opens a session with a new id, which replaces the session `before` of the same browser. The id is new, because one
 * that an attacker planted before the login must not stay valid after it.
 */
export function openSession(request: FastifyRequest, userId: string | undefined, before: Session | undefined): Session {
  const { realm, base, isSecure } = request;
  const session: Session = {
    id: realm.generate.id(),
    browserId: before?.browserId ?? realm.generate.id(),
    antiForgery: realm.generate.id(),
    earlierForms: before === undefined ? [] : [before.antiForgery, ...before.earlierForms].slice(0, formsRemembered),
    userId,
    expiresAt: realm.now() + sessionSeconds * 1000,
  };
  realm.sessions.set(session.id, session);
  // Lax, not Strict: the browser arrives from the client's site
  const cookie = serialize(sessionCookie(request), session.id, {
    path: base === '' ? '/' : base,
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
  });
  addHeaders(request, { 'set-cookie': cookie });
  return session;
}
