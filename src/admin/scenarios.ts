import { Type } from 'typebox';
import { BadScenario } from '../world/scenario/bad-scenario.js';
import { didYouMean } from '../input/did-you-mean.js';
import { ScenarioSchema } from '../world/scenario/schema/scenario.js';
import { AdminError, defineRoute, invalid, listOf } from './route.js';
import { WorldView, worldView } from './views.js';
import type { Scenario } from '../world/scenario/schema/scenario.js';
import type { ScenarioLibrary } from '../world/scenario/library.js';

/** A scenario by name or whole, with nothing left to inherit. `path` is where it stands in the request, for the mistakes. */
export async function resolveScenario(
  library: ScenarioLibrary,
  given: string | Scenario,
  path: string,
): Promise<{ scenario: Scenario; scenarioName: string | undefined }> {
  try {
    if (typeof given !== 'string') return { scenario: await library.resolve(given), scenarioName: undefined };
    const scenario = await library.get(given);
    if (scenario === undefined) throw unknownScenario(library, given, path);
    return { scenario, scenarioName: given };
  } catch (error) {
    if (error instanceof BadScenario) {
      throw invalid(
        error.mistakes.map((mistake) => ({
          path: [path, mistake.path].filter(Boolean).join('.'),
          message: mistake.message,
        })),
      );
    }
    throw error;
  }
}

function unknownScenario(library: ScenarioLibrary, name: string, path: string): AdminError {
  const known = library.names();
  const message = `there is no scenario ${JSON.stringify(name)}${didYouMean(name, known)}`;
  return new AdminError(404, 'Unknown scenario', message, path === '' ? undefined : [{ path, message }], { known });
}

/** A whole scenario, or the name of one. */
const Play = Type.Object(
  {
    ...ScenarioSchema.properties,
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'play the scenario of this name; nothing else may stand beside it',
      }),
    ),
  },
  { additionalProperties: false },
);
const ScenarioSummaryView = Type.Object({ name: Type.String(), description: Type.String(), source: Type.String() });

/** Stories to play: listed, read, played. */
export const scenarioRoutes = [
  defineRoute({
    method: 'GET',
    path: '/scenarios',
    scope: 'server',
    tag: 'scenarios',
    summary: 'List the scenarios that can be played',
    answers: { 200: listOf('scenarios', ScenarioSummaryView) },
    async handle({ library }) {
      const scenarios = await library.list();
      return { scenarios, total: scenarios.length };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/scenarios/:name',
    scope: 'server',
    tag: 'scenarios',
    summary: 'Read a scenario, with what it extends laid under it',
    answers: { 200: Type.Object({ name: Type.String(), description: Type.String(), scenario: ScenarioSchema }) },
    async handle({ library, params }) {
      const name = params.name;
      const { scenario } = await resolveScenario(library, name, '');
      return { name, description: scenario.description ?? '', scenario };
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/scenario',
    tag: 'scenarios',
    summary: 'Play a scenario in this world, by { "name": … } or whole: the world starts again from it',
    body: Play,
    answers: { 200: WorldView },
    async handle({ body, library, world, worlds, serverUrl }) {
      const { name, ...inline } = body;
      if (name !== undefined && Object.keys(inline).length > 0) {
        throw invalid([{ path: 'name', message: 'stands beside other members: send a name, or a whole scenario' }]);
      }
      const { scenario, scenarioName } = await resolveScenario(
        library,
        name ?? inline,
        name === undefined ? '' : 'name',
      );
      return worldView(worlds.replace(world, { scenario, scenarioName }), worlds, serverUrl);
    },
  }),
];
