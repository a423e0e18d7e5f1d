import { createServer } from 'node:http';
import { setArrival } from '../http/connection/arrival.js';
import { afterEarlierAnswers } from '../http/connection/earlier-answers.js';
import { guarded } from '../http/connection/guarded.js';
import { timeoutCheckMs } from '../http/connection/limit.js';
import { sendRawProblem } from '../http/connection/raw-problem.js';
import { isRefused } from '../http/connection/request-order.js';
import { withoutHeaders } from '../http/header-lines.js';
import { problemText } from '../http/problem.js';
import { decide, refuse } from './decide.js';
import { forward } from './forward.js';
import { established, openTunnel } from './tunnel.js';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger } from 'fastify';
import type { ServedWorlds } from '../http/request-world.js';
import type { Refusal } from './decide.js';
import type { DestinationRules } from './destination.js';

/** What the proxy works with. */
export interface ProxyOptions {
  readonly rules: DestinationRules;
  readonly served: ServedWorlds;
  readonly log: FastifyBaseLogger;
  /** The longest time for the head of a request, and until a host accepts a connection, in milliseconds. */
  readonly waitMs: number;
  /** The URL of the server, named to a client that sends a request for the server to the proxy. */
  readonly serverUrl: string;
  /** Serves a connection to a provider. */
  readonly serveConnection: (socket: Socket, port: number) => void;
  /** Serves one request to a provider. */
  readonly serveRequest: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Scheme, authority and the rest of an absolute URL (RFC 9112 §3.2.2). */
const absoluteUrl = /^(https?):\/\/([^/?#]*)([^#]*)/i;

/** The forward proxy. It does not listen yet. */
export interface ProxyServer {
  readonly server: Server;
  /** Closes the connections to hosts that it passes, and opens no more of them. */
  readonly closeTunnels: () => void;
}

/** Makes the forward proxy. */
export function proxyServer(options: ProxyOptions): ProxyServer {
  const { log, waitMs, serverUrl, rules, served } = options;
  const tunnels = new Set<Socket>();
  const server = createServer({
    headersTimeout: waitMs,
    requestTimeout: waitMs,
    connectionsCheckingInterval: timeoutCheckMs,
    // the app says what is wrong; Node's own answer is empty
    requireHostHeader: false,
  });
  let isClosing = false;

  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    if (isRefused(request)) return;
    const [, scheme, authority = '', rest = ''] = absoluteUrl.exec(request.url as string) ?? [];
    if (scheme === undefined) {
      answer(response, refuse(400, 'This is the forward proxy', `it is set as HTTP_PROXY; the server is ${serverUrl}`));
      return;
    }
    const isTls = scheme.toLowerCase() === 'https';
    const decision = decide(request, authority, isTls ? 443 : 80, rules, served);
    if (decision.kind === 'provider') {
      setArrival(request, decision);
      removeProxyHeaders(request);
      options.serveRequest(request, response);
    } else if (decision.kind === 'pass' && !isTls) {
      const path = rest.startsWith('/') ? rest : `/${rest}`;
      forward(request, response, { ...decision, path, authority }, waitMs, (reason) => {
        answer(response, refuse(502, 'The host does not answer', reason));
      });
    } else {
      answer(
        response,
        decision.kind === 'pass' ? refuse(400, 'A tunnel is needed', 'use CONNECT for https') : decision,
      );
    }
  };

  const onConnect = (request: IncomingMessage, socket: Socket, head: Buffer): void => {
    socket.on('error', () => undefined);
    if (head.length > 0) socket.unshift(head);
    afterEarlierAnswers(
      socket,
      guarded(log, () => {
        connectClient(request, socket);
      }),
    );
  };

  const connectClient = (request: IncomingMessage, socket: Socket): void => {
    if (isClosing) {
      socket.destroy();
      return;
    }
    const decision = decide(request, request.url as string, 443, rules, served);
    if (decision.kind === 'provider') {
      socket.write(established);
      setArrival(socket, decision);
      options.serveConnection(socket, decision.port);
      return;
    }
    tunnels.add(socket);
    socket.once('close', () => tunnels.delete(socket));
    if (decision.kind === 'pass') {
      openTunnel(socket, decision, waitMs, (reason) => {
        answerConnect(socket, refuse(502, 'The host does not answer', reason));
      });
    } else {
      answerConnect(socket, decision);
    }
  };

  const tell = ({ problem }: Refusal): void => {
    log.warn({ status: problem.status }, `the proxy refused a request: ${problem.detail}`);
  };
  const answer = (response: ServerResponse, refusal: Refusal): void => {
    tell(refusal);
    const { type, text } = problemText(refusal.problem);
    response.writeHead(refusal.problem.status, {
      'content-type': type,
      'content-length': Buffer.byteLength(text),
      ...refusal.headers,
    });
    response.end(text);
  };
  const answerConnect = (socket: Socket, refusal: Refusal): void => {
    tell(refusal);
    // programs show the reason phrase of such an answer, and not its body
    sendRawProblem(socket, refusal.problem, refusal.headers, asReasonPhrase(refusal.problem.detail));
  };

  server.on('request', guarded(log, onRequest));
  server.on('connect', guarded(log, onConnect));
  return {
    server,
    closeTunnels() {
      isClosing = true;
      for (const socket of tunnels) socket.destroy();
    },
  };
}

/** A text without characters that a reason phrase cannot have (RFC 9112 §4). */
const asReasonPhrase = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '?');

/** Removes what is meant for the proxy: a provider does not see it (RFC 9110 §11.7.2). */
function removeProxyHeaders(request: IncomingMessage): void {
  const names = ['proxy-authorization', 'proxy-connection'];
  request.headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !names.includes(name)));
  request.rawHeaders = withoutHeaders(request.rawHeaders, (name) => names.includes(name));
}
