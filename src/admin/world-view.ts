import { urlsOf } from '../http/urls.js';
import { writeInstant } from './instant.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';
import type { ClockState } from './schemas/clock.js';
import type { WorldAnswer } from './schemas/worlds.js';

/** Describes a world, with its URLs for this caller. */
export function worldView(world: World, worlds: Worlds, serverUrl: string): WorldAnswer {
  const baseUrl = world.id === 'default' ? serverUrl : `${serverUrl}/w/${world.id}`;
  return {
    id: world.id,
    scenario: world.scenarioName ?? null,
    seed: world.seed ?? null,
    baseUrl,
    providers: Object.fromEntries(
      worlds.providers.map((provider) => [provider.name, urlsOf(provider, serverUrl, world.id)]),
    ),
    adminUrl: `${baseUrl}/__admin`,
    clock: clockView(world),
  };
}

/** Describes the clock of a world. */
export function clockView({ clock, dateHeader }: World): ClockState {
  return {
    now: writeInstant(clock.now()),
    frozen: clock.frozen,
    rate: clock.rate,
    skewSeconds: clock.skewMs / 1000,
    dateHeader,
  };
}
