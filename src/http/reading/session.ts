import { parse } from 'cookie';
import type { FastifyRequest } from 'fastify';
import type { Session } from '../../core/realm.js';

/** Name of the cookie that carries the session id. */
export const sessionCookie = 'understudy_session';

/** The browser's session with the provider. Undefined without a cookie, and after expiry by the world's clock. */
export function findSession({ headers, realm }: FastifyRequest): Session | undefined {
  const session = realm.sessions.get(parse(headers.cookie ?? '')[sessionCookie] ?? '');
  return session !== undefined && realm.checkedAt() < session.expiresAt ? session : undefined;
}
