import { isOutOfBand } from '../../core/redirect-uri.js';
import { isBlank } from '../../input/blank.js';
import { splitOnce } from '../../world/journal/url-text.js';
import { sendAnswer, sendRedirectTo } from '../answering/answer.js';
import { RequestAnswering } from '../answering/answering.js';
import { caching, errorParameters, redirectParameters } from '../answering/redirect-back.js';
import { redirectLocation } from '../answering/redirect-location.js';
import { describe, recordRefusal } from '../answering/refusal.js';
import { nativePath } from '../reading/native-path.js';
import { sendPage } from './views.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../../core/authorization.js';
import type { OAuthError, RedirectTarget } from '../../core/errors.js';
import type { RefusedRequest } from '../answering/refused-request.js';

/**
 * Sends the browser back to the client with a code, or with the denial.
 *
 * @param requested the authorization request: its path and query, relative to the provider
 */
export function sendRedirect(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  requested: string,
): Promise<void> | undefined {
  if ('error' in answer) recordRefusal(request.entry, answer.error);
  const { policy } = request.realm;
  return policy.outOfBandCode && isOutOfBand(answer.redirectUri)
    ? sendOutOfBand(request, reply, answer, splitOnce(requested, '?')[0])
    : sendBack(request, reply, answer, redirectParameters(request, answer, new RequestAnswering(request, requested)));
}

/** Sends the browser back to the client with an error. */
export function sendErrorRedirect(
  request: FastifyRequest,
  reply: FastifyReply,
  target: RedirectTarget,
  { refusal, byFault }: RefusedRequest,
): Promise<void> | undefined {
  const parameters = errorParameters(request, target, refusal, new RequestAnswering(request));
  return sendBack(request, reply, target, byFault ? withoutEmpty(parameters) : parameters);
}

/** A fault with an empty description asks for a redirect without one. */
function withoutEmpty(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''));
}

function sendBack(
  request: FastifyRequest,
  reply: FastifyReply,
  { redirectUri, responseMode }: RedirectTarget,
  parameters: Readonly<Record<string, string>>,
): Promise<void> | undefined {
  const { policy } = request.realm;
  if (responseMode === 'form_post') return sendFormPost(request, reply, redirectUri, parameters);
  const location = redirectLocation(policy, redirectUri, parameters, responseMode);
  return sendRedirectTo(request, reply, policy.redirectStatus, location, caching(request));
}

/** A page whose form posts the answer to the client by itself (OAuth 2.0 Form Post Response Mode §2). */
function sendFormPost(
  request: FastifyRequest,
  reply: FastifyReply,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const hidden = Object.entries(parameters).map(([name, value]) => ({ name, value }));
  return sendPage(request, reply, 200, 'form-post', { title: request.provider.formPostTitle, action, hidden });
}

/** Doorkeeper's answer where the client has no callback: a page with the code, or the denial as JSON. */
function sendOutOfBand(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  authorizePath: string,
): Promise<void> | undefined {
  if ('error' in answer) return sendErrorAsJson(request, reply, answer.error, answer.state);
  const query = new URLSearchParams({ code: answer.code.code }).toString();
  const { realm, base } = request;
  const location = `${base}${nativePath(authorizePath)}?${query}`;
  return sendRedirectTo(request, reply, realm.policy.redirectStatus, location, caching(request));
}

/** Doorkeeper's answer to the consent form where an error cannot go back to the client: the members of it as JSON. */
export function sendErrorAsJson(
  request: FastifyRequest,
  reply: FastifyReply,
  error: OAuthError,
  state: string | undefined,
): Promise<void> | undefined {
  const { provider, realm } = request;
  const refusal = describe(provider, realm.policy, error);
  const { body } = provider.tokenRefusal(
    state === undefined || isBlank(state) ? refusal : { ...refusal, state },
    new RequestAnswering(request),
  );
  const headers = { 'content-type': 'application/json; charset=utf-8', ...caching(request) };
  return sendAnswer(request, reply, { status: refusal.status, headers, body });
}
