import { admitRequest } from './connection/connection.js';
import { authorizeRoutes } from './endpoints/authorize.js';
import { allowOrigin } from './endpoints/cors.js';
import { providerNotFound } from './endpoints/provider-not-found.js';
import { refusals } from './endpoints/refusals.js';
import { resourceRoutes } from './endpoints/resource.js';
import { jwksRoutes } from './endpoints/jwks.js';
import { introspectionRoutes } from './endpoints/introspect.js';
import { metadataRoutes } from './endpoints/metadata.js';
import { revocationRoutes } from './endpoints/revoke.js';
import { tokenInfoRoutes } from './endpoints/token-info.js';
import { tokenRoutes } from './endpoints/token.js';
import { userinfoRoutes } from './endpoints/userinfo.js';
import { faultsBefore } from './faulting/before.js';
import { openEntry } from './journal.js';
import { logHook } from './log.js';
import { accountRoutes } from './pages/account.js';
import { loginRoutes } from './pages/login.js';
import { nativeRoutes } from './pages/native.js';
import { pollRoutes } from './pages/poll-answer.js';
import { useAccountRoute } from './pages/use-account.js';
import { recordBody } from '../world/journal/recorded-body.js';
import { passMalformedType, sentLength } from './reading/body.js';
import { formIn } from './reading/form-text.js';
import { noteMistakesInBody, noteMistakesInHead } from './reading/odd-requests.js';
import { checkHostOfPath } from './path-hosts.js';
import { checkPath, enterWorld } from './request-world.js';
import { refuseHostLines } from './host-lines.js';
import type { FastifyPluginCallback } from 'fastify';
import type { Provider } from '../providers/provider.js';
import type { ServedWorlds } from './request-world.js';

/**
 * Hooks and routes of one provider, for all worlds. A request passes them in this order: connection limit, world,
 * journal entry, path check, CORS; then, with its body parsed, the fault; then its route. Everything thrown goes to
 * `refusals`.
 */
export function providerPlugin(served: ServedWorlds, provider: Provider): FastifyPluginCallback {
  return (app, _options, done) => {
    // one hook for all steps: calling a hook costs as much processor time as most of the steps
    app.addHook('onRequest', (request, reply, next) => {
      if (!admitRequest(request, reply) || refuseHostLines(request, reply)) return;
      if (!enterWorld(request, reply, served, provider)) return;
      openEntry(request);
      noteMistakesInHead(request);
      checkPath(request);
      checkHostOfPath(request);
      passMalformedType(request);
      if (!allowOrigin(request, reply)) next();
    });
    const playFault = faultsBefore(app);
    app.addHook('preValidation', (request, reply, next) => {
      // before the fault: it may close the connection, and the entry has to show the body
      request.entry.body = recordBody(request.body, sentLength(request), formIn(request.body));
      noteMistakesInBody(request);
      playFault(request, reply, next);
    });
    refusals(app);
    logHook(app);

    authorizeRoutes(app, provider.endpoints.authorize);
    nativeRoutes(app, provider);
    accountRoutes(app, provider);
    loginRoutes(app, provider.endpoints.login);
    tokenRoutes(app, provider.endpoints);
    revocationRoutes(app, provider.endpoints.revoke);
    introspectionRoutes(app, provider.endpoints.introspect);
    tokenInfoRoutes(app, provider);
    userinfoRoutes(app, provider.endpoints.userinfo);
    metadataRoutes(app, provider.endpoints.metadata);
    jwksRoutes(app, provider.endpoints.jwks ?? []);
    resourceRoutes(app, provider);
    pollRoutes(app);
    useAccountRoute(app);
    providerNotFound(app, provider);
    done();
  };
}
