import { registered } from '../../core/authorize.js';
import { refuse } from '../../core/errors.js';
import { nativePath } from './native-path.js';
import { requestInPage } from './page-request.js';
import { findSession } from './session.js';
import type { FastifyRequest } from 'fastify';
import type { Pending } from '../../core/authorization.js';
import type { Session } from '../../core/realm.js';

/** What a page is about. */
export type PageSubject =
  | { readonly pending: Pending }
  /** No pending authorization, but the authorization request, relative to the provider. */
  | { readonly pending: undefined; readonly request: string; readonly wasPending: boolean };

/** The authorization that the URL of a page names, also one that has expired. */
function namedPending({ query, realm }: FastifyRequest): Pending | undefined {
  const { authorization: id } = query as { authorization?: unknown };
  return typeof id === 'string' ? realm.pending.get(id) : undefined;
}

/** Records the flow of the authorization of a page, also of one that has expired. */
export function recordFlow(request: FastifyRequest): void {
  const pending = namedPending(request);
  if (pending !== undefined) request.entry.flow = pending.startedBy;
}

/**
 * The subject of a page: the pending authorization with the id in `?authorization=`. The realm holds everything else
 * of it; no other value from the browser is trusted. If there is none, the URL may say how to ask again.
 *
 * @throws page.unknown, authorize.client-unknown
 */
export function findSubject(request: FastifyRequest): PageSubject {
  const { realm, provider } = request;
  const { authorization: id } = request.query as { authorization?: unknown };
  const pending = namedPending(request);
  if (pending !== undefined && realm.checkedAt() < pending.expiresAt) {
    registered(realm, pending.client.id);
    return { pending };
  }
  const { endpoints, accountPages = [] } = provider;
  const { authorize } = endpoints;
  const pages = accountPages.map(({ path }) => path);
  const again = requestInPage(request, [...authorize, ...authorize.map(nativePath), ...pages]);
  if (again === undefined) throw refuse('page.unknown', {});
  return { pending: undefined, request: again, wasPending: id !== undefined && id !== '' };
}

/**
 * The pending authorization of a page. Records its flow.
 *
 * @throws page.unknown, authorize.client-unknown
 */
export function findPending(request: FastifyRequest): Pending {
  recordFlow(request);
  const { pending } = findSubject(request);
  if (pending === undefined) throw refuse('page.unknown', {});
  return pending;
}

/** Whether a browser is the one that started an authorization. */
export const isOwnBrowser = (session: Session | undefined, { browserId }: Pending): boolean =>
  session?.browserId === browserId;

/**
 * The session of the browser that started this authorization. Refuses any other browser: the answer contains a code.
 *
 * @throws page.other-browser
 */
export function requireBrowser(request: FastifyRequest, pending: Pending | undefined): Session {
  const session = findSession(request);
  if (session === undefined || (pending !== undefined && !isOwnBrowser(session, pending))) {
    throw refuse('page.other-browser', {});
  }
  return session;
}

/** The fields of a posted form, and the session in which it was posted. */
export interface PostedForm {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly session: Session;
  /** The form was shown before another login of this browser. */
  readonly isStale: boolean;
}

/**
 * Reads a posted form, after the checks of the browser and of the anti-forgery value.
 *
 * @throws page.other-browser, page.forged
 */
export function requireForm(
  request: FastifyRequest,
  pending: Pending | undefined,
  antiForgeryField: string,
): PostedForm {
  const session = requireBrowser(request, pending);
  const { body } = request;
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  const shown = fields[antiForgeryField];
  const isStale = session.earlierForms.some((earlier) => earlier === shown);
  if (shown !== session.antiForgery && !isStale) throw refuse('page.forged', {});
  return { fields, session, isStale };
}
