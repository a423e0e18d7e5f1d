import { urlsOf } from '../http/urls.js';
import { writeInstant } from './instant.js';
import type { World } from '../world/world.js';
import type { AdminContext } from './route.js';
import type { ClockState } from './schemas/clock.js';
import type { WorldAnswer, WorldUrls } from './schemas/worlds.js';

type Viewed = Pick<AdminContext<unknown, unknown>, 'worlds' | 'serverUrl' | 'internalUrl' | 'proxyUrl'>;

/** Describes a world, with its URLs for this caller and, if the server has an internal URL, for containers. */
export function worldView(world: World, { worlds, serverUrl, internalUrl, proxyUrl }: Viewed): WorldAnswer {
  const urlsAt = (url: string): WorldUrls => {
    const baseUrl = world.id === 'default' ? url : `${url}/w/${world.id}`;
    return {
      baseUrl,
      adminUrl: `${baseUrl}/__admin`,
      providers: Object.fromEntries(
        worlds.providers.map((provider) => [provider.name, urlsOf(provider, url, world.id)]),
      ),
    };
  };
  return {
    id: world.id,
    scenario: world.scenarioName ?? null,
    seed: world.seed ?? null,
    ...urlsAt(serverUrl),
    ...(internalUrl === undefined ? {} : { internal: urlsAt(internalUrl) }),
    ...(proxyUrl === undefined ? {} : { proxyUrl: withWorld(proxyUrl, world) }),
    clock: clockView(world),
  };
}

/** The URL of the proxy with the credentials that name the world. */
function withWorld(proxyUrl: string, { id }: World): string {
  return id === 'default' ? proxyUrl : proxyUrl.replace('//', `//${id}@`);
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
