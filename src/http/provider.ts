import { explain } from '../core/errors.js';
import { uuid } from '../providers/text.js';
import { readOn, sendAnswer } from './answer.js';
import { authorizeRoutes, sendAuthorizationRefusal } from './authorize.js';
import { corsHook } from './cors.js';
import { describe, note, toOAuthError } from './errors.js';
import { faultsDeparture } from './fault-answer.js';
import { faultsAfter, faultsBefore } from './faults.js';
import { journalHooks } from './journal.js';
import { logHook } from './log.js';
import { loginRoutes } from './login.js';
import { resourceRoutes } from './resource.js';
import { revocationRoutes } from './revoke.js';
import { tokenRoutes } from './token.js';
import { unrouted } from './unrouted.js';
import { waitingRoutes } from './waiting.js';
import { pathHook, worldHook } from './world.js';
import { sendProblem } from './problem.js';
import type { FastifyInstance, FastifyPluginCallback } from 'fastify';
import type { Provider } from '../providers/provider.js';
import type { Worlds } from '../world/worlds.js';

/** Everything of one provider, in the default world or, under another prefix, in any. The order of the hooks is behaviour. */
export function providerPlugin(worlds: Worlds, provider: Provider): FastifyPluginCallback {
  return (app, _options, done) => {
    worldHook(app, worlds, provider);
    frameworkHeaders(app);
    // around the journal: it reads the request before a fault can cut it, and keeps what a fault left of the answer
    faultsAfter(app);
    journalHooks(app);
    faultsBefore(app);
    faultsDeparture(app);
    pathHook(app);
    corsHook(app);
    refusals(app);
    logHook(app);

    authorizeRoutes(app, provider.endpoints.authorize);
    loginRoutes(app, provider.endpoints.login);
    tokenRoutes(app, provider.endpoints.token);
    revocationRoutes(app, provider.endpoints);
    resourceRoutes(app, provider);
    waitingRoutes(app);
    unrouted(app, provider);
    done();
  };
}

/** The headers of the provider's framework, and a virtual Date where the world wants one. Before the journal, which sees them. */
function frameworkHeaders(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const { provider, world } = request;
    const requestId = (): string => uuid(world.random(`${provider.name} request ids`));
    reply.headers(provider.everyAnswer({ status: reply.statusCode, body: typeof payload === 'string' ? payload : '', requestId, seconds: (performance.now() - request.begunAt) / 1000 }));
    if (world.dateHeader === 'virtual') reply.header('date', new Date(world.clock.now()).toUTCString());
    done(null, payload);
  });
}

/** Turns whatever was thrown into the provider's words, and keeps the reason in the journal. */
function refusals(app: FastifyInstance): void {
  app.setErrorHandler(async (thrown, request, reply) => {
    const error = toOAuthError(thrown, request);
    if (error.reason === 'server.failed') request.log.error(thrown);
    const { realm, provider, entry } = request;
    note(entry, error);
    if (error.reason === 'request.body-too-large') readOn(reply);
    const refusal = describe(provider, realm.policy, error);
    // a policy may answer 405 to anything, and DottedSign answers 404 to this
    if (refusal.status === 405 && error.reason === 'request.method-not-allowed') reply.header('allow', (error.facts.allowed as readonly string[]).join(', '));
    switch (entry.endpoint) {
      case 'authorize':
      case 'login':
      case 'consent':
        return sendAuthorizationRefusal(request, reply, error, refusal);
      case 'resource':
        return sendAnswer(reply, provider.bearerRefusal(refusal));
      case 'other':
        return sendProblem(reply, { title: refusal.description, status: refusal.status, detail: explain(error), ...error.facts });
      default:
        return sendAnswer(reply, provider.tokenRefusal(refusal));
    }
  });
}
