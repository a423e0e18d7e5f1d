import { nanoid } from 'nanoid';
import { Type } from 'typebox';
import { unknownWorld } from '../http/request-world.js';
import { restart } from '../world/reset.js';
import { ClockSchema, ScenarioSchema, Seed } from '../world/scenario/schema/scenario.js';
import { worldIdPattern } from '../world/worlds.js';
import { resolveScenario } from './scenarios.js';
import { AdminError, Empty, Paging, defineRoute, invalid, listOf, page } from './route.js';
import { WorldView, worldView } from './views.js';
import type { Static } from 'typebox';
import type { World } from '../world/world.js';
import type { OpenOptions, Worlds } from '../world/worlds.js';
import type { AdminContext } from './route.js';

const WorldId = Type.String({ pattern: worldIdPattern, description: 'letters, digits, _ and -, at most 64' });

const NewWorld = Type.Object(
  {
    id: Type.Optional(WorldId),
    scenario: Type.Optional(
      Type.Union([Type.String({ minLength: 1, maxLength: 200 }), ScenarioSchema], {
        description: 'a scenario by name, or a whole one',
      }),
    ),
    seed: Type.Optional(
      Type.Union([...Seed.anyOf, Type.Null()], {
        description: 'a whole number, or text: with it, the same calls give the same codes, tokens and ids',
      }),
    ),
    clock: Type.Optional(ClockSchema),
  },
  { additionalProperties: false },
);

/** What a world is opened with: seed and clock lie over the scenario, and are part of what it is reset to. */
async function optionsOf(
  { worlds, library }: Pick<AdminContext<unknown, unknown>, 'worlds' | 'library'>,
  id: string,
  { scenario, seed, clock }: Static<typeof NewWorld>,
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

function idOf({ params, worlds }: AdminContext<unknown, unknown>): World {
  const world = worlds.use(params.id);
  if (world === undefined) throw unknown(params.id, worlds);
  return world;
}

function unknown(id: string, worlds: Worlds): AdminError {
  const { title, status, detail, known } = unknownWorld(id, worlds);
  return new AdminError(status, title, detail, undefined, { known });
}

/** Worlds: made in one call that answers everything a client is configured with. */
export const worldRoutes = [
  defineRoute({
    method: 'GET',
    path: '/worlds',
    scope: 'server',
    tag: 'worlds',
    summary: 'List the worlds',
    query: Type.Object(Paging, { additionalProperties: false }),
    answers: { 200: listOf('worlds', WorldView) },
    handle({ worlds, serverUrl, query }) {
      const { items, total } = page(worlds.list(), query);
      return { worlds: items.map((world) => worldView(world, worlds, serverUrl)), total };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/worlds',
    scope: 'server',
    tag: 'worlds',
    summary: 'Make a world',
    body: NewWorld,
    answers: { 201: WorldView },
    async handle(context) {
      const { body, worlds, serverUrl, reply } = context;
      const id = body.id ?? nanoid(12);
      const options = await optionsOf(context, id, body);
      // nothing may come between the question and the making: of two calls for one id, one is refused
      if (worlds.use(id) !== undefined) {
        throw new AdminError(
          409,
          'World exists',
          `There is a world ${JSON.stringify(id)} already; PUT /__admin/worlds/${id} makes it anew.`,
        );
      }
      const world = worlds.open(options);
      reply.code(201);
      return worldView(world, worlds, serverUrl);
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/worlds/:id',
    scope: 'server',
    tag: 'worlds',
    summary: 'Make a world, or make it anew',
    body: NewWorld,
    answers: { 200: WorldView, 201: WorldView },
    async handle(context) {
      const { body, params, worlds, serverUrl, reply } = context;
      const id = params.id;
      if (!new RegExp(worldIdPattern).test(id)) {
        throw invalid([{ path: 'id', message: 'expected letters, digits, _ and -, at most 64' }]);
      }
      if (body.id !== undefined && body.id !== id) {
        throw invalid([{ path: 'id', message: `differs from the URL's ${JSON.stringify(id)}` }]);
      }
      const options = await optionsOf(context, id, body);
      const isNew = worlds.use(id) === undefined;
      const world = worlds.open(options);
      if (isNew) reply.code(201);
      return worldView(world, worlds, serverUrl);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/worlds/:id',
    scope: 'server',
    tag: 'worlds',
    summary: 'Describe a world',
    answers: { 200: WorldView },
    handle: (context) => worldView(idOf(context), context.worlds, context.serverUrl),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/worlds/:id',
    scope: 'server',
    tag: 'worlds',
    summary: 'Drop a world and all that is in it; requests that its faults keep waiting are cut',
    answers: { 204: Empty },
    handle(context) {
      const { id } = idOf(context);
      if (!context.worlds.drop(id)) {
        throw new AdminError(
          409,
          'The default world stays',
          'The world "default" cannot be dropped; POST /__admin/reset empties it.',
        );
      }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/reset',
    tag: 'worlds',
    summary: "Forget everything, and start again from this world's scenario",
    answers: { 200: WorldView },
    handle: async ({ world, worlds, library, serverUrl }) =>
      worldView(await restart(worlds, library, world), worlds, serverUrl),
  }),
];
