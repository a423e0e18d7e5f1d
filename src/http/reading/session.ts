import { parse } from 'cookie';
import type { FastifyRequest } from 'fastify';
import type { Session } from '../../core/realm.js';

/**
 * Name of the cookie that carries the session id. Cookies do not distinguish ports (RFC 6265 §8.5), so the port is a
 * part of the name: two servers on one host would otherwise overwrite each other's cookie.
 */
export function sessionCookie({ headers }: Pick<FastifyRequest, 'headers'>): string {
  const [, port] = /:(\d{1,5})$/.exec(headers.host ?? '') ?? [];
  return port === undefined ? 'understudy_session' : `understudy_session_${port}`;
}

/** The browser's session with the provider. Undefined without a cookie, and after expiry by the world's clock. */
export function findSession(request: FastifyRequest): Session | undefined {
  const { headers, realm } = request;
  const session = realm.sessions.get(parse(headers.cookie ?? '')[sessionCookie(request)] ?? '');
  return session !== undefined && realm.checkedAt() < session.expiresAt ? session : undefined;
}
