import { createServer } from 'node:http';
import fastify, { LogController } from 'fastify';
import { refuseUnparsed } from './connection/client-error.js';
import { timeoutCheckMs } from './connection/limit.js';
import { readWithEncodedUrl } from './connection/raw-url.js';
import { logsRequests } from './log.js';
import type { RequestListener } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';

/** What the apps of one server have in common. */
export interface FastifyOptions {
  readonly log: FastifyBaseLogger;
  readonly logLevel: string;
  /** Time in which a request must have arrived. */
  readonly requestSeconds: number;
  /** Maximum size of a body at routes that set none. Default: 1 MiB. */
  readonly bodyLimit?: number;
}

/** Maximum length of a path parameter, such as a token in the admin API. */
const maxParamLength = 1000;
/** Time for which a connection stays open after an answer, in milliseconds. Node's own is 5 s; Fastify's is this. */
const keepAliveTimeout = 72_000;

function unusedCompiler(): never {
  throw new Error('a route has a schema of Fastify, but src/admin/read-request.ts checks bodies and queries');
}

/** Without compilers of its own, Fastify loads two at its start: a tenth of what a start costs. */
const noSchemas = { compilersFactory: { buildValidator: unusedCompiler, buildSerializer: unusedCompiler } };

/**
 * Makes an app.
 *
 * @param listener what its server calls for each request, given what serves a request by the routes of the app
 */
export function createFastify(
  { log, logLevel, requestSeconds, bodyLimit = 1024 * 1024 }: FastifyOptions,
  listener = (serve: RequestListener): RequestListener => serve,
): FastifyInstance {
  const refuse = refuseUnparsed(log);
  const http = {
    connectionsCheckingInterval: timeoutCheckMs,
    // Node's own limit for the headers is one minute
    headersTimeout: requestSeconds * 1000,
    requestTimeout: requestSeconds * 1000,
    keepAliveTimeout,
    // `refuseHostLines` says what is wrong; Node's own answer is empty
    requireHostHeader: false,
  };
  const app: FastifyInstance = fastify({
    // with a logger, Fastify attaches listeners to each answer; they are needed only if the level shows their lines
    ...(logsRequests(logLevel) ? { loggerInstance: log } : {}),
    logController: new LogController({ disableRequestLogging: true }),
    // one logger for all requests: each line names its request, and a child logger for each is costly
    childLoggerFactory: () => log,
    bodyLimit,
    serverFactory: (serve) => createServer(http, listener(serve)),
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
