import { worldUrl } from '../../api/address.js';
import { call, providerPath } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { world } from '../../navigation.js';
import type { ApiError } from '../../api/api-error.js';
import type { PlaygroundProvider } from './run.js';

/** How often a provider is read, in milliseconds. */
const everyMs = 5000;

interface Known {
  readonly provider: PlaygroundProvider | undefined;
  readonly problem: ApiError | undefined;
}

/** A provider of the world, reached at the origin of this page, whatever base URL the server has. */
export function useProvider(name: string): Known {
  const { data, problem } = useData(
    () => call<Omit<PlaygroundProvider, 'base'>>('GET', providerPath(name)),
    [name],
    everyMs,
  );
  const provider = data === undefined ? undefined : { ...data, base: `${worldUrl(world.value)}/${name}` };
  return { provider, problem };
}
