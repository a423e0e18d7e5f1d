import { formatOf } from '../../providers/answer-format.js';
import { sendAnswer } from '../answering/answer.js';
import { RequestAnswering } from '../answering/answering.js';
import { registrationOf } from './registration.js';
import { sendErrorRedirect } from './send-back.js';
import { insteadOfPage, sendPage } from './views.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Registration } from './registration.js';
import type { RefusedRequest } from '../answering/refused-request.js';
import type { OAuthError, Reason } from '../../core/errors.js';
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
  const format = formatOf(request.provider, request.realm.policy);
  if (request.entry.endpoint === 'authorize' && format.authorizeRefusal !== undefined) {
    return sendAnswer(request, reply, format.authorizeRefusal(refusal, new RequestAnswering(request)));
  }
  if (byFault) return sendAnswer(request, reply, format.tokenRefusal(refusal, new RequestAnswering(request)));
  const own = request.provider.pageRefusal?.(refusal) ?? insteadOfPage(request);
  if (own !== undefined) return sendAnswer(request, reply, own);
  const isEarly = preAuthorization.test(error.reason) && refusal.status < 500;
  const status = isEarly && request.realm.policy.refusalPageStatus === 'always-200' ? 200 : refusal.status;
  if (wantsJson(request)) {
    return sendAnswer(request, reply, { ...format.tokenRefusal(refusal, new RequestAnswering(request)), status });
  }
  return sendRefusalPage(request, reply, status, error, refusal);
}

function wantsJson({ headers, realm, query }: FastifyRequest): boolean {
  if (realm.policy.passwordAtAuthorize && (query as Record<string, unknown>).username !== undefined) return true;
  const accept = headers.accept ?? '';
  return accept.includes('application/json') && !accept.includes('text/html');
}

/** Sends the page of a refusal, whatever form the provider has for refusals. */
export async function sendRefusalPage(
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
      error.reason === 'server.failed' && error.facts.file === undefined
        ? 'this is an error of Understudy, not of the application: its journal and log have the details'
        : request.entry.explanation,
    comparison: comparison(error),
    advice: advice[error.reason],
    registration: await registration(request, error),
  });
}

async function registration(request: FastifyRequest, { reason, facts }: OAuthError): Promise<Registration | undefined> {
  return reason === 'authorize.redirect-uri-unregistered' ? registrationOf(request, String(facts.received)) : undefined;
}

/** A value that the client sent, and the values that would have been accepted. */
interface Comparison {
  readonly label: string;
  readonly expected: readonly string[];
  readonly received: string;
}

type Compare = (facts: OAuthError['facts']) => Comparison | undefined;

/** What the page of a reason compares. The first pattern that matches the reason applies. */
const comparisons: readonly (readonly [RegExp, Compare])[] = [
  [
    /^authorize\.redirect-uri/,
    ({ registered, received }) => ({
      label: 'redirect_uri',
      expected: registered as readonly string[],
      received: typeof received === 'string' ? received : '',
    }),
  ],
  [
    /^authorize\.client-unknown$/,
    ({ known, clientId }) => ({
      label: 'client_id',
      expected: known as readonly string[],
      received: String(clientId),
    }),
  ],
  [
    /^authorize\.response-type-unsupported$/,
    ({ responseType }) => ({ label: 'response_type', expected: ['code'], received: String(responseType) }),
  ],
  [
    /^scope\./,
    ({ allowed, scope }) =>
      allowed === undefined
        ? undefined
        : { label: 'scope', expected: allowed as readonly string[], received: String(scope) },
  ],
];

function comparison({ reason, facts }: OAuthError): Comparison | undefined {
  return comparisons.find(([pattern]) => pattern.test(reason))?.[1](facts);
}

const advice: Partial<Readonly<Record<Reason, string>>> = {
  'authorize.redirect-uri-unregistered':
    'Send one of the registered URIs exactly as it is registered, or register this one for the client.',
  'page.unknown':
    'Understudy may have been restarted or reset, or the provider changed, since the page was shown. Its URL does ' +
    'not have the request, so it cannot be restarted from here. Go back to the application and connect again.',
  'page.other-browser':
    'Understudy may have been restarted or reset, or the provider changed, since the page was shown. Go back to the ' +
    'application and connect again, in this browser.',
};
