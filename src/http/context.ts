import { baseOf } from './request-world.js';
import type { FastifyInstance } from 'fastify';
import type { Provider } from '../providers/provider.js';
import type { Realm } from '../core/realm.js';
import type { Endpoint, JournalEntry } from '../world/journal/journal.js';
import type { World } from '../world/world.js';
import type { ActiveFault } from './faulting/active-fault.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose state this request may touch. Set by http/request-world.ts. */
    world: World;
    provider: Provider;
    realm: Realm;
    /** What stands before the provider's own path in URLs for this client: `/mailup`, `/w/x/mailup`, or nothing. */
    readonly base: string;
    /** The length of a body, as far as its parser tells it. Set by http/reading/body.ts. */
    bodyLength: number;
    /** Set by http/journal.ts. */
    entry: JournalEntry;
    /** When it arrived, by the process's own steady clock, in milliseconds. */
    startedAt: number;
    /** The fault that struck at this request. Set by http/faulting/before.ts. */
    activeFault: ActiveFault | undefined;
    /** Headers that its answer gets, whichever it will be. Set by http/answering/headers-ahead.ts. */
    extraHeaders: Readonly<Record<string, string>> | undefined;
  }
  interface FastifyContextConfig {
    /** What a route is about; routes of a provider all say it. */
    endpoint?: Endpoint;
    /** False where a request is Understudy's own business and nothing that a client did. */
    journaled?: boolean;
  }
}

/** Declares what hooks put on a request: with all of it there from the start, requests have one shape and are cheap to read. */
export function decorateRequests(app: FastifyInstance): void {
  for (const name of ['world', 'provider', 'realm', 'entry', 'startedAt', 'activeFault', 'extraHeaders']) {
    app.decorateRequest(name, undefined);
  }
  app.decorateRequest('bodyLength', 0);
  // few requests ask: pages, and answers that lead elsewhere
  app.decorateRequest('base', {
    getter() {
      return baseOf(this);
    },
  });
}
