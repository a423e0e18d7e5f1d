import { approve, checkAuthorization, deny, findTarget, hasLiveToken } from '../../core/authorize.js';
import { OAuthError, refuse } from '../../core/errors.js';
import { authenticateUser } from '../../core/user.js';
import { notStored, sendAnswer, sendRedirectTo } from '../answering/answer.js';
import { describe, note } from '../answering/refusal.js';
import { answerConsent } from '../pages/consent.js';
import { readAuthorizationRequest } from '../reading/protocol-requests.js';
import { rememberBrowser } from '../pages/session.js';
import { requireMethod } from './token.js';
import { sendPage } from '../pages/views.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, Authorization, AuthorizationRequest, Pending } from '../../core/authorize.js';
import type { Client, User } from '../../core/model.js';
import type { Realm } from '../../core/realm.js';
import type { Refusal } from '../../providers/provider.js';

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
  if (realm.policy.passwordAtAuthorize && wire.username !== undefined)
    return answerWithCode(request, reply, wire, wire.username);

  const target = findTarget(realm, wire);
  const authorization = redirectable(wire, target.redirectUri, () => checkAuthorization(realm, wire, target));
  const { interaction } = realm.policy;
  if (interaction.mode === 'auto') {
    const user = realm.user(interaction.user);
    if (user === undefined)
      throw refuse('authorize.user-unknown', { user: interaction.user, known: [...realm.users.keys()] });
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
  if (user === undefined)
    return sendRedirectTo(request, reply, 302, `${base}${provider.endpoints.login}?authorization=${pending.id}`);
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
  if (client === undefined)
    throw clientId === undefined
      ? refuse('client.missing', { elsewhere: [] })
      : refuse('client.unknown', { clientId, method: 'query', known: [...realm.clients.keys()] });
  if (client.confidential && client.secret !== clientSecret)
    throw refuse('client.secret-wrong', { clientId: client.id, method: 'query' });
  return client;
}

/** The members that go back in the query of the redirect URI. */
export function redirectParameters(
  { provider, realm }: Pick<FastifyRequest, 'provider' | 'realm'>,
  answer: Answer,
): Record<string, string> {
  const { policy } = realm;
  const state = policy.echoState && answer.state !== undefined ? { state: answer.state } : {};
  if ('error' in answer) return { ...provider.redirectRefusal(describe(provider, policy, answer.error)), ...state };
  return { code: answer.code.code, ...(policy.tokenTypeInRedirect ? { token_type: 'bearer' } : {}), ...state };
}

/** Adds parameters to a redirect URI, which keeps its own query (RFC 6749 §3.1.2). */
export function withParameters(
  redirectUri: string,
  parameters: Readonly<Record<string, string>> | readonly (readonly [string, string])[],
): string {
  const query = new URLSearchParams(parameters as Record<string, string>).toString();
  // a blank as %20 is read alike by form decoders and by URI decoders
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query.replaceAll('+', '%20')}`;
}

/** Sends the browser back to the client. */
export function sendRedirect(request: FastifyRequest, reply: FastifyReply, answer: Answer): Promise<void> | undefined {
  if ('error' in answer) note(request.entry, answer.error);
  const { redirectUri } = answer;
  return sendRedirectTo(
    request,
    reply,
    request.realm.policy.redirectStatus,
    withParameters(redirectUri, redirectParameters(request, answer)),
    notStored,
  );
}

/** What Doorkeeper calls errors of the pre-authorization: those of the request itself. */
const preAuthorization = /^(?:authorize|scope|pkce|request\.parameter)/;

/** Tells a refusal of the authorization endpoint: by redirect where that is safe and the provider does so, else on a page. */
export async function sendAuthorizationRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  error: OAuthError,
  refusal: Refusal,
): Promise<void> {
  const { policy } = request.realm;
  if (error.redirect !== undefined && policy.authorizeRefusals === 'redirect')
    return sendRedirect(request, reply, { error, ...error.redirect });
  const early = preAuthorization.test(error.reason) && refusal.status < 500;
  const status = early && policy.refusalPageStatus === 'always-200' ? 200 : refusal.status;
  if (wantsJson(request)) return sendAnswer(request, reply, { ...request.provider.tokenRefusal(refusal), status });
  return sendRefusedPage(request, reply, status, error, refusal);
}

function wantsJson({ headers, realm, query }: FastifyRequest): boolean {
  if (realm.policy.passwordAtAuthorize && (query as Record<string, unknown>).username !== undefined) return true;
  const accept = headers.accept ?? '';
  return accept.includes('application/json') && !accept.includes('text/html');
}

async function sendRefusedPage(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  error: OAuthError,
  refusal: Refusal,
): Promise<void> {
  return sendPage(request, reply, status, 'refused', {
    heading: request.provider.refusedHeading,
    summary: refusal.description,
    error: refusal.error,
    // what went wrong inside is for the journal and the log
    explanation:
      error.reason === 'server.failed'
        ? 'this is no fault of the application: the journal and the log of Understudy say what failed'
        : request.entry.explanation,
    comparison: comparison(error),
    advice: advice(error),
  });
}

function comparison({
  reason,
  facts,
}: OAuthError): { label: string; expected: readonly string[]; received: string } | undefined {
  if (reason.startsWith('authorize.redirect-uri'))
    return {
      label: 'redirect_uri',
      expected: facts.registered as readonly string[],
      received: typeof facts.received === 'string' ? facts.received : '',
    };
  if (reason === 'authorize.client-unknown')
    return { label: 'client_id', expected: facts.known as readonly string[], received: String(facts.clientId) };
  if (reason === 'authorize.response-type-unsupported')
    return { label: 'response_type', expected: ['code'], received: String(facts.responseType) };
  if (reason.startsWith('scope.') && facts.allowed !== undefined)
    return { label: 'scope', expected: facts.allowed as readonly string[], received: String(facts.scope) };
  return undefined;
}

function advice({ reason }: OAuthError): string | undefined {
  if (reason === 'authorize.redirect-uri-unregistered')
    return 'Send one of the registered URIs, letter by letter, or register this one with the client.';
  if (reason === 'page.unknown') return 'Go back to the application and begin again.';
  return undefined;
}
