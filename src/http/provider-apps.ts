import { decodedSegment, namedWorld } from './addressing.js';
import { tablesOf } from './provider-tables.js';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Provider } from '../providers/provider.js';
import type { Worlds } from '../world/worlds.js';

/** Makes the app of one provider, ready for requests. */
type MakeApp = (provider: Provider) => Promise<FastifyInstance>;

/** Number of apps up to which no app is closed because its provider is gone. */
const fewApps = 50;

/**
 * The apps of the providers. Each provider has one of its own, made with its first request. Fastify has no new routes
 * after its start, and a server needs none for a provider that nobody asks.
 */
export class ProviderApps {
  readonly #worlds: Worlds;
  readonly #log: FastifyBaseLogger;
  readonly #makeApp: MakeApp;
  readonly #apps = new Map<Provider, FastifyInstance | Promise<FastifyInstance>>();
  /** Number of apps at which those of providers that are gone are closed. */
  #manyApps = fewApps;
  /**
   * Number of requests that wait for an app. All that come meanwhile wait behind them, those of the admin API as well:
   * the journal, the answers on one connection and the effects of calls have the order in which requests come.
   */
  #waiting = 0;
  /** Done when the last of them is served. */
  #last: Promise<void> = Promise.resolve();
  #isClosing = false;

  constructor(worlds: Worlds, log: FastifyBaseLogger, makeApp: MakeApp) {
    this.#worlds = worlds;
    this.#log = log;
    this.#makeApp = makeApp;
  }

  /**
   * Serves a request at the app of the provider that its URL names, as `addressing.ts` writes it.
   *
   * @param serveOther serves the requests of no provider, and all requests once the server closes
   */
  serve(request: IncomingMessage, response: ServerResponse, serveOther: RequestListener): void {
    const tables = tablesOf(this.#worlds.providersIn(namedWorld(request) ?? 'default'));
    const found = this.#isClosing ? undefined : tables.named(decodedSegment(request.url ?? ''));
    const app = found === undefined ? undefined : (this.#apps.get(found.provider) ?? this.#open(found.provider));
    if (app instanceof Promise || this.#waiting > 0) {
      this.#last = this.#serveInTurn(app, request, response, serveOther);
    } else if (app === undefined) serveOther(request, response);
    else app.routing(request, response);
  }

  #open(provider: Provider): Promise<FastifyInstance> {
    if (this.#apps.size >= this.#manyApps) this.#closeGone();
    const opening = this.#makeApp(provider).then((app) => {
      // unless the provider went meanwhile, and its app is closed
      if (this.#apps.get(provider) === opening) this.#apps.set(provider, app);
      return app;
    });
    this.#apps.set(provider, opening);
    // the waiting requests log the failure; the next request makes the app again
    opening.catch(() => this.#apps.delete(provider));
    return opening;
  }

  async #serveInTurn(
    app: FastifyInstance | Promise<FastifyInstance> | undefined,
    request: IncomingMessage,
    response: ServerResponse,
    serveOther: RequestListener,
  ): Promise<void> {
    this.#waiting += 1;
    await this.#last;
    try {
      const made = await app;
      // a client that left meanwhile has closed the request, and its body cannot be read any more
      if (request.destroyed) response.destroy();
      else if (made === undefined) serveOther(request, response);
      else made.routing(request, response);
    } catch (err) {
      this.#log.error({ err }, 'a request that waited for the app of a provider could not be served');
      response.destroy();
    }
    this.#waiting -= 1;
  }

  /** Closes the apps of providers that no world has any more. */
  #closeGone(): void {
    const present = new Set(this.#worlds.definedLists().flat());
    for (const [provider, app] of this.#apps) {
      if (present.has(provider)) continue;
      this.#apps.delete(provider);
      void closeWhenMade(app);
    }
    this.#manyApps = Math.max(fewApps, 2 * this.#apps.size);
  }

  /** Closes all apps, after the requests that wait have reached them: those that a fault holds end. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#last;
    await Promise.all([...this.#apps.values()].map(closeWhenMade));
  }
}

async function closeWhenMade(app: FastifyInstance | Promise<FastifyInstance>): Promise<void> {
  // one that could not be made needs no close
  const made = await Promise.resolve(app).catch(() => undefined);
  await made?.close();
}
