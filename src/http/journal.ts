import { realNow, steadyNow } from '../world/clock.js';
import { withoutOrigin } from './addressing.js';
import { arrivalOf } from './connection/arrival.js';
import { openedAt, whenRequestAborts } from './connection/connection.js';
import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import type { Endpoint, JournalEntry } from '../world/journal/entry.js';

/** Id of an entry that is not kept: see `journaled` in http/context.ts. */
const unjournaled = 0;

/** Opens the journal entry of a request. */
export function openEntry(request: FastifyRequest): void {
  const { world, provider } = request;
  // read once: this getter makes a new object each time
  const { config } = request.routeOptions;
  const isJournaled = config.journaled !== false;
  const id = isJournaled ? world.journal.nextId() : unjournaled;
  const endpoint = endpointOf(config, request.query);
  const startedAt = steadyNow();
  const arrival = arrivalOf(request.raw);
  // all members from the start: V8 is faster with objects of one shape
  const entry: JournalEntry = {
    id,
    at: world.clock.now(),
    realAt: realNow(),
    startedAt,
    connectedAt: openedAt(request),
    connection: request.raw.socket.remotePort,
    provider: provider.name,
    endpoint,
    method: request.method,
    url: withoutOrigin(request.originalUrl),
    host: request.publicHost ?? arrival?.host,
    isSecure: request.isSecure,
    isProxied: arrival !== undefined,
    headers: request.headers,
    body: undefined,
    isBodyUnread: false,
    grantType: undefined,
    clientId: undefined,
    userId: undefined,
    // an authorization request begins a flow, also if it is refused
    flow: endpoint === 'authorize' ? String(id) : undefined,
    notes: [],
    reason: undefined,
    facts: undefined,
    explanation: undefined,
    fault: undefined,
    ending: undefined,
    status: undefined,
    responseHeaders: undefined,
    responseLength: undefined,
    responseBody: undefined,
    isResponseCut: false,
    durationMs: undefined,
    newestAtEnd: undefined,
    weight: 0,
  };
  request.entry = entry;
  request.startedAt = startedAt;
  // if the client disconnects before its body is complete, no answer closes the entry
  if (expectsBody(request)) whenRequestAborts(request, closeEntry);
  if (isJournaled) world.journal.open(entry);
}

const expectsBody = ({ headers }: FastifyRequest): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

/**
 * Completes an entry. Further calls have no effect: a fault that cuts the connection and the socket's close both
 * call.
 */
export function closeEntry(request: FastifyRequest): void {
  const { entry, world } = request;
  if (entry.durationMs !== undefined) return;
  entry.durationMs = steadyNow() - request.startedAt;
  entry.newestAtEnd ??= world.journal.lastId;
  if (entry.id === unjournaled) return;
  for (const err of world.journal.close(entry)) {
    request.log.error({ entry: entry.id, err }, 'a journal listener failed');
  }
}

/** The authorization endpoint with `?authorization=` is the consent page of a pending request. */
function endpointOf({ endpoint = 'other' }: FastifyContextConfig, query: unknown): Endpoint {
  const isPending = endpoint === 'authorize' && (query as { authorization?: unknown }).authorization !== undefined;
  return isPending ? 'consent' : endpoint;
}
