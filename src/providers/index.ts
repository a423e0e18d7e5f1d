import { dottedsign } from './dottedsign.js';
import { mailup } from './mailup.js';
import { tinyemail } from './tinyemail.js';
import type { Provider } from './provider.js';

/** Every provider that is served. */
export const providers: readonly Provider[] = [mailup, tinyemail, dottedsign];

/** Finds a provider by its name. */
export function findProvider(name: string): Provider | undefined {
  return providers.find((provider) => provider.name === name);
}
