import {
  approve,
  checkAuthorization,
  deny,
  findTarget,
  responseModeOf,
  whyConsentIsSkipped,
} from '../../core/authorize.js';
import { OAuthError, explain, refuse } from '../../core/errors.js';
import { noteSyntax } from '../../core/syntax-notes.js';
import { sendAnswer, sendRedirectTo } from '../answering/answer.js';
import { continueAfterLogin } from '../pages/after-login.js';
import { answerConsent } from '../pages/consent.js';
import { loginUrl, loginUrlBefore } from '../pages/page-urls.js';
import { takeRestartCause } from '../pages/restart-request.js';
import { sendRedirect } from '../pages/send-back.js';
import { findOrOpenSession, findUser } from '../pages/session.js';
import { insteadOfPage } from '../pages/views.js';
import { filledPath } from '../path-variables.js';
import { requireMethod } from '../reading/method.js';
import { requestText } from '../reading/page-request.js';
import { readAuthorizationRequest } from '../reading/protocol-requests.js';
import { answerWithCode } from './code-in-body.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authorization, AuthorizationRequest, Pending } from '../../core/authorization.js';
import type { RedirectTarget } from '../../core/errors.js';
import type { Realm } from '../../core/realm.js';

/** Lifetime of a pending authorization, in seconds. */
const pendingSeconds = 3600;

/** The authorization endpoint (RFC 6749 §3.1). With `?authorization=` it is the consent page of a pending request. */
export function authorizeRoutes(app: FastifyInstance, paths: readonly string[]): void {
  for (const path of paths) {
    app.all(path, { config: { endpoint: 'authorize' } }, async (request, reply) => {
      requireMethod(request, request.realm.policy.authorizeMethods);
      return request.entry.endpoint === 'consent'
        ? answerConsent(request, reply)
        : beginAuthorization(request, reply, filledPath(path, request.params as Readonly<Record<string, string>>));
    });
  }
}

function beginAuthorization(request: FastifyRequest, reply: FastifyReply, path: string): Promise<void> | undefined {
  const { realm, entry } = request;
  const { authorizePost, passwordAtAuthorize, interaction, loginPage } = realm.policy;
  if (request.method === 'POST' && authorizePost === 'the-form-alone') throw refuse('page.forged', {});
  const parameters = readAuthorizationRequest(request);
  if (parameters.clientId !== undefined) entry.clientId = parameters.clientId;
  if (passwordAtAuthorize && parameters.username !== undefined) {
    return answerWithCode(request, reply, parameters, parameters.username);
  }
  noteSyntax(realm.policy, parameters, entry.notes);
  if (interaction.mode === 'auto') {
    return answerAutomatically(request, reply, check(realm, parameters), { ...interaction, path });
  }
  const isLoginFirst = loginPage === 'first' && findUser(request) === undefined;
  const authorization = isLoginFirst ? checkBeforeLogin(request, parameters) : check(realm, parameters);
  const requested = requestText(request, path);
  return authorization === undefined
    ? sendRedirectTo(request, reply, 302, loginUrlBefore(request, requested))
    : openPage(request, reply, authorization, requested);
}

function check(realm: Realm, parameters: AuthorizationRequest): Authorization {
  const target = findTarget(realm, parameters);
  const { redirectUri } = target;
  const back = { redirectUri, state: parameters.state, responseMode: responseModeOf(realm.policy, parameters) };
  return redirectable(back, () => checkAuthorization(realm, parameters, target));
}

/** Checks a request that gets the login page in any case. Undefined if it will be refused after the login. */
function checkBeforeLogin(
  { realm, entry }: FastifyRequest,
  parameters: AuthorizationRequest,
): Authorization | undefined {
  try {
    return check(realm, parameters);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    entry.notes.push(`the login page comes first; after it the request will be refused: ${explain(error)}`);
    return undefined;
  }
}

/** Once client and redirect_uri are trusted, a refusal may go back by redirect (RFC 6749 §4.1.2.1). */
function redirectable<T>(target: RedirectTarget, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof OAuthError ? error.redirectedTo(target) : error;
  }
}

/** Decides without a page, by the policy `interaction`. */
function answerAutomatically(
  request: FastifyRequest,
  reply: FastifyReply,
  authorization: Authorization,
  options: { readonly user: string; readonly decision: 'allow' | 'deny'; readonly path: string },
): Promise<void> | undefined {
  const { realm, entry } = request;
  const { user: named, decision, path } = options;
  const user = realm.user(named);
  if (user === undefined) throw refuse('authorize.user-unknown', { user: named, known: [...realm.users.keys()] });
  entry.userId = user.id;
  const answer = decision === 'allow' ? approve(realm, authorization, user) : deny(authorization, user);
  return sendRedirect(request, reply, answer, requestText(request, path));
}

/** Stores the request as pending. Sends the browser to the login page, or past it if the user is logged in. */
function openPage(
  request: FastifyRequest,
  reply: FastifyReply,
  authorization: Authorization,
  requested: string,
): Promise<void> | undefined {
  const { realm } = request;
  const session = findOrOpenSession(request);
  const createdAt = realm.now();
  const restartedBecause = takeRestartCause(realm, requested);
  const pending: Pending = {
    ...authorization,
    id: realm.generate.id(),
    browserId: session.browserId,
    request: requested,
    providerUrl: request.providerUrl,
    createdAt,
    expiresAt: createdAt + pendingSeconds * 1000,
    ...(restartedBecause === undefined ? {} : { restartedBecause }),
  };
  realm.pending.set(pending.id, pending);

  const user = session.userId === undefined ? undefined : realm.users.get(session.userId);
  if (user === undefined) {
    return sendRedirectTo(request, reply, 302, loginUrl(request, pending));
  }
  // the consent page has a URL of its own here; the provider answers with the page itself
  const isPageDue = whyConsentIsSkipped(realm, pending, user) === undefined;
  const instead = isPageDue ? insteadOfPage(request) : undefined;
  if (instead !== undefined) return sendAnswer(request, reply, instead);
  return continueAfterLogin(request, reply, pending, user);
}
