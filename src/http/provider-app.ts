import { decorateRequests } from './context.js';
import { createFastify } from './create-fastify.js';
import { viewsPlugin } from './pages/views.js';
import { providerPlugin } from './provider-plugin.js';
import { bodyLimitBytes, bodyParsers } from './reading/body.js';
import type { FastifyInstance } from 'fastify';
import type { Provider } from '../providers/provider.js';
import type { ContextOptions } from './context.js';
import type { FastifyOptions } from './create-fastify.js';
import type { ServedWorlds } from './request-world.js';

/** What the apps of the providers of one server have in common. */
export interface ProviderAppOptions {
  readonly fastify: FastifyOptions;
  readonly context: ContextOptions;
  readonly served: ServedWorlds;
}

/** Makes the app of a provider, ready for requests: request context, body parsers, page templates, hooks and routes. */
export async function openProviderApp(
  provider: Provider,
  { fastify, context, served }: ProviderAppOptions,
): Promise<FastifyInstance> {
  const app = createFastify({ ...fastify, bodyLimit: bodyLimitBytes });
  decorateRequests(app, context);
  await bodyParsers(app);
  await viewsPlugin(app);
  await app.register(providerPlugin(served, provider), { prefix: `/${provider.name}` });
  await app.ready();
  return app;
}
