import { serialize } from 'cookie';
import { addHeaders } from '../extra-headers.js';
import { findSession, sessionCookie } from '../reading/session.js';
import type { FastifyRequest } from 'fastify';
import type { Session } from '../../core/realm.js';

const sessionSeconds = 8 * 3600;

/** The browser's session. Opens one if there is none. */
export function findOrOpenSession(request: FastifyRequest): Session {
  return findSession(request) ?? openSession(request, undefined);
}

/** Opens a session with a new id: an id that an attacker planted before the login must not stay valid after it. */
export function openSession(request: FastifyRequest, userId: string | undefined): Session {
  const { realm, base } = request;
  const session: Session = {
    id: realm.generate.id(),
    antiForgery: realm.generate.id(),
    userId,
    expiresAt: realm.now() + sessionSeconds * 1000,
  };
  realm.sessions.set(session.id, session);
  // Lax, not Strict: the browser arrives from the client's site
  const cookie = serialize(sessionCookie, session.id, {
    path: base === '' ? '/' : base,
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
  });
  addHeaders(request, { 'set-cookie': cookie });
  return session;
}
