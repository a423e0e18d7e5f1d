import { approve, checkAuthorization, deny, findTarget, hasLiveToken } from '../../core/authorize.js';
import { OAuthError, refuse } from '../../core/errors.js';
import { authenticateUser } from '../../core/user.js';
import { sendAnswer, sendRedirectTo } from '../answering/answer.js';
import { answerConsent } from '../pages/consent.js';
import { readAuthorizationRequest } from '../reading/protocol-requests.js';
import { rememberBrowser } from '../pages/session.js';
import { requireMethod } from '../reading/method.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authorization, AuthorizationRequest, Pending } from '../../core/authorization.js';
import type { Client, User } from '../../core/model.js';
import type { Realm } from '../../core/realm.js';
import { sendRedirect } from '../answering/redirect-back.js';

/** How long a page waits for a person, in seconds. */
const pendingSeconds = 3600;

/** The authorization endpoint (RFC 6749 §3.1). With `?authorization=` it is the page of one that already waits. */
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
  const wire = readAuthorizationRequest(request);
  if (wire.clientId !== undefined) entry.clientId = wire.clientId;
  if (realm.policy.passwordAtAuthorize && wire.username !== undefined) {
    return answerWithCode(request, reply, wire, wire.username);
  }

  const target = findTarget(realm, wire);
  const authorization = redirectable(wire, target.redirectUri, () => checkAuthorization(realm, wire, target));
  const { interaction } = realm.policy;
  if (interaction.mode === 'auto') {
    const user = realm.user(interaction.user);
    if (user === undefined) {
      throw refuse('authorize.user-unknown', { user: interaction.user, known: [...realm.users.keys()] });
    }
    entry.userId = user.id;
    return sendRedirect(
      request,
      reply,
      interaction.decision === 'allow' ? approve(realm, authorization, user) : deny(authorization, user),
    );
  }
  return openPage(request, reply, authorization);
}

/** Once client and redirect_uri are trusted, a refusal may go back by redirect (RFC 6749 §4.1.2.1). */
function redirectable<T>({ state }: AuthorizationRequest, redirectUri: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof OAuthError ? error.redirectedTo({ redirectUri, state }) : error;
  }
}

function openPage(
  request: FastifyRequest,
  reply: FastifyReply,
  authorization: Authorization,
): Promise<void> | undefined {
  const { realm, base, provider } = request;
  const session = rememberBrowser(request);
  const at = realm.now();
  const pending: Pending = {
    ...authorization,
    id: realm.generate.id(),
    sessionId: session.id,
    createdAt: at,
    expiresAt: at + pendingSeconds * 1000,
  };
  realm.pending.set(pending.id, pending);

  const user = session.userId === undefined ? undefined : realm.users.get(session.userId);
  if (user === undefined) {
    return sendRedirectTo(request, reply, 302, `${base}${provider.endpoints.login}?authorization=${pending.id}`);
  }
  return afterLogin(request, reply, pending, user);
}

/** Where somebody who is logged in goes next: to the consent page, or, where the provider asks only once, back to the client. */
export function afterLogin(
  request: FastifyRequest,
  reply: FastifyReply,
  pending: Pending,
  user: User,
): Promise<void> | undefined {
  const { realm, base, provider, entry } = request;
  entry.userId = user.id;
  if (realm.policy.consent === 'skipped-while-a-token-lives' && hasLiveToken(realm, pending, user)) {
    entry.notes.push('consent skipped: a token of this client, user and scopes is alive');
    pending.answer = approve(realm, pending, user);
    return sendRedirect(request, reply, pending.answer);
  }
  return sendRedirectTo(request, reply, 303, `${base}${provider.endpoints.authorize[0]}?authorization=${pending.id}`);
}

/** MailUp's endpoint of 2013: name and password in the query, the code in the body, and no redirect. */
function answerWithCode(
  request: FastifyRequest,
  reply: FastifyReply,
  wire: ReturnType<typeof readAuthorizationRequest>,
  username: string,
): Promise<void> | undefined {
  const { realm, entry, provider } = request;
  const client = requireClient(realm, wire);
  if (wire.password === undefined) throw refuse('password.password-missing', {});
  const user = authenticateUser(realm, username, wire.password);
  entry.userId = user.id;
  const authorization = checkAuthorization(realm, wire, { client, redirectUri: client.redirectUris[0] ?? '' });
  const answer = approve(realm, authorization, user);
  return sendAnswer(request, reply, provider.codeAnswer(answer.code.code));
}

function requireClient(realm: Realm, { clientId, clientSecret }: AuthorizationRequest): Client {
  const client = realm.clients.get(clientId ?? '');
  if (client === undefined) {
    throw clientId === undefined
      ? refuse('client.missing', { elsewhere: [] })
      : refuse('client.unknown', { clientId, method: 'query', known: [...realm.clients.keys()] });
  }
  if (client.confidential && client.secret !== clientSecret) {
    throw refuse('client.secret-wrong', { clientId: client.id, method: 'query' });
  }
  return client;
}
