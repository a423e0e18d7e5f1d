import fastify, { LogController } from 'fastify';
import { adminPlugin } from './admin/plugin.js';
import { serverLanding } from './admin/landing.js';
import { sendUnknownCall } from './admin/refusals.js';
import { basePathOf, urlRewriter } from './http/addressing.js';
import { bodyLimitBytes, bodyParsers } from './http/reading/body.js';
import { decorateRequests } from './http/context.js';
import { believeForwarded, ignoreForwarded } from './http/forwarded.js';
import { logsRequests } from './http/log.js';
import { notFoundHandler } from './http/not-found.js';
import { DefinedProviders, definedProvidersPlugin } from './http/defined-providers.js';
import { guarded } from './http/connection/guarded.js';
import { limitConnections, timeoutCheckMs } from './http/connection/limit.js';
import { providerPlugin } from './http/provider-plugin.js';
import { refuseConnect, refuseExpectation, refuseUnparsed } from './http/connection/client-error.js';
import { recordOpenings } from './http/connection/connection.js';
import { readWithEncodedUrl } from './http/connection/raw-url.js';
import { viewsPlugin } from './http/pages/views.js';
import { openLog } from './logging.js';
import type { IncomingMessage } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { ContextOptions } from './http/context.js';
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

/** Maximum length of a path parameter: a token in the admin API, the name of a world. */
const maxParamLength = 1000;

/** Time that requests in progress have to finish when the server closes, in milliseconds. */
export const drainMs = 500;

/** Composes the app from top to bottom. Hooks run in the order of registration, so the order of the lines matters. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { worlds, library, access, baseUrl, internalUrl, connectionLimit, caCertificate } = options;
  const { proxyUrl = () => undefined, examiner, listensAt = () => [''] } = options;
  const log = openLog(options.logLevel);
  const forwarded = options.trustProxy === true ? believeForwarded(log) : ignoreForwarded;
  const rewriteUrl = urlRewriter(worlds, basePathOf(baseUrl), forwarded);
  const app = createFastify(options, log, rewriteUrl);
  const context = { baseUrl, forwarded, adminMode: access.mode };
  cutConnectionsAfterDrain(app, worlds);

  // connections first: a refused connection never becomes a request
  limitConnections(app.server, app.log, connectionLimit);
  refuseConnect(app);
  refuseExpectation(app.server);
  recordOpenings(app.server);
  await prepareEndpoints(app, context);

  // one scope per provider: its hooks see only its own requests
  const served = { worlds, listed: access.mode === 'open' };
  for (const provider of worlds.builtIn) {
    await app.register(providerPlugin(served, provider), { prefix: `/${provider.name}` });
  }
  // an app for each provider that came later: its routes cannot be added to this one
  const defined = new DefinedProviders(worlds, async (provider) => {
    const own = createFastify(options, log);
    await prepareEndpoints(own, context);
    await own.register(providerPlugin(served, provider), { prefix: `/${provider.name}` });
    await own.ready();
    return own;
  });
  await app.register(definedProvidersPlugin(defined, notFoundHandler(served)));
  // the admin API is outside the provider scopes: faults and journals do not apply to it
  const admin = { worlds, library, access, baseUrl, internalUrl, proxyUrl, caCertificate, examiner, listensAt };
  await app.register(adminPlugin(admin));

  // `/`, and a world or a provider as such: the panel for browsers, an index for programs
  serverLanding(app, served);

  // last, requests that no scope answered
  answerUnknownPaths(app, served, defined);
  return app;
}

/** What all endpoints of providers use: request context, body parsers, page templates. */
async function prepareEndpoints(app: FastifyInstance, context: ContextOptions): Promise<void> {
  decorateRequests(app, context);
  await bodyParsers(app);
  await viewsPlugin(app);
}

function unusedCompiler(): never {
  throw new Error('a route has a schema of Fastify, but src/admin/read-request.ts checks bodies and queries');
}

/** Without compilers of its own, Fastify loads two at its start: a tenth of what a start costs. */
const noSchemas = { compilersFactory: { buildValidator: unusedCompiler, buildSerializer: unusedCompiler } };

/** @param rewriteUrl left out: the URLs of its requests are rewritten already */
function createFastify(
  { logLevel, requestSeconds }: AppOptions,
  log: FastifyBaseLogger,
  rewriteUrl?: (request: IncomingMessage) => string,
): FastifyInstance {
  const refuse = refuseUnparsed(log);
  const app: FastifyInstance = fastify({
    // with a logger, Fastify attaches listeners to each answer; they are needed only if the level shows their lines
    ...(logsRequests(logLevel) ? { loggerInstance: log } : {}),
    logController: new LogController({ disableRequestLogging: true }),
    // one logger for all requests: each line names its request, and a child logger for each is costly
    childLoggerFactory: () => log,
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestSeconds * 1000,
    http: {
      connectionsCheckingInterval: timeoutCheckMs,
      // Node's own limit for the headers is one minute
      headersTimeout: requestSeconds * 1000,
      requestTimeout: requestSeconds * 1000,
      // `refuseHostLines` says what is wrong; Node's own answer is empty
      requireHostHeader: false,
    },
    ...(rewriteUrl === undefined ? {} : { rewriteUrl }),
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    schemaController: noSchemas,
    routerOptions: { maxParamLength },
    clientErrorHandler(error, socket) {
      if (!readWithEncodedUrl(app.server, error, socket)) refuse(error, socket);
    },
  });
  app.log = log;
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

function answerUnknownPaths(app: FastifyInstance, served: ServedWorlds, defined: DefinedProviders): void {
  const notFound = notFoundHandler(served);
  // requests with a method that Fastify does not route arrive here as well
  app.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith('/__admin')) return sendUnknownCall(request, reply);
    return defined.take(request, reply) ? reply : notFound(request, reply);
  });
  // an invalid body at an unknown path is answered as an unknown path
  app.setErrorHandler((_error, request, reply) => notFound(request, reply));
}
