import { createServer } from 'node:net';
import { drainMs } from '../app.js';
import { refuseExpectation, refuseUnparsed } from '../http/connection/client-error.js';
import { recordOpenings } from '../http/connection/connection.js';
import { guarded } from '../http/connection/guarded.js';
import { limitConnections } from '../http/connection/limit.js';
import { readWithEncodedUrl } from '../http/connection/raw-url.js';
import { destinationRules } from '../proxy/destination-rules.js';
import { proxyServer } from '../proxy/proxy-server.js';
import { listenWith } from './listen.js';
import { tlsAcceptor } from './tls-acceptor.js';
import type { Server as HttpServer } from 'node:http';
import type { Server, Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { NameOption } from '../config/option.js';
import type { ProgramConfig } from '../config.js';
import type { ServedWorlds } from '../http/request-world.js';
import type { ParseError } from '../http/connection/likely-reason.js';
import type { CertificateSource } from '../tls/host-contexts.js';

/** The ports of HTTPS and of the proxy. */
export interface Entrances {
  readonly tlsUrl: string | undefined;
  readonly proxyUrl: string | undefined;
  /** Stops listening, and closes the connections that lead elsewhere. The app closes those that lead to it. */
  readonly close: () => Promise<void>;
}

/** What the entrances lead to. */
export interface Inside {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly served: ServedWorlds;
  /** How errors name an option. */
  readonly nameOption: NameOption;
}

/**
 * Opens the ports of HTTPS and of the proxy. What comes in there is served as if it had come to the port of HTTP.
 *
 * @throws UsageError if an address cannot be used, or a setting of the proxy is wrong
 */
export async function openEntrances(
  config: ProgramConfig,
  certificates: CertificateSource,
  { app, url, served, nameOption }: Inside,
): Promise<Entrances> {
  const { log } = app;
  const waitMs = config.requestSeconds * 1000;
  const handshakes = new Set<Socket>();
  const serve = (socket: Socket): void => {
    app.server.emit('connection', socket);
  };
  const secure = tlsAcceptor({
    certificates,
    log,
    waitMs,
    nameOption,
    serve(socket, raw) {
      handshakes.delete(raw);
      serve(socket);
    },
  });
  const acceptTls = (raw: Socket): void => {
    handshakes.add(raw);
    raw.once('close', () => handshakes.delete(raw));
    secure(raw);
  };

  const tlsServer = createServer({ noDelay: true }, guarded(log, acceptTls));
  const proxy = proxyServer({
    rules: destinationRules(served.worlds.providers, config.proxyPass, nameOption),
    served,
    log,
    waitMs,
    serverUrl: url,
    serveConnection: (socket, port) => {
      (port === 443 ? acceptTls : serve)(socket);
    },
    serveRequest: (request, response) => app.server.emit('request', request, response),
  });
  likeTheApp(proxy.server, app);
  for (const server of [tlsServer, proxy.server]) limitConnections(server, log, config.connectionLimit);

  const close = async (): Promise<void> => {
    const closed = [tlsServer, proxy.server].map(closeServer);
    proxy.closeTunnels();
    // requests to providers that came without a tunnel have the time that all others have
    const cut = setTimeout(() => {
      for (const raw of handshakes) raw.destroy();
      proxy.server.closeAllConnections();
    }, drainMs);
    await Promise.all(closed);
    clearTimeout(cut);
  };
  try {
    return {
      tlsUrl: config.tls ? await listenWith(tlsServer, 'https', config.host, config.tlsPort) : undefined,
      proxyUrl: config.proxy ? await listenWith(proxy.server, 'http', config.proxyHost, config.proxyPort) : undefined,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Reads requests as the server of the app does. */
function likeTheApp(server: HttpServer, { server: inner, log }: FastifyInstance): void {
  const refuse = refuseUnparsed(log);
  server.keepAliveTimeout = inner.keepAliveTimeout;
  refuseExpectation(server, log);
  recordOpenings(server);
  server.on('clientError', (error: ParseError, socket: Socket) => {
    if (!readWithEncodedUrl(server, error, socket)) refuse(error, socket);
  });
}

/** Stops listening, and waits for the connections. */
const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
