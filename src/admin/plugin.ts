import { EndedWorlds } from '../findings/ended-worlds.js';
import { namedWorld } from '../http/addressing.js';
import { worldId } from '../http/request-world.js';
import { didYouMean } from '../input/did-you-mean.js';
import { howToServe } from '../shelf.js';
import { notFound } from './admin-error.js';
import { docsRoutes } from './docs.js';
import { guardHook } from './guard.js';
import { Exams } from './exams.js';
import { adminLanding } from './landing.js';
import { panelRoutes } from './panel.js';
import { KnownBodies } from './known-bodies.js';
import { jsonOnly, readBody, readQuery } from './read-request.js';
import { sendAdminError, sendUnknownCall, sendUnknownWorld } from './refusals.js';
import { RawAnswer } from './route.js';
import { routes } from './routes.js';
import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from '../providers/provider.js';
import type { ScenarioLibrary } from '../world/scenario/library.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';
import type { Examiner } from './examiner.js';
import type { AdminAccess } from './guard.js';
import type { AdminContext, AdminRoute, ProviderRealm } from './route.js';

/** Maximum body size of a call that sets no other limit. */
const bodyLimitBytes = 1024 * 1024;

/** Dependencies of the admin API. */
export interface AdminOptions {
  readonly worlds: Worlds;
  readonly library: ScenarioLibrary;
  readonly access: AdminAccess;
  /** The URL of this server for its callers. Default: the URL of each request. */
  readonly baseUrl: string | undefined;
  /** The URL of this server for containers. */
  readonly internalUrl: string | undefined;
  /** The URL of the forward proxy; undefined if there is none, or not yet. */
  readonly proxyUrl: () => string | undefined;
  /** The certificate of the authority, in PEM. Undefined without HTTPS and proxy. */
  readonly caCertificate: string | undefined;
  /** Makes exams. Undefined: this server makes none. */
  readonly examiner: Examiner | undefined;
  /** The URLs at which this process reaches the server: HTTP, then the others. */
  readonly listensAt: () => readonly [string, ...string[]];
}

interface AdminState extends AdminOptions {
  readonly ended: EndedWorlds;
  readonly exams: Exams;
  readonly bodies: KnownBodies;
}

/** The admin API: the guard, then every call of the table, each also below `/w/{world}`. */
export function adminPlugin(options: AdminOptions): FastifyPluginCallback {
  const ended = new EndedWorlds();
  const exams = new Exams(options.worlds);
  const bodies = new KnownBodies();
  options.worlds.whenWorldEnds((world) => {
    // what an exam provokes is in its result, and is no finding about the tests of a user
    if (exams.isStaged(world)) world.journal.clear();
    else ended.add(world);
  });
  return (app, _options, done) => {
    app.addHook('preClose', (closed) => {
      exams.stopAll();
      closed();
    });
    guardHook(app, options);
    jsonOnly(app, bodies);
    app.setErrorHandler(sendAdminError);
    for (const route of routes) addRoute(app, route, { ...options, ended, exams, bodies });
    docsRoutes(app);
    panelRoutes(app);
    adminLanding(app, options.worlds);
    app.all('/__admin/*', sendUnknownCall);
    done();
  };
}

// Fastify gets no schemas: readBody and readQuery check them with the validator of the scenario files, which is loaded
// at the first call that needs it
function addRoute(app: FastifyInstance, route: AdminRoute, options: AdminState): void {
  app.route({
    method: route.method,
    url: `/__admin${route.path}`,
    bodyLimit: route.bodyLimitBytes ?? bodyLimitBytes,
    exposeHeadRoute: route.method === 'GET' && route.waits !== true,
    handler: async (request, reply) => {
      if (route.scope === 'server' && namedWorld(request.raw) !== undefined) return sendUnknownCall(request, reply);
      const world = options.worlds.use(worldId(request));
      if (world === undefined) return sendUnknownWorld(request, reply, options.worlds);
      const { provider } = request.params as { readonly provider?: string };
      // before the mistakes of the body, which the policy and the ids of the right provider decide
      if (provider !== undefined && route.definesProvider !== true) findProvider(world, provider);
      const body = await readBody(route, request.body, options.bodies);
      const query = await readQuery(route.query, request.query);
      const answer = await route.handle(contextOf(options, world, request, reply, body, query));
      return send(reply, answer);
    },
  });
}

function send(reply: FastifyReply, answer: unknown): FastifyReply {
  if (answer === null) return reply.code(204).send();
  // it tells of secrets, and is never the same twice
  reply.header('cache-control', 'no-store');
  if (answer instanceof RawAnswer) return reply.type(answer.type).send(answer.payload);
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer));
}

function contextOf(
  options: AdminState,
  world: World,
  request: FastifyRequest,
  reply: FastifyReply,
  body: unknown,
  query: unknown,
): AdminContext<never, never> {
  const params = request.params as AdminContext<never, never>['params'];
  const { worlds, library, ended, exams, examiner, access, listensAt, internalUrl, proxyUrl, caCertificate } = options;
  return {
    worlds,
    library,
    ended,
    exams,
    examiner,
    access,
    listensAt,
    caCertificate,
    world,
    params,
    body: body as never,
    query: query as never,
    serverUrl: request.serverUrl,
    internalUrl,
    proxyUrl: proxyUrl(),
    request,
    reply,
    provider: (): ProviderRealm => {
      const provider = findProvider(world, params.provider);
      return { provider, realm: world.realm(provider) };
    },
  };
}

function findProvider({ providers }: World, name: string): Provider {
  const provider = providers.find((each) => each.name === name);
  if (provider !== undefined) return provider;
  const known = providers.map((each) => each.name);
  const onShelf = howToServe(name);
  const hint = onShelf === '' ? didYouMean(name, known) || '.' : `; ${onShelf}.`;
  const detail = `There is no provider ${JSON.stringify(name)}${hint} Known: ${known.join(', ')}.`;
  throw notFound('Unknown provider', detail, known);
}
