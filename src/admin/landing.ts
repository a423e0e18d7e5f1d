import { admitRequest } from '../http/connection/connection.js';
import { refuseHostLines } from '../http/host-lines.js';
import { landingOf, leadsToPanel } from '../http/landing.js';
import { sendProblem } from '../http/problem.js';
import { unknownWorld, worldId } from '../http/request-world.js';
import { urlsOf, worldUrl } from '../http/urls.js';
import { version } from '../package.js';
import { panelUrl } from './panel.js';
import { sendUnknownCall, sendUnknownWorld } from './refusals.js';
import { routes } from './routes.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServedWorlds } from '../http/request-world.js';
import type { Provider } from '../providers/provider.js';
import type { Worlds } from '../world/worlds.js';

/**
 * Answers `/`, and the URLs of a world and of a provider: a browser is sent to the panel, a program gets an index. It
 * needs no admin token, and has only what the paths say.
 */
export function serverLanding(app: FastifyInstance, { worlds, listed }: ServedWorlds): void {
  const handler = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    // a client that takes this server for its proxy, and asked for the root of another host
    const landing = landingOf(request.raw);
    if (landing === undefined) {
      reply.callNotFound();
      return reply;
    }
    if (!admitRequest(request, reply) || refuseHostLines(request, reply)) return reply;
    const id = worldId(request);
    const world = worlds.use(id);
    // the panel says that the world is gone, and offers to make it
    if (world === undefined && leadsToPanel(request)) return toPanel(reply, panelUrl(request));
    if (world === undefined) return sendProblem(reply, unknownWorld(id, listed ? worlds : undefined));
    const { providers } = world;
    const provider = providers.find(({ name }) => name === landing.part);
    if (leadsToPanel(request)) {
      const url = provider === undefined ? panelUrl(request) : panelUrl(request, 'start', { provider: provider.name });
      return toPanel(reply, url);
    }
    return sendIndex(reply, provider === undefined ? worldIndex(request, providers) : providerIndex(request, provider));
  };
  app.route({ method: ['GET', 'HEAD'], url: '/', handler });
}

/** Answers `/__admin` itself: a browser is sent to the panel, a program gets the list of the calls. */
export function adminLanding(app: FastifyInstance, worlds: Worlds): void {
  app.all('/__admin', (request, reply) => {
    if (landingOf(request.raw) === undefined) return sendUnknownCall(request, reply);
    if (leadsToPanel(request)) return toPanel(reply, panelUrl(request));
    if (worlds.use(worldId(request)) === undefined) return sendUnknownWorld(request, reply, worlds);
    const calls = routes.map(({ method, path, summary }) => ({
      call: `${method} /__admin${path.replaceAll(/:(\w+)/g, '{$1}')}`,
      summary,
    }));
    return sendIndex(reply, { ...serverIndex(request), calls });
  });
}

const toPanel = (reply: FastifyReply, url: string): FastifyReply =>
  reply.headers({ 'cache-control': 'no-store', vary: 'Accept' }).redirect(url);

const sendIndex = (reply: FastifyReply, index: object): FastifyReply =>
  reply
    .type('application/json; charset=utf-8')
    .headers({ 'cache-control': 'no-store', vary: 'Accept' })
    .send(`${JSON.stringify(index, null, 2)}\n`);

function serverIndex(request: FastifyRequest): object {
  const { serverUrl } = request;
  const id = worldId(request);
  return {
    name: 'understudy',
    version,
    world: id,
    panelUrl: panelUrl(request),
    adminUrl: `${worldUrl(serverUrl, id)}/__admin`,
    docsUrl: `${serverUrl}/__admin/docs`,
    openApiUrl: `${serverUrl}/__admin/openapi.json`,
  };
}

const worldIndex = (request: FastifyRequest, providers: readonly Provider[]): object => ({
  ...serverIndex(request),
  providers: Object.fromEntries(
    providers.map((provider) => [provider.name, urlsOf(provider, request.serverUrl, worldId(request))]),
  ),
});

const providerIndex = (request: FastifyRequest, provider: Provider): object => ({
  ...serverIndex(request),
  panelUrl: panelUrl(request, 'start', { provider: provider.name }),
  provider: provider.name,
  title: provider.title,
  origin: provider.origin,
  ...urlsOf(provider, request.serverUrl, worldId(request)),
});
