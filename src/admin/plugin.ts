import { Type } from 'typebox';
import { sendProblem } from '../http/problem.js';
import { namedWorld, pathOf } from '../http/addressing.js';
import { unknownWorld, worldId } from '../http/world.js';
import { findProvider } from '../providers/index.js';
import { TooManyWorlds } from '../world/worlds.js';
import { docsRoutes } from './docs.js';
import { guardHook } from './guard.js';
import { AdminError, invalid } from './route.js';
import { routes } from './routes.js';
import type { FastifyError, FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import type { ScenarioLibrary } from '../world/library.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';
import type { AdminAccess } from './guard.js';
import type { AdminContext, AdminRoute } from './route.js';

/** How large a body of the admin API may be, unless a call says otherwise. */
const bodyLimitBytes = 1024 * 1024;

export interface AdminOptions {
  readonly worlds: Worlds;
  readonly library: ScenarioLibrary;
  readonly access: AdminAccess;
  readonly baseUrl: string | undefined;
}

/** The admin API: guard first, then the table of calls, each also below `/w/{world}`. */
export function adminPlugin(options: AdminOptions): FastifyPluginCallback {
  return (app, _options, done) => {
    guardHook(app, options.access, options.baseUrl);
    jsonOnly(app);
    // schemas are checked below, by the validator that the fixtures use, and loaded with the first call that needs it
    app.setValidatorCompiler(() => () => true);
    app.setErrorHandler(sendAdminError);
    for (const route of routes) addRoute(app, route, options);
    docsRoutes(app);
    unknownCalls(app);
    done();
  };
}

/** A form that a page elsewhere posts has one of the three simple types: none of them is read. */
function jsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? undefined : (JSON.parse(String(text)) as unknown));
    } catch (error) {
      done(new AdminError(400, 'Invalid JSON', `The body is not JSON: ${(error as Error).message}`));
    }
  });
}

function addRoute(app: FastifyInstance, route: AdminRoute, options: AdminOptions): void {
  app.route({
    method: route.method,
    url: `/__admin${route.path}`,
    bodyLimit: route.bodyLimitBytes ?? bodyLimitBytes,
    handler: async (request, reply) => {
      if (route.scope === 'server' && namedWorld(request.raw) !== undefined) return sendUnknownCall(request, reply);
      const world = options.worlds.use(worldId(request));
      if (world === undefined) return sendUnknownWorld(reply, request, options.worlds);
      const body = await validated(route.body, request.body, 'body');
      const query = await validated(route.query ?? NoQuery, readNumbers(route.query, request.query), 'query');
      const answer = await route.handle(contextOf(options, world, request, reply, body, query));
      return reply.sent || answer === reply ? reply : send(reply, answer);
    },
  });
}

const NoQuery = Type.Object({}, { additionalProperties: false });

function send(reply: FastifyReply, answer: unknown): FastifyReply {
  if (answer === undefined) return reply.code(204).send();
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer));
}

async function validated(schema: TSchema | undefined, value: unknown, what: 'body' | 'query'): Promise<unknown> {
  if (schema === undefined) {
    if (what === 'body' && value !== undefined && value !== null) throw new AdminError(400, 'Invalid request', 'This call takes no body.', [{ path: '', message: 'no body is taken here' }]);
    return undefined;
  }
  const { check } = await import('../world/check.js');
  // a body that is left out is an empty object: every member may then be missing
  const document = value ?? {};
  const mistakes = check(schema, document);
  if (mistakes.length > 0) throw invalid(mistakes);
  return document;
}

/** A query is text; members that the schema has as numbers are read as such. */
function readNumbers(schema: TSchema | undefined, query: unknown): unknown {
  const properties = (schema as { properties?: Record<string, { type?: string }> } | undefined)?.properties ?? {};
  return Object.fromEntries(
    Object.entries(query as Record<string, unknown>).map(([name, value]) => [name, properties[name]?.type === 'integer' && /^-?\d+$/.test(String(value)) ? Number(value) : value]),
  );
}

function contextOf(options: AdminOptions, world: World, request: FastifyRequest, reply: FastifyReply, body: unknown, query: unknown): AdminContext<never, never> {
  const params = request.params as Record<string, string>;
  return {
    ...options,
    world,
    params,
    body: body as never,
    query: query as never,
    serverUrl: options.baseUrl ?? `${request.protocol}://${request.host}`,
    request,
    reply,
    provider() {
      const provider = findProvider(params.provider ?? '');
      if (provider === undefined) throw new AdminError(404, 'Unknown provider', `There is no provider ${JSON.stringify(params.provider)}.`, undefined, { known: options.worlds.providers.map(({ name }) => name) });
      return { provider, realm: world.realm(provider) };
    },
  };
}

function sendUnknownWorld(reply: FastifyReply, request: FastifyRequest, worlds: Worlds): FastifyReply {
  const { type, text } = unknownWorld(worldId(request), worlds);
  return reply.code(404).header('content-type', type).send(text);
}

function sendAdminError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof AdminError) {
    return sendProblem(reply, { title: error.title, status: error.status, detail: error.message, ...(error.mistakes === undefined ? {} : { errors: error.mistakes }), ...error.extra });
  }
  if (error instanceof TooManyWorlds) return sendProblem(reply, { title: 'Too many worlds', status: 409, detail: error.message });
  const status = error.statusCode ?? 500;
  if (status >= 500) request.log.error(error);
  return sendProblem(reply, { title: status >= 500 ? 'Understudy itself failed' : 'Invalid request', status, detail: status === 415 ? 'The body must be JSON: Content-Type: application/json.' : error.message });
}

function unknownCalls(app: FastifyInstance): void {
  for (const path of ['/__admin', '/__admin/*']) app.all(path, sendUnknownCall);
}

function sendUnknownCall({ method, originalUrl }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = routes.map((route) => `${route.method} /__admin${route.path.replaceAll(/:(\w+)/g, '{$1}')}`);
  return sendProblem(reply, { title: 'No such call', status: 404, detail: `The admin API has no ${method} ${pathOf(originalUrl)}. It is described at /__admin/openapi.json.`, known });
}
