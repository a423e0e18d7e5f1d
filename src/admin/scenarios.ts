import { invalid } from './admin-error.js';
import { resolveScenario } from './resolve-scenario.js';
import { refuseBad } from './own-definitions.js';
import { RawAnswer, defineRoute } from './route.js';
import { PlayBody, ScenarioQuery, ScenarioView, ScenariosView } from './schemas/scenarios.js';
import { WorldView } from './schemas/worlds.js';
import { playIn } from '../world/reset.js';
import { worldView } from './world-view.js';
import type { OwnSettings } from '../world/world.js';

const tag = 'scenarios';
/** RFC 9512. */
const yamlType = 'application/yaml';

const ownDefinitions = ({ definitions }: OwnSettings): OwnSettings =>
  definitions === undefined ? {} : { definitions };

/** Calls that list, read and play scenarios. */
export const scenarioRoutes = [
  defineRoute({
    method: 'GET',
    path: '/scenarios',
    scope: 'server',
    tag,
    summary: 'List the scenarios that can be played',
    answers: { 200: ScenariosView },
    async handle({ library }) {
      const scenarios = await library.list();
      return { scenarios, total: scenarios.length };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/scenarios/:name',
    scope: 'server',
    tag,
    summary: 'Read a scenario, merged with everything that it extends: as JSON, or as a file in YAML',
    query: ScenarioQuery,
    answers: { 200: ScenarioView },
    mediaTypes: ['application/json', yamlType],
    async handle({ library, params: { name }, query: { format } }) {
      const { scenario } = await resolveScenario(library, name, '');
      if (format === 'yaml') {
        const { writeYaml } = await import('../world/scenario/write-yaml.js');
        return new RawAnswer(`${yamlType}; charset=utf-8`, writeYaml(scenario));
      }
      return { name, description: scenario.description ?? '', scenario };
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/scenario',
    tag,
    summary: 'Play a scenario in this world, by { "name": … } or inline. This resets the world',
    body: PlayBody,
    answers: { 200: WorldView },
    async handle(context) {
      const { body, library, world, worlds } = context;
      const { name, ...inline } = body;
      if (name !== undefined && Object.keys(inline).length > 0) {
        throw invalid([
          {
            path: 'name',
            message: 'was sent with other members: send only a name, or an inline scenario without a name',
          },
        ]);
      }
      const { definitions } = world.own;
      const resolved = await resolveScenario(library, name ?? inline, name === undefined ? '' : 'name', definitions);
      // its own providers are not part of what it plays
      const played = await playIn(worlds, library, world, { ...resolved, own: ownDefinitions }).catch(refuseBad);
      return worldView(played, context);
    },
  }),
];
