import type { FastifyRequest, FastifyReply } from 'fastify';
import type { OAuthError } from '../../core/errors.js';
import type { Refusal } from '../../providers/provider.js';
import { sendAnswer } from '../answering/answer.js';
import { sendRedirect } from '../answering/redirect-back.js';
import { sendPage } from './views.js';

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
  if (error.redirect !== undefined && policy.authorizeRefusals === 'redirect') {
    return sendRedirect(request, reply, { error, ...error.redirect });
  }
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
  if (reason.startsWith('authorize.redirect-uri')) {
    return {
      label: 'redirect_uri',
      expected: facts.registered as readonly string[],
      received: typeof facts.received === 'string' ? facts.received : '',
    };
  }
  if (reason === 'authorize.client-unknown') {
    return { label: 'client_id', expected: facts.known as readonly string[], received: String(facts.clientId) };
  }
  if (reason === 'authorize.response-type-unsupported') {
    return { label: 'response_type', expected: ['code'], received: String(facts.responseType) };
  }
  if (reason.startsWith('scope.') && facts.allowed !== undefined) {
    return { label: 'scope', expected: facts.allowed as readonly string[], received: String(facts.scope) };
  }
  return undefined;
}

function advice({ reason }: OAuthError): string | undefined {
  if (reason === 'authorize.redirect-uri-unregistered') {
    return 'Send one of the registered URIs, letter by letter, or register this one with the client.';
  }
  if (reason === 'page.unknown') return 'Go back to the application and begin again.';
  return undefined;
}
