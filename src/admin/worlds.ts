import { nanoid } from 'nanoid';
import { unknownWorld } from '../http/request-world.js';
import { restart } from '../world/reset.js';
import { worldIdPattern } from '../world/worlds.js';
import { AdminError, conflict, invalid } from './admin-error.js';
import { page } from './paging.js';
import { requireSameId } from './require-known.js';
import { resolveScenario } from './resolve-scenario.js';
import { refuseBad } from './own-definitions.js';
import { NoContent, defineRoute } from './route.js';
import { PageQuery } from './schemas/list.js';
import { NewWorldBody, WorldView, WorldsView } from './schemas/worlds.js';
import { listedWorldView, worldView } from './world-view.js';
import type { World } from '../world/world.js';
import type { OpenOptions, Worlds } from '../world/worlds.js';
import type { AdminContext } from './route.js';
import type { NewWorldDocument } from './schemas/worlds.js';

const tag = 'worlds';

/** Options of a new world. Its seed and clock replace those of the scenario, after a reset too. */
async function optionsOf(
  { worlds, library }: Pick<AdminContext<unknown, unknown>, 'worlds' | 'library'>,
  id: string,
  { scenario, seed, clock }: NewWorldDocument,
): Promise<OpenOptions> {
  const base =
    scenario === undefined
      ? { scenario: worlds.scenario, scenarioName: worlds.scenarioName }
      : await resolveScenario(library, scenario, 'scenario');
  return {
    id,
    ...base,
    own: { ...(seed === undefined || seed === null ? {} : { seed }), ...(clock === undefined ? {} : { clock }) },
  };
}

/** Finds the world of the path parameter `id`. The prefix `/w/{world}` is ignored. */
function findWorld(worlds: Worlds, id: string): World {
  const world = worlds.use(id);
  if (world !== undefined) return world;
  const { title, status, detail, known } = unknownWorld(id, worlds);
  throw new AdminError(status, title, detail, undefined, { known });
}

/** Calls about worlds. The answer has the URLs to configure a client with. */
export const worldRoutes = [
  defineRoute({
    method: 'GET',
    path: '/worlds',
    scope: 'server',
    tag,
    summary: 'List the worlds',
    query: PageQuery,
    answers: { 200: WorldsView },
    handle(context) {
      const { worlds, query } = context;
      const { items, total } = page(worlds.list(), query);
      return { worlds: items.map((world) => listedWorldView(world, context)), total };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/worlds',
    scope: 'server',
    tag,
    summary: 'Make a world',
    body: NewWorldBody,
    answers: { 201: WorldView },
    async handle(context) {
      const { body, worlds, reply } = context;
      const id = body.id ?? nanoid(12);
      const options = await optionsOf(context, id, body);
      // no await between this check and `open`: of two calls with the same id, one is refused
      if (worlds.use(id) !== undefined) {
        throw conflict(
          'World exists',
          `A world ${JSON.stringify(id)} already exists; PUT /__admin/worlds/${id} replaces it.`,
        );
      }
      const world = worlds.open(options);
      reply.code(201);
      return worldView(world, context);
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/worlds/:id',
    scope: 'server',
    tag,
    summary: 'Make a world, or replace it',
    body: NewWorldBody,
    answers: { 200: WorldView, 201: WorldView },
    async handle(context) {
      const { body, worlds, reply } = context;
      const { id } = context.params;
      if (!new RegExp(worldIdPattern).test(id)) {
        throw invalid([{ path: 'id', message: 'expected letters, digits, _ and -, at most 64' }]);
      }
      requireSameId(body.id, id);
      const options = await optionsOf(context, id, body);
      const isNew = worlds.use(id) === undefined;
      const world = worlds.open(options);
      if (isNew) reply.code(201);
      return worldView(world, context);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/worlds/:id',
    scope: 'server',
    tag,
    summary: 'Describe a world',
    answers: { 200: WorldView },
    handle: (context) => worldView(findWorld(context.worlds, context.params.id), context),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/worlds/:id',
    scope: 'server',
    tag,
    summary: 'Drop a world with all its state; the connections of requests that its faults hold are closed',
    answers: { 204: NoContent },
    handle({ params, worlds }) {
      const { id } = findWorld(worlds, params.id);
      if (!worlds.drop(id)) {
        throw conflict(
          'The default world cannot be dropped',
          'The world "default" cannot be dropped; POST /__admin/reset resets it.',
        );
      }
      return null;
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/reset',
    tag,
    summary: 'Reset this world: remove its state and start again from its scenario',
    answers: { 200: WorldView },
    async handle(context) {
      const { world, worlds, library } = context;
      return worldView(await restart(worlds, library, world).catch(refuseBad), context);
    },
  }),
];
