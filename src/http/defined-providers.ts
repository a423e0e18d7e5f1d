import { namedWorld, pathOf } from './addressing.js';
import { tablesOf } from './provider-tables.js';
import { survive } from './connection/guarded.js';
import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from '../providers/provider.js';
import type { Worlds } from '../world/worlds.js';

/** Makes the app of one provider. */
type MakeApp = (provider: Provider) => Promise<FastifyInstance>;

/**
 * Hands requests over to providers that are not built in. Fastify has no new routes after its start, so each of these
 * providers has an app of its own: made with its first request, and gone with the provider.
 */
export class DefinedProviders {
  readonly #worlds: Worlds;
  readonly #makeApp: MakeApp;
  readonly #apps = new WeakMap<Provider, Promise<FastifyInstance>>();

  constructor(worlds: Worlds, makeApp: MakeApp) {
    this.#worlds = worlds;
    this.#makeApp = makeApp;
  }

  /** Hands a request over, before its body is read. False: it is for no such provider. */
  take(request: FastifyRequest, reply: FastifyReply): boolean {
    const [, name = ''] = pathOf(request.url).split('/', 2);
    const found = tablesOf(this.#worlds.providersIn(namedWorld(request.raw) ?? 'default')).named(name);
    if (found === undefined) return false;
    const app = this.#apps.get(found.provider) ?? this.#makeApp(found.provider);
    this.#apps.set(found.provider, app);
    reply.hijack();
    survive(request, serve(app, request, reply));
    return true;
  }
}

/** The routes that hand requests over. All that is for no provider is not found. */
export function definedProvidersPlugin(
  defined: DefinedProviders,
  notFound: (request: FastifyRequest, reply: FastifyReply) => FastifyReply,
): FastifyPluginCallback {
  return (app, _options, done) => {
    // before the body is read: the provider's own app reads it
    app.addHook('onRequest', (request, reply) => {
      if (!defined.take(request, reply)) notFound(request, reply);
    });
    for (const path of ['/:provider', '/:provider/*']) app.all(path, notFound);
    done();
  };
}

/** Serves a request by the app of its provider. */
async function serve(app: Promise<FastifyInstance>, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  try {
    (await app).routing(request.raw, reply.raw);
  } catch (error) {
    reply.raw.destroy();
    throw error;
  }
}
