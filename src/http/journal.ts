import { realNow } from '../world/clock.js';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Endpoint, JournalEntry } from '../world/journal.js';

/** Writes what a client did. Registered after the faults, so that its onSend sees what truly leaves. */
export function journalHooks(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { world, provider } = request;
    const entry: JournalEntry = {
      id: isJournaled(request) ? world.journal.nextId() : 0,
      at: world.clock.now(),
      realAt: realNow(),
      connection: request.raw.socket.remotePort,
      provider: provider.name,
      endpoint: endpointOf(request),
      method: request.method,
      url: request.originalUrl,
      headers: request.headers,
      body: undefined,
      notes: [],
    };
    request.entry = entry;
    if (isJournaled(request)) world.journal.open(entry);
    done();
  });

  app.addHook('preValidation', (request, _reply, done) => {
    request.entry.body = request.body;
    done();
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    const { entry } = request;
    entry.status = reply.statusCode;
    entry.responseHeaders = reply.getHeaders();
    if (typeof payload === 'string') entry.responseBody = payload;
    done(null, payload);
  });

  app.addHook('onResponse', (request, reply, done) => {
    closeEntry(request, reply.elapsedTime);
    done();
  });

  // the client went away: the entry keeps no status
  app.addHook('onRequestAbort', (request, done) => {
    closeEntry(request);
    done();
  });
}

/** Completes an entry, once: a line that a fault cuts is reported by the socket, by Fastify or by both. */
export function closeEntry(request: FastifyRequest, durationMs = realNow() - request.entry.realAt): void {
  const { entry, world } = request;
  if (entry.durationMs !== undefined) return;
  entry.durationMs = durationMs;
  if (isJournaled(request)) world.journal.close(entry);
}

function isJournaled({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.config.journaled !== false;
}

/** The authorization endpoint with `?authorization=` is the consent page of one that waits. */
function endpointOf({ routeOptions, query }: FastifyRequest): Endpoint {
  const { endpoint = 'other' } = routeOptions.config;
  const waits = endpoint === 'authorize' && (query as { authorization?: unknown }).authorization !== undefined;
  return waits ? 'consent' : endpoint;
}
