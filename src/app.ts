import fastify, { LogController } from 'fastify';
import { adminPlugin } from './admin/plugin.js';
import { sendUnknownCall } from './admin/refusals.js';
import { urlRewriter } from './http/addressing.js';
import { bodyLimitBytes, bodyParsers } from './http/reading/body.js';
import { decorateRequests } from './http/context.js';
import { logsRequests } from './http/log.js';
import { notFoundHandler } from './http/not-found.js';
import { limitConnections, timeoutCheckMs } from './http/connection/limit.js';
import { providerPlugin } from './http/provider-plugin.js';
import { refuseUnparsed } from './http/connection/client-error.js';
import { viewsPlugin } from './http/pages/views.js';
import { openLog } from './logging.js';
import type { FastifyInstance } from 'fastify';
import type { AdminAccess } from './admin/guard.js';
import type { ScenarioLibrary } from './world/scenario/library.js';
import type { Worlds } from './world/worlds.js';

export interface AppOptions {
  readonly worlds: Worlds;
  readonly library: ScenarioLibrary;
  readonly access: AdminAccess;
  readonly baseUrl?: string | undefined;
  readonly logLevel: string;
  /** How many connections may be open. */
  readonly connectionLimit: number;
  /** How long a client may take to send a request: one that drips it is cut. */
  readonly requestSeconds: number;
}

/** How long a part of a path may be that names something: a token of the admin API, a world. */
const longestSegment = 1000;

/** How long requests under way may take to end when the server closes, in milliseconds. */
const drainMs = 600;

/** The composition, in reading order. With hooks, order is behaviour. */
export async function buildApp({
  worlds,
  library,
  access,
  baseUrl,
  logLevel,
  connectionLimit,
  requestSeconds,
}: AppOptions): Promise<FastifyInstance> {
  const log = openLog(logLevel);
  const app = fastify({
    // a framework that has a logger follows each answer to its end: that is for those who want to read of it
    ...(logsRequests(logLevel) ? { loggerInstance: log } : {}),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestSeconds * 1000,
    // Node gives the headers a minute of their own unless it is told otherwise
    http: {
      connectionsCheckingInterval: timeoutCheckMs,
      headersTimeout: requestSeconds * 1000,
      requestTimeout: requestSeconds * 1000,
    },
    rewriteUrl: urlRewriter(worlds.providers),
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    // lines are told apart by what they say of the request: a logger for each of them costs more than it tells
    childLoggerFactory: () => log,
    routerOptions: { maxParamLength: longestSegment },
    clientErrorHandler: refuseUnparsed,
  });
  // what a fault holds, and a browser's connection that never said anything, must not hold the end
  app.addHook('preClose', (done) => {
    setTimeout(() => {
      app.server.closeAllConnections();
    }, drainMs).unref();
    done();
  });
  app.log = log;
  limitConnections(app, connectionLimit);
  decorateRequests(app);
  await bodyParsers(app);
  await viewsPlugin(app);

  for (const provider of worlds.providers) {
    await app.register(providerPlugin(worlds, provider), { prefix: `/${provider.name}` });
  }

  await app.register(adminPlugin({ worlds, library, access, baseUrl }));

  const lost = notFoundHandler(worlds);
  // methods that the framework routes nowhere arrive here as well
  app.setNotFoundHandler((request, reply) =>
    request.url.startsWith('/__admin') ? sendUnknownCall(request, reply) : lost(request, reply),
  );
  // where nothing is served, it does not matter that the body cannot be read
  app.setErrorHandler((_error, request, reply) => lost(request, reply));
  return app;
}
