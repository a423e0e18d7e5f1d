import { firstSegment, namedWorld } from './addressing.js';
import { tablesOf } from './provider-tables.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Provider } from '../providers/provider.js';
import type { Worlds } from '../world/worlds.js';

/** Makes the app of one provider, ready for requests. */
type MakeApp = (provider: Provider) => Promise<FastifyInstance>;

/**
 * The apps of the providers. Each provider has one of its own, made with its first request, and gone with the provider:
 * a server makes none for a provider that nobody asks, and Fastify has no new routes after its start.
 */
export class ProviderApps {
  readonly #worlds: Worlds;
  readonly #log: FastifyBaseLogger;
  readonly #makeApp: MakeApp;
  readonly #apps = new WeakMap<Provider, FastifyInstance | Promise<FastifyInstance>>();
  /** Number of requests that wait for an app. Those that come meanwhile wait behind them: a client may pipeline. */
  #waiting = 0;
  /** Done when the last of them is served. */
  #last: Promise<void> = Promise.resolve();

  constructor(worlds: Worlds, log: FastifyBaseLogger, makeApp: MakeApp) {
    this.#worlds = worlds;
    this.#log = log;
    this.#makeApp = makeApp;
  }

  /** Serves a request whose URL, as `addressing.ts` writes it, is that of a provider. False: it is that of none. */
  serve(request: IncomingMessage, response: ServerResponse): boolean {
    const tables = tablesOf(this.#worlds.providersIn(namedWorld(request) ?? 'default'));
    const found = tables.named(firstSegment(String(request.url)));
    if (found === undefined) return false;
    const app = this.#apps.get(found.provider) ?? this.#open(found.provider);
    if (app instanceof Promise || this.#waiting > 0) this.#last = this.#serveInTurn(app, request, response);
    else app.routing(request, response);
    return true;
  }

  #open(provider: Provider): Promise<FastifyInstance> {
    const opening = this.#makeApp(provider).then((app) => {
      this.#apps.set(provider, app);
      return app;
    });
    this.#apps.set(provider, opening);
    // those who wait for it tell of the failure; the next request makes it again
    opening.catch(() => this.#apps.delete(provider));
    return opening;
  }

  async #serveInTurn(
    app: FastifyInstance | Promise<FastifyInstance>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    this.#waiting += 1;
    await this.#last;
    try {
      const made = await app;
      // the client left meanwhile, and its body cannot be read any more
      if (!request.destroyed) made.routing(request, response);
    } catch (err) {
      this.#log.error({ err }, 'the app of a provider could not be made');
      response.destroy();
    }
    this.#waiting -= 1;
  }

  /** Closes the apps: requests that a fault holds end. */
  async close(): Promise<void> {
    const providers = new Set(this.#worlds.definedLists().flat());
    await Promise.allSettled([...providers].map(async (provider) => (await this.#apps.get(provider))?.close()));
  }
}
