import { realNow } from '../world/clock.js';
import type { FastifyContextConfig, FastifyInstance, FastifyRequest } from 'fastify';
import type { Endpoint, JournalEntry } from '../world/journal.js';

/** The id of what is Understudy's own business, and stands in no journal. */
const unjournaled = 0;

/** Writes what a client did. Registered after the faults, so that its onSend sees what truly leaves. */
export function journalHooks(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
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
    request.begunAt = performance.now();
    if (expectsBody(request)) closeWhereCut(request);
    if (isJournaled) world.journal.open(entry);
    done();
  });

  app.addHook('preValidation', (request, _reply, done) => {
    request.entry.body = request.body;
    done();
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    const { entry, world } = request;
    entry.newestAtEnd = world.journal.lastId;
    entry.status = reply.statusCode;
    entry.responseHeaders = reply.getHeaders();
    if (typeof payload === 'string') entry.responseBody = payload;
    // an answer that nothing spoils leaves now; of one that a fault holds, its line tells the end: see http/faults.ts
    if (request.staged === undefined) closeEntry(request);
    done(null, payload);
  });
}

const expectsBody = ({ headers }: FastifyRequest): boolean => headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

/** A client that goes away while it sends has an entry without a status. Once its request is here, the answer comes at once. */
function closeWhereCut(request: FastifyRequest): void {
  request.raw.once('close', () => {
    if (!request.raw.complete) closeEntry(request);
  });
}

/** Completes an entry, once: a line that a fault cuts is reported by the fault and by the socket. */
export function closeEntry(request: FastifyRequest): void {
  const { entry, world } = request;
  if (entry.durationMs !== undefined) return;
  entry.durationMs = performance.now() - request.begunAt;
  entry.newestAtEnd ??= world.journal.lastId;
  if (entry.id !== unjournaled) world.journal.close(entry);
}

/** The authorization endpoint with `?authorization=` is the consent page of one that waits. */
function endpointOf({ endpoint = 'other' }: FastifyContextConfig, query: unknown): Endpoint {
  const waits = endpoint === 'authorize' && (query as { authorization?: unknown }).authorization !== undefined;
  return waits ? 'consent' : endpoint;
}
