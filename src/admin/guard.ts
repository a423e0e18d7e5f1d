import { createHash, timingSafeEqual } from 'node:crypto';
import { admitRequest, inTurn } from '../http/connection/connection.js';
import { bearerToken } from '../input/authorization-header.js';
import { refuseHostLines } from '../http/host-lines.js';
import { leadsToPanel } from '../http/landing.js';
import { sendProblem } from '../http/problem.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Who may use the admin API: all callers (`open`), callers with the token (`token`), or none (`off`). */
export type AdminAccess =
  { readonly mode: 'open' } | { readonly mode: 'token'; readonly token: string } | { readonly mode: 'off' };

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Decides the access. Without a token, the API is open on a loopback address; elsewhere only with `admin: 'open'`. */
export function adminAccess({
  host,
  adminToken,
  admin,
}: {
  host: string;
  adminToken: string | undefined;
  admin: 'open' | 'guarded';
}): AdminAccess {
  if (adminToken !== undefined) return { mode: 'token', token: adminToken };
  return loopback.has(host) || admin === 'open' ? { mode: 'open' } : { mode: 'off' };
}

/** What the guard depends on. */
interface GuardOptions {
  readonly access: AdminAccess;
  readonly baseUrl: string | undefined;
  readonly internalUrl: string | undefined;
}

/** Guards every call except those that anyone may make. */
export function guardHook(app: FastifyInstance, { access, baseUrl, internalUrl }: GuardOptions): void {
  const ownHosts = [baseUrl, internalUrl].flatMap((url) => (url === undefined ? [] : [new URL(url).hostname]));
  app.addHook('onRequest', (request, reply, done) => {
    if (!admitRequest(request, reply) || refuseHostLines(request, reply)) return;
    const refusal = isPublic(request) ? undefined : refusalOf(request, access, ownHosts);
    // one call of a connection after the other: an answer can be large, and Node would keep all of them
    inTurn(request, reply, 0, () => {
      if (refusal === undefined) done();
      else sendRefusal(reply, refusal);
    });
  });
}

/** Why a caller may not use the API, as a problem document. */
interface AccessRefusal {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

function refusalOf(
  request: FastifyRequest,
  access: AdminAccess,
  ownHosts: readonly string[],
): AccessRefusal | undefined {
  if (access.mode === 'off') {
    return {
      status: 403,
      title: 'The admin API is off',
      detail:
        'This server does not listen on a loopback address. Set UNDERSTUDY_ADMIN_TOKEN (or --admin-token) and send ' +
        'it as a bearer token, or set UNDERSTUDY_ADMIN=open.',
    };
  }
  if (access.mode === 'token') return checkToken(request, access.token);
  return checkHosts(request, ownHosts) ?? checkOrigin(request);
}

function checkToken({ headers }: FastifyRequest, token: string): AccessRefusal | undefined {
  const given = bearerToken(headers.authorization ?? '');
  if (given !== undefined && timingSafeEqual(digest(given), digest(token))) return undefined;
  const detail =
    given === undefined
      ? 'Send the admin token in the header Authorization: Bearer.'
      : 'The bearer token is not the admin token.';
  return { status: 401, title: 'Admin token required', detail };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Refuses foreign host names, against DNS rebinding: an attacker can make its own domain resolve to this server. IP
 * addresses and names without a dot are not affected. Behind a trusted proxy, the Host is checked as well: a page of
 * the attacker can send the headers of a proxy, and not every proxy replaces them.
 */
function checkHosts(
  { headers, publicHost, originalUrl }: FastifyRequest,
  own: readonly string[],
): AccessRefusal | undefined {
  return checkHost(publicHost, own) ?? (originalUrl.startsWith('/') ? checkHost(headers.host, own) : undefined);
}

function checkHost(host: string | undefined, own: readonly string[]): AccessRefusal | undefined {
  const hostname = nameOf(host);
  const name = hostname.toLowerCase();
  const isAddress = name.includes(':') || /^\d+(\.\d+){3}$/.test(name);
  if (isAddress || !name.includes('.') || name.endsWith('.localhost') || own.includes(name)) return undefined;
  return {
    status: 403,
    title: 'Host not allowed',
    detail:
      `The request has the host ${JSON.stringify(hostname)}. ` +
      'Use an address, a name without dots, or the host of --base-url or --internal-url.',
  };
}

/** The name in a host with userinfo and port. An IPv6 address has no brackets. */
function nameOf(host = ''): string {
  const [, bracketed, name] = /^(?:.*@)?(?:\[([^\]]*)\]|([^:]*))/.exec(host) as unknown as (string | undefined)[];
  return bracketed ?? (name as string);
}

/** Refuses pages of another origin. Only browsers send Origin and Sec-Fetch-Site, so other programs pass. */
function checkOrigin({ headers, publicHost }: FastifyRequest): AccessRefusal | undefined {
  const { origin } = headers;
  const host = publicHost?.toLowerCase();
  const site = headers['sec-fetch-site'];
  const foreign =
    origin === undefined
      ? site === 'cross-site' || site === 'same-site'
      : !URL.canParse(origin) || new URL(origin).host !== host;
  if (!foreign) return undefined;
  return {
    status: 403,
    title: 'Origin not allowed',
    detail:
      `The request came from a page of ${JSON.stringify(origin ?? site)}. ` +
      'Only pages of this server may use the admin API.',
  };
}

/**
 * A health check of a container has no token, and neither has a client that is about to trust the certificate. The page
 * of the panel asks for the token itself.
 */
function isPublic(request: FastifyRequest): boolean {
  const { url = '' } = request.routeOptions;
  if (url === '/__admin') return leadsToPanel(request);
  return url === '/__admin/health' || url === '/__admin/ca.pem' || /^\/__admin\/ui(?:\/|$)/.test(url);
}

function sendRefusal(reply: FastifyReply, refusal: AccessRefusal): void {
  if (refusal.status === 401) reply.header('www-authenticate', 'Bearer realm="understudy admin"');
  sendProblem(reply, { ...refusal });
}
