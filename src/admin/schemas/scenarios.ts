import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { ScenarioSchema } from '../../world/scenario/schema/scenario.js';
import { listOf } from './list.js';
import type { Static } from 'typebox';

/** Body of the call that plays a scenario: an inline scenario, or the name of one. */
export const PlayBody = Type.Object(
  {
    ...ScenarioSchema.properties,
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'the name of the scenario to play; must be the only member',
      }),
    ),
  },
  { additionalProperties: false },
);

/** A scenario in a list. */
export const ScenarioSummaryView = Type.Object({
  name: Type.String({ description: 'Name of the scenario' }),
  description: Type.String({ description: 'What it is for' }),
  source: Type.Unsafe<'built-in' | 'file'>({
    ...words('built-in', 'file'),
    description: 'Whether it is built in or from the folder of fixtures',
  }),
});
export type ScenarioInfo = Static<typeof ScenarioSummaryView>;

/** All scenarios. */
export const ScenariosView = listOf({ scenarios: Type.Array(ScenarioSummaryView, { description: 'All scenarios' }) });
export type ScenarioList = Static<typeof ScenariosView>;

/** Query of the call that reads a scenario. */
export const ScenarioQuery = Type.Object(
  {
    format: Type.Optional(
      Type.Unsafe<'json' | 'yaml'>({
        ...words('json', 'yaml'),
        description: 'yaml: the text of a scenario file. Default: json',
      }),
    ),
  },
  { additionalProperties: false },
);

/** One scenario, merged with everything that it extends. */
export const ScenarioView = Type.Object({
  name: Type.String({ description: 'Name of the scenario' }),
  description: Type.String({ description: 'What it is for' }),
  scenario: described('The scenario itself', ScenarioSchema),
});
export type ScenarioAnswer = Static<typeof ScenarioView>;
