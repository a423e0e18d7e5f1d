import { explain } from '../../core/errors.js';
import { apiFormatOf, formatOf, refusalAt } from '../../providers/answer-format.js';
import { standard } from '../../providers/standard.js';
import { sendAnswer } from '../answering/answer.js';
import { RequestAnswering } from '../answering/answering.js';
import { refusedRequest } from '../answering/refused-request.js';
import { sendTokenAnswer } from '../answering/token-answer.js';
import { pathOf } from '../addressing.js';
import { addHeaders } from '../extra-headers.js';
import { sendAuthorizationRefusal, sendRefusalPage } from '../pages/refusal-page.js';
import { problemText } from '../problem.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RefusedRequest } from '../answering/refused-request.js';
import type { WireAnswer } from '../../providers/provider.js';
import type { Endpoint } from '../../world/journal/entry.js';

type SendRefusal = (request: FastifyRequest, reply: FastifyReply, refused: RefusedRequest) => Promise<void> | undefined;

/** How each endpoint sends a refusal. */
const senders: Readonly<Record<Endpoint, SendRefusal>> = {
  authorize: sendAuthorizationRefusal,
  login: sendAuthorizationRefusal,
  consent: sendAuthorizationRefusal,
  token: sendTokenRefusal('token'),
  revoke: sendTokenRefusal('revoke'),
  introspect: sendTokenRefusal('introspect'),
  resource: sendBearerRefusal,
  userinfo: sendBearerRefusal,
  metadata: sendProblemRefusal,
  other: sendProblemRefusal,
};

/** Sends everything that a provider's routes, hooks and faults throw, in the provider's format. */
export function refusals(app: FastifyInstance): void {
  app.setErrorHandler(async (thrown, request, reply) => {
    const refused = refusedRequest(thrown, request);
    const { error, refusal } = refused;
    // RFC 9110 §15.5.6. A policy can set 405 for another reason, and a provider another status for this one
    if (refusal.status === 405 && error.reason === 'request.method-not-allowed') {
      const allow = allowedMethods(request, error.facts.allowed as readonly string[]);
      if (allow !== undefined) addHeaders(request, { allow });
    }
    const byServer = serverRefusal(request, refused);
    if (byServer !== undefined) return sendAnswer(request, reply, byServer);
    try {
      return await senders[request.entry.endpoint](request, reply, refused);
    } catch (inRefusal) {
      return sendFailure(request, reply, inRefusal);
    }
  });
}

/** A template of the refusal itself failed, so that the provider has no form for it: the standard's is sent. */
function sendFailure(request: FastifyRequest, reply: FastifyReply, thrown: unknown): Promise<void> | undefined {
  const { error, refusal } = refusedRequest(thrown, request);
  return senders[request.entry.endpoint] === sendAuthorizationRefusal
    ? sendRefusalPage(request, reply, refusal.status, error, refusal)
    : sendAnswer(request, reply, standard.tokenRefusal(refusal));
}

/** The header Allow. Undefined: a framework that routes GET and refuses it in its own code does not send it. */
function allowedMethods({ realm, entry, method }: FastifyRequest, allowed: readonly string[]): string | undefined {
  if (entry.endpoint !== 'token' || realm.policy.allowAtToken === 'the-methods') return allowed.join(', ');
  return method === 'GET' || method === 'HEAD' ? undefined : 'GET, POST';
}

/** The answer of the provider's framework, if the request does not reach its application. */
function serverRefusal(request: FastifyRequest, { refusal, byFault }: RefusedRequest): WireAnswer | undefined {
  const { provider, realm, base, originalUrl } = request;
  if (byFault || provider.serverRefusal === undefined) return undefined;
  // the root of a provider is a URL of Understudy: its answer lists the paths
  const isRoot = pathOf(originalUrl).length <= base.length + 1;
  const { unknownPaths, answerFormat } = realm.policy;
  if (unrouted.test(refusal.reason) ? isRoot || unknownPaths === 'explained' : answerFormat === 'rfc') return undefined;
  return provider.serverRefusal(refusal, request);
}

/** Reasons for which a framework finds no route. */
const unrouted = /^(?:request\.(?:path-unknown|method-not-allowed)|resource\.unknown)$/;

function sendTokenRefusal(endpoint: 'token' | 'revoke' | 'introspect'): SendRefusal {
  return (request, reply, refused) => sendRefusalAt(endpoint, request, reply, refused);
}

function sendRefusalAt(
  endpoint: 'token' | 'revoke' | 'introspect',
  request: FastifyRequest,
  reply: FastifyReply,
  { refusal, byFault }: RefusedRequest,
): Promise<void> | undefined {
  const { provider, realm, routeOptions, parameters } = request;
  if (routeOptions.config.tokenInfo === true && provider.tokenInfoRefusal !== undefined) {
    return sendAnswer(request, reply, provider.tokenInfoRefusal(refusal));
  }
  const echoesState =
    !byFault && realm.policy.echoStateAtToken && provider.reasons[refusal.reason]?.echoesState === true;
  const state = echoesState ? parameters?.get('state') : undefined;
  const write = refusalAt(formatOf(provider, realm.policy), endpoint);
  const told = state === undefined ? refusal : { ...refusal, state };
  return sendTokenAnswer(request, reply, write(told, new RequestAnswering(request)));
}

function sendBearerRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  { refusal }: RefusedRequest,
): Promise<void> | undefined {
  const { provider, realm } = request;
  const answer = apiFormatOf(provider, realm.policy, refusal.reason).bearerRefusal(
    refusal,
    new RequestAnswering(request),
  );
  if (refusal.reason !== 'bearer.insufficient-scope' || realm.policy.scopeChallenge) {
    return sendAnswer(request, reply, answer);
  }
  const { 'www-authenticate': _challenge, ...headers } = answer.headers;
  return sendAnswer(request, reply, { ...answer, headers });
}

/** Outside the provider's endpoints Understudy answers in its own format. */
function sendProblemRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  { error, refusal }: RefusedRequest,
): Promise<void> | undefined {
  const { status, description: title } = refusal;
  const { type, text } = problemText({ title, status, detail: explain(error), ...error.facts });
  return sendAnswer(request, reply, { status, headers: { 'content-type': type }, body: text });
}
