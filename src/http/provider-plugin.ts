import { explain } from '../core/errors.js';
import { sendAnswer } from './answering/answer.js';
import { setAhead } from './answering/headers-ahead.js';
import { authorizeRoutes } from './endpoints/authorize.js';
import { sendAuthorizationRefusal } from './pages/refused.js';
import { allowOrigin } from './endpoints/cors.js';
import { keptBody } from './reading/body.js';
import { describe, note, toOAuthError } from './answering/refusal.js';
import { faultsBefore } from './faulting/before.js';
import { openEntry } from './journal.js';
import { enterLine } from './connection/connection.js';
import { logHook } from './log.js';
import { loginRoutes } from './pages/login.js';
import { resourceRoutes } from './endpoints/resource.js';
import { introspectionRoutes } from './endpoints/introspect.js';
import { revocationRoutes } from './endpoints/revoke.js';
import { tokenInfoRoutes } from './endpoints/token-info.js';
import { tokenRoutes } from './endpoints/token.js';
import { unrouted } from './endpoints/provider-not-found.js';
import { waitingRoutes } from './pages/poll-answer.js';
import { checkPath, enterWorld } from './request-world.js';
import { problemText } from './answering/problem.js';
import type { FastifyInstance, FastifyPluginCallback } from 'fastify';
import type { Provider } from '../providers/provider.js';
import type { Worlds } from '../world/worlds.js';

/** Everything of one provider, in the default world or, under another prefix, in any. The order is behaviour. */
export function providerPlugin(worlds: Worlds, provider: Provider): FastifyPluginCallback {
  return (app, _options, done) => {
    // one hook for each moment: a hook costs as much as what most of these steps do
    app.addHook('onRequest', (request, reply, next) => {
      if (!enterLine(request, reply) || !enterWorld(request, reply, worlds, provider)) return;
      openEntry(request);
      checkPath(request);
      if (!allowOrigin(request, reply)) next();
    });
    const playFault = faultsBefore(app);
    app.addHook('preValidation', (request, reply, next) => {
      // before a fault can cut the request
      request.entry.body = keptBody(request);
      playFault(request, reply, next);
    });
    refusals(app);
    logHook(app);

    authorizeRoutes(app, provider.endpoints.authorize);
    loginRoutes(app, provider.endpoints.login);
    tokenRoutes(app, provider.endpoints.token);
    revocationRoutes(app, provider.endpoints.revoke);
    introspectionRoutes(app, provider.endpoints.introspect);
    tokenInfoRoutes(app, provider);
    resourceRoutes(app, provider);
    waitingRoutes(app);
    unrouted(app, provider);
    done();
  };
}

/** Turns whatever was thrown into the provider's words, and keeps the reason in the journal. */
function refusals(app: FastifyInstance): void {
  app.setErrorHandler(async (thrown, request, reply) => {
    const error = toOAuthError(thrown, request);
    if (error.reason === 'server.failed') request.log.error(thrown);
    const { realm, provider, entry } = request;
    note(entry, error);
    const refusal = describe(provider, realm.policy, error);
    // a policy may answer 405 to anything, and DottedSign answers 404 to this
    if (refusal.status === 405 && error.reason === 'request.method-not-allowed') {
      setAhead(request, { allow: (error.facts.allowed as readonly string[]).join(', ') });
    }
    switch (entry.endpoint) {
      case 'authorize':
      case 'login':
      case 'consent':
        return sendAuthorizationRefusal(request, reply, error, refusal);
      case 'resource':
        return sendAnswer(request, reply, provider.bearerRefusal(refusal));
      case 'other': {
        const { type, text } = problemText({
          title: refusal.description,
          status: refusal.status,
          detail: explain(error),
          ...error.facts,
        });
        return sendAnswer(request, reply, { status: refusal.status, headers: { 'content-type': type }, body: text });
      }
      default:
        return sendAnswer(request, reply, provider.tokenRefusal(refusal));
    }
  });
}
