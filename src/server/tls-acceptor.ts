import { arrivalOfConnection, setArrival } from '../http/connection/arrival.js';
import { sendRawProblem } from '../http/connection/raw-problem.js';
import { setConnectionBelow } from '../http/connection/reset.js';
import { HostContexts } from '../tls/host-contexts.js';
import { tlsEntrance } from '../tls/tls-entrance.js';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';
import type { NameOption } from '../config/option.js';
import type { CertificateSource } from '../tls/host-contexts.js';

/** Maximum number of unknown names that are logged. */
const mostTold = 100;

/** What a TLS acceptor works with. */
export interface AcceptorOptions {
  readonly certificates: CertificateSource;
  readonly log: FastifyBaseLogger;
  /** The longest time for a handshake, in milliseconds. */
  readonly waitMs: number;
  /** Serves a connection after its handshake. `raw` is the TCP connection below it. */
  readonly serve: (socket: Socket, raw: Socket) => void;
  /** How a log line names an option. */
  readonly nameOption: NameOption;
}

/** Makes the function that takes a TCP connection whose client should speak TLS, and serves it. */
export function tlsAcceptor({ certificates, log, waitMs, serve, nameOption }: AcceptorOptions): (raw: Socket) => void {
  const told = new Set<string>();
  return tlsEntrance(
    new HostContexts(certificates),
    {
      secured(socket, raw) {
        const arrival = arrivalOfConnection(raw);
        if (arrival !== undefined) setArrival(socket, arrival);
        setConnectionBelow(socket, raw);
        serve(socket, raw);
      },
      plain(raw) {
        const reason = 'the client speaks plain HTTP; this port takes TLS, so the URL has to begin with https://';
        log.warn({ status: 400 }, `a request could not be served: ${reason}`);
        sendRawProblem(raw, { title: 'This is a port of HTTPS', status: 400, detail: reason });
      },
      failed(reason) {
        log.warn(`a TLS handshake failed: ${reason}`);
      },
      unknownName(name) {
        if (told.has(name) || told.size >= mostTold) return;
        told.add(name);
        log.warn({ name }, `a client asked for a name that no certificate covers; ${nameOption('tlsName')} adds it`);
      },
    },
    waitMs,
  );
}
