import { sendAnswer } from '../answering/answer.js';
import { sendErrorRedirect } from '../answering/redirect-back.js';
import { sendPage } from './views.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RefusedRequest } from '../answering/refused-request.js';
import type { OAuthError } from '../../core/errors.js';
import type { Refusal } from '../../providers/provider.js';

/** Reasons that Doorkeeper checks before the authorization (its class PreAuthorization). */
const preAuthorization = /^(?:authorize|scope|pkce|request\.parameter)/;

/**
 * Sends a refusal of a page endpoint: by redirect if there is a target, as JSON if the client wants it, or as a page.
 */
export async function sendAuthorizationRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  refused: RefusedRequest,
): Promise<void> {
  const { error, refusal, redirect, byFault } = refused;
  if (redirect !== undefined) return sendErrorRedirect(request, reply, redirect, refused);
  if (byFault) return sendAnswer(request, reply, request.provider.tokenRefusal(refusal));
  const isEarly = preAuthorization.test(error.reason) && refusal.status < 500;
  const status = isEarly && request.realm.policy.refusalPageStatus === 'always-200' ? 200 : refusal.status;
  if (wantsJson(request)) return sendAnswer(request, reply, { ...request.provider.tokenRefusal(refusal), status });
  return sendRefusalPage(request, reply, status, error, refusal);
}

function wantsJson({ headers, realm, query }: FastifyRequest): boolean {
  if (realm.policy.passwordAtAuthorize && (query as Record<string, unknown>).username !== undefined) return true;
  const accept = headers.accept ?? '';
  return accept.includes('application/json') && !accept.includes('text/html');
}

async function sendRefusalPage(
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
    // details of an internal error are for the journal and the log only
    explanation:
      error.reason === 'server.failed'
        ? 'the application did nothing wrong: the journal and the log of Understudy say what failed'
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
