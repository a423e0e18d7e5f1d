import { parse, serialize } from 'cookie';
import { setAhead } from '../answering/headers-ahead.js';
import type { FastifyRequest } from 'fastify';
import type { Session } from '../../core/realm.js';

const cookieName = 'understudy_session';
const sessionSeconds = 8 * 3600;

/** The session of this browser with the provider, or undefined: no cookie, or one that is dead by the world's clock. */
export function findSession({ headers, realm }: FastifyRequest): Session | undefined {
  const session = realm.sessions.get(parse(headers.cookie ?? '')[cookieName] ?? '');
  return session !== undefined && realm.checkedAt() < session.expiresAt ? session : undefined;
}

/** The session of this browser; a new one where there is none. */
export function rememberBrowser(request: FastifyRequest): Session {
  return findSession(request) ?? openSession(request, undefined);
}

/** A new session under a new id, so that nobody can plant an id before a login and use it after. */
export function openSession(request: FastifyRequest, userId: string | undefined): Session {
  const { realm, base } = request;
  const session: Session = {
    id: realm.generate.id(),
    antiForgery: realm.generate.id(),
    userId,
    expiresAt: realm.now() + sessionSeconds * 1000,
  };
  realm.sessions.set(session.id, session);
  // Lax, not Strict: the browser arrives here from the client's site
  const cookie = serialize(cookieName, session.id, {
    path: base === '' ? '/' : base,
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
  });
  setAhead(request, { 'set-cookie': cookie });
  return session;
}
