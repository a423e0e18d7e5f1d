import { authorizeRoutes } from './endpoints/authorize.js';
import { allowOrigin } from './endpoints/cors.js';
import { journaledBody } from './reading/body.js';
import { faultsBefore } from './faulting/before.js';
import { openEntry } from './journal.js';
import { admitRequest } from './connection/connection.js';
import { logHook } from './log.js';
import { loginRoutes } from './pages/login.js';
import { resourceRoutes } from './endpoints/resource.js';
import { revocationRoutes } from './endpoints/revoke.js';
import { tokenRoutes } from './endpoints/token.js';
import { providerNotFound } from './endpoints/provider-not-found.js';
import { refusals } from './endpoints/refusals.js';
import { pollRoutes } from './pages/poll-answer.js';
import { checkPath, enterWorld } from './request-world.js';
import type { FastifyPluginCallback } from 'fastify';
import type { Provider } from '../providers/provider.js';
import type { Worlds } from '../world/worlds.js';

/** Everything of one provider, in the default world or, under another prefix, in any. The order is behaviour. */
export function providerPlugin(worlds: Worlds, provider: Provider): FastifyPluginCallback {
  return (app, _options, done) => {
    // one hook for each moment: a hook costs as much as what most of these steps do
    app.addHook('onRequest', (request, reply, next) => {
      if (!admitRequest(request, reply) || !enterWorld(request, reply, worlds, provider)) return;
      openEntry(request);
      checkPath(request);
      if (!allowOrigin(request, reply)) next();
    });
    const playFault = faultsBefore(app);
    app.addHook('preValidation', (request, reply, next) => {
      // before a fault can cut the request
      request.entry.body = journaledBody(request);
      playFault(request, reply, next);
    });
    refusals(app);
    logHook(app);

    authorizeRoutes(app, provider.endpoints.authorize);
    loginRoutes(app, provider.endpoints.login);
    tokenRoutes(app, provider.endpoints.token);
    revocationRoutes(app, provider.endpoints);
    resourceRoutes(app, provider);
    pollRoutes(app);
    providerNotFound(app, provider);
    done();
  };
}
