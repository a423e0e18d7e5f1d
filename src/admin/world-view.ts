import { urlsOf, worldUrl } from '../http/urls.js';
import { realNow, steadyNow } from '../world/clock.js';
import { writeInstant } from './instant.js';
import type { World } from '../world/world.js';
import type { AdminContext } from './route.js';
import type { ClockState } from './schemas/clock.js';
import type { WorldAnswer, WorldUrls } from './schemas/worlds.js';

type Viewed = Pick<AdminContext<unknown, unknown>, 'worlds' | 'serverUrl' | 'internalUrl' | 'proxyUrl'>;

/** Describes a world, with its URLs for this caller and, if the server has an internal URL, for containers. */
export function worldView(world: World, { serverUrl, internalUrl, proxyUrl }: Viewed): WorldAnswer {
  const urlsAt = (url: string): WorldUrls => {
    const baseUrl = worldUrl(url, world.id);
    return {
      baseUrl,
      adminUrl: `${baseUrl}/__admin`,
      providers: Object.fromEntries(
        world.providers.map((provider) => [provider.name, urlsOf(provider, url, world.id)]),
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

/** Describes a world in a list, with the time at which it is dropped. The world `default` is never dropped. */
export function listedWorldView(world: World, context: Viewed): WorldAnswer {
  const dropsAt =
    world.id === 'default' ? null : realNow() + world.lastUsedAt + context.worlds.idleSeconds * 1000 - steadyNow();
  return { ...worldView(world, context), dropsAt: dropsAt === null ? null : writeInstant(dropsAt) };
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
