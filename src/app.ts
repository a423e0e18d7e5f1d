import { adminPlugin } from './admin/plugin.js';
import { serverLanding } from './admin/landing.js';
import { sendUnknownCall } from './admin/refusals.js';
import { basePathOf, firstSegment, isAdminUrl, urlRewriter } from './http/addressing.js';
import { decorateRequests } from './http/context.js';
import { createFastify } from './http/create-fastify.js';
import { believeForwarded, ignoreForwarded } from './http/forwarded.js';
import { notFoundHandler } from './http/not-found.js';
import { guarded } from './http/connection/guarded.js';
import { limitConnections } from './http/connection/limit.js';
import { ProviderApps } from './http/provider-apps.js';
import { refuseConnect, refuseExpectation } from './http/connection/client-error.js';
import { recordOpenings } from './http/connection/connection.js';
import { inOrder } from './http/connection/request-order.js';
import { openLog } from './logging.js';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Examiner } from './admin/examiner.js';
import type { AdminAccess } from './admin/guard.js';
import type { ProgramConfig } from './config.js';
import type { ScenarioLibrary } from './world/scenario/library.js';
import type { ServedWorlds } from './http/request-world.js';
import type { Worlds } from './world/worlds.js';

/** Dependencies of the app. The server opens them first. */
export interface AppOptions extends Pick<ProgramConfig, 'connectionLimit' | 'requestSeconds'> {
  readonly worlds: Worlds;
  readonly library: ScenarioLibrary;
  readonly access: AdminAccess;
  readonly baseUrl?: string | undefined;
  readonly internalUrl?: string | undefined;
  readonly trustProxy?: boolean;
  readonly logLevel: string;
  /** The URL of the forward proxy, when it listens. */
  readonly proxyUrl?: () => string | undefined;
  /** The certificate of the authority, in PEM, if there is one. */
  readonly caCertificate?: string | undefined;
  /** Makes exams. Default: the app makes none. */
  readonly examiner?: Examiner | undefined;
  /** The URLs at which this process reaches the app: HTTP, then the others. */
  readonly listensAt?: () => readonly [string, ...string[]];
}

/** A request with the URL that Fastify routes, and with the one that was sent, as Fastify names them. */
type RewrittenRequest = IncomingMessage & { originalUrl?: string | undefined };

/** Time that requests in progress have to finish when the server closes, in milliseconds. */
export const drainMs = 500;

/** Composes the app from top to bottom. Hooks run in the order of registration, so the order of the lines matters. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { worlds, library, access, baseUrl, internalUrl, connectionLimit, caCertificate } = options;
  const { proxyUrl = () => undefined, examiner, listensAt = () => [''] } = options;
  const fastify = {
    log: openLog(options.logLevel),
    logLevel: options.logLevel,
    requestSeconds: options.requestSeconds,
  };
  const forwarded = options.trustProxy === true ? believeForwarded(fastify.log) : ignoreForwarded;
  const context = { baseUrl, forwarded, adminMode: access.mode, listensAt };
  const served = { worlds, listed: access.mode === 'open' };

  // an app for each provider: its hooks see only its own requests. This one has the rest
  const providerApps = new ProviderApps(worlds, fastify.log, async (provider) => {
    const { openProviderApp } = await import('./http/provider-app.js');
    return openProviderApp(provider, { fastify, context, served });
  });
  const rewriteUrl = urlRewriter(worlds, basePathOf(baseUrl), forwarded);
  const app = createFastify(fastify, (serve) =>
    inOrder(
      (request: RewrittenRequest, response) => {
        request.originalUrl = request.url;
        request.url = rewriteUrl(request);
        providerApps.serve(request, response, serve);
      },
      { log: fastify.log, isCall: ({ url = '' }) => isAdminUrl(url) },
    ),
  );
  cutConnectionsAfterDrain(app, worlds);
  app.addHook('preClose', () => providerApps.close());

  // connections first: a refused connection never becomes a request
  limitConnections(app.server, app.log, connectionLimit);
  refuseConnect(app);
  refuseExpectation(app.server, app.log);
  recordOpenings(app.server);
  decorateRequests(app, context);

  // faults and journals do not apply to the admin API
  const admin = { worlds, library, access, baseUrl, internalUrl, proxyUrl, caCertificate, examiner, listensAt };
  await app.register(adminPlugin(admin));

  // `/`, and a world or a provider as such: the panel for browsers, an index for programs
  serverLanding(app, served);

  // last, requests that nothing answered
  answerUnknownPaths(app, served);
  return app;
}

/**
 * Closes the connections that are still open some time after the close began: those that a fault holds, and those that
 * never sent a request.
 */
function cutConnectionsAfterDrain(app: FastifyInstance, worlds: Worlds): void {
  const endStreams = guarded(app.log, () => {
    for (const world of worlds.list()) world.journal.end();
  });
  app.addHook('preClose', (done) => {
    // first: else each request that is cut would be told to each stream
    endStreams();
    const cut = guarded(app.log, () => {
      app.server.closeAllConnections();
    });
    setTimeout(cut, drainMs).unref();
    done();
  });
}

/** Answers what is for no provider and no call, before its body is read. */
function answerUnknownPaths(app: FastifyInstance, served: ServedWorlds): void {
  const notFound = notFoundHandler(served);
  const answer = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    firstSegment(request.url) === '__admin' ? sendUnknownCall(request, reply) : notFound(request, reply);
  app.register((scope, _options, done) => {
    // a hook, because Fastify reads the body before it calls a handler
    scope.addHook('onRequest', (request, reply) => {
      answer(request, reply);
    });
    scope.all('/*', answer);
    done();
  });
  // methods that Fastify does not route
  app.setNotFoundHandler(answer);
  // what Fastify itself refuses at an unknown path, such as a body
  app.setErrorHandler((_error, request, reply) => answer(request, reply));
}
