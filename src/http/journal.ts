import { realNow, steadyNow } from '../world/clock.js';
import { whenRequestAborts } from './connection/connection.js';
import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import type { Endpoint, JournalEntry } from '../world/journal/journal.js';

/** The id of what is Understudy's own business, and stands in no journal. */
const unjournaled = 0;

/** Begins the entry of a request. */
export function openEntry(request: FastifyRequest): void {
  const { world, provider } = request;
  // a getter that makes an object each time
  const { config } = request.routeOptions;
  const isJournaled = config.journaled !== false;
  // every member from the start: entries that all have one shape are cheap
  const entry: JournalEntry = {
    id: isJournaled ? world.journal.nextId() : unjournaled,
    at: world.clock.now(),
    realAt: realNow(),
    connection: request.raw.socket.remotePort,
    provider: provider.name,
    endpoint: endpointOf(config, request.query),
    method: request.method,
    url: request.originalUrl,
    headers: request.headers,
    body: undefined,
    grantType: undefined,
    clientId: undefined,
    userId: undefined,
    notes: [],
    reason: undefined,
    facts: undefined,
    explanation: undefined,
    fault: undefined,
    status: undefined,
    responseHeaders: undefined,
    responseBody: undefined,
    durationMs: undefined,
    newestAtEnd: undefined,
  };
  request.entry = entry;
  request.startedAt = steadyNow();
  // a client that goes away while it sends has an entry without a status; once its request is here, the answer comes at once
  if (expectsBody(request)) {
    whenRequestAborts(request, () => {
      closeEntry(request);
    });
  }
  if (isJournaled) world.journal.open(entry);
}

const expectsBody = ({ headers }: FastifyRequest): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

/** Completes an entry, once: a line that a fault cuts is reported by the fault and by the socket. */
export function closeEntry(request: FastifyRequest): void {
  const { entry, world } = request;
  if (entry.durationMs !== undefined) return;
  entry.durationMs = steadyNow() - request.startedAt;
  entry.newestAtEnd ??= world.journal.lastId;
  if (entry.id !== unjournaled) world.journal.close(entry);
}

/** The authorization endpoint with `?authorization=` is the consent page of one that waits. */
function endpointOf({ endpoint = 'other' }: FastifyContextConfig, query: unknown): Endpoint {
  const waits = endpoint === 'authorize' && (query as { authorization?: unknown }).authorization !== undefined;
  return waits ? 'consent' : endpoint;
}
