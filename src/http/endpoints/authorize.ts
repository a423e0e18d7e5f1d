import { approve, checkAuthorization, deny, findTarget } from '../../core/authorize.js';
import { OAuthError, refuse } from '../../core/errors.js';
import { syntaxRemarks } from '../../core/remarks.js';
import { sendRedirectTo } from '../answering/answer.js';
import { sendRedirect } from '../answering/redirect-back.js';
import { continueAfterLogin } from '../pages/after-login.js';
import { answerConsent } from '../pages/consent.js';
import { loginUrl } from '../pages/page-urls.js';
import { findOrOpenSession } from '../pages/session.js';
import { requireMethod } from '../reading/method.js';
import { readAuthorizationRequest } from '../reading/protocol-requests.js';
import { answerWithCode } from './code-in-body.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authorization, AuthorizationRequest, Pending } from '../../core/authorization.js';

/** Lifetime of a pending authorization, in seconds. */
const pendingSeconds = 3600;

/** The authorization endpoint (RFC 6749 §3.1). With `?authorization=` it is the consent page of a pending request. */
export function authorizeRoutes(app: FastifyInstance, paths: readonly string[]): void {
  for (const path of paths) {
    app.all(path, { config: { endpoint: 'authorize' } }, async (request, reply) => {
      requireMethod(request, ['GET', 'HEAD', 'POST']);
      return request.entry.endpoint === 'consent' ? answerConsent(request, reply) : beginAuthorization(request, reply);
    });
  }
}

function beginAuthorization(request: FastifyRequest, reply: FastifyReply): Promise<void> | undefined {
  const { realm, entry } = request;
  const parameters = readAuthorizationRequest(request);
  if (parameters.clientId !== undefined) entry.clientId = parameters.clientId;
  if (realm.policy.passwordAtAuthorize && parameters.username !== undefined) {
    return answerWithCode(request, reply, parameters, parameters.username);
  }

  entry.notes.push(...syntaxRemarks(realm.policy, parameters));
  const target = findTarget(realm, parameters);
  const authorization = redirectable(parameters, target.redirectUri, () =>
    checkAuthorization(realm, parameters, target),
  );
  return realm.policy.interaction.mode === 'auto'
    ? answerAutomatically(request, reply, authorization, realm.policy.interaction)
    : openPage(request, reply, authorization);
}

/** Once client and redirect_uri are trusted, a refusal may go back by redirect (RFC 6749 §4.1.2.1). */
function redirectable<T>({ state }: AuthorizationRequest, redirectUri: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof OAuthError ? error.redirectedTo({ redirectUri, state }) : error;
  }
}

/** Decides without a page, by the policy `interaction`. */
function answerAutomatically(
  request: FastifyRequest,
  reply: FastifyReply,
  authorization: Authorization,
  { user: named, decision }: { readonly user: string; readonly decision: 'allow' | 'deny' },
): Promise<void> | undefined {
  const { realm, entry } = request;
  const user = realm.user(named);
  if (user === undefined) throw refuse('authorize.user-unknown', { user: named, known: [...realm.users.keys()] });
  entry.userId = user.id;
  const answer = decision === 'allow' ? approve(realm, authorization, user) : deny(authorization, user);
  return sendRedirect(request, reply, answer);
}

/** Stores the request as pending. Sends the browser to the login page, or past it if the user is logged in. */
function openPage(
  request: FastifyRequest,
  reply: FastifyReply,
  authorization: Authorization,
): Promise<void> | undefined {
  const { realm } = request;
  const session = findOrOpenSession(request);
  const createdAt = realm.now();
  const pending: Pending = {
    ...authorization,
    id: realm.generate.id(),
    sessionId: session.id,
    createdAt,
    expiresAt: createdAt + pendingSeconds * 1000,
  };
  realm.pending.set(pending.id, pending);

  const user = session.userId === undefined ? undefined : realm.users.get(session.userId);
  if (user === undefined) {
    return sendRedirectTo(request, reply, 302, loginUrl(request, pending));
  }
  return continueAfterLogin(request, reply, pending, user);
}
