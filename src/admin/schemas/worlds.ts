import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { ClockSchema, ScenarioSchema, Seed } from '../../world/scenario/schema/scenario.js';
import { worldIdPattern } from '../../world/worlds.js';
import { ClockView } from './clock.js';
import { listOf } from './list.js';
import type { Static } from 'typebox';

const WorldId = Type.String({ pattern: worldIdPattern, description: 'letters, digits, _ and -, at most 64' });

/** Body of the calls that make a world. */
export const NewWorldBody = Type.Object(
  {
    id: Type.Optional(WorldId),
    scenario: Type.Optional(
      Type.Union([Type.String({ minLength: 1, maxLength: 200 }), ScenarioSchema], {
        description: 'the name of a scenario, or an inline scenario',
      }),
    ),
    seed: Type.Optional(
      Type.Union([...Seed.anyOf, Type.Null()], {
        description: 'a whole number, or text: with the same seed, the same calls give the same codes, tokens and ids',
      }),
    ),
    clock: Type.Optional(described('Its virtual clock', ClockSchema)),
  },
  { additionalProperties: false },
);
export type NewWorldDocument = Static<typeof NewWorldBody>;

/** URLs that a client of a provider is configured with, as members of an answer. */
export const providerUrls = {
  baseUrl: Type.String({ description: 'Base URL of all paths of the provider' }),
  authorizeUrl: Type.String({ description: 'Authorization endpoint' }),
  tokenUrl: Type.String({ description: 'Token endpoint' }),
  refreshUrl: Type.Optional(
    Type.String({ description: 'Where refresh tokens are exchanged. Absent: at the token endpoint' }),
  ),
  apiUrl: Type.String({ description: 'Base of the protected resources' }),
};
const ProviderUrlsView = Type.Object(providerUrls);
export type ProviderUrls = Static<typeof ProviderUrlsView>;

const worldUrls = {
  baseUrl: Type.String({ description: 'Base URL of the providers of this world' }),
  adminUrl: Type.String({ description: 'Base of the admin API of this world' }),
  providers: Type.Record(Type.String(), ProviderUrlsView, { description: 'URLs by name of the provider' }),
};
const InternalUrlsView = Type.Object(worldUrls, {
  description: 'The same URLs for containers. Absent: the server has no internal URL',
});
export type WorldUrls = Static<typeof InternalUrlsView>;

/** A world: URLs to configure clients with, and its clock. */
export const WorldView = Type.Object({
  id: Type.String({ description: 'Id of the world' }),
  scenario: Type.Union([Type.String(), Type.Null()], {
    description: 'The name of the scenario; null for an inline scenario',
  }),
  seed: Type.Union([Type.String(), Type.Null()], { description: 'Null: codes, tokens and ids are random' }),
  ...worldUrls,
  internal: Type.Optional(InternalUrlsView),
  proxyUrl: Type.Optional(
    Type.String({ description: 'URL of the forward proxy for this world, with its credentials, if there is a proxy' }),
  ),
  dropsAt: Type.Optional(
    Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
      description:
        'Real time after which it is dropped if no request names it before; null: never. Only in the list of worlds',
    }),
  ),
  clock: described('Its virtual clock', ClockView),
});
export type WorldAnswer = Static<typeof WorldView>;

/** A page of worlds. */
export const WorldsView = listOf({ worlds: Type.Array(WorldView, { description: 'The worlds' }) });
