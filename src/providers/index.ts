import { dottedsign } from './dottedsign.js';
import { mailup } from './mailup.js';
import { tinyemail } from './tinyemail.js';
import type { Provider } from './provider.js';

const builtIn = [mailup, tinyemail, dottedsign] as const;

/** The name of a provider that comes with Understudy. */
export type KnownProvider = (typeof builtIn)[number]['name'];

/** Every provider that is served. */
export const providers: readonly Provider[] = builtIn;

/** Finds a provider by its name. */
export function findProvider(name: string): Provider | undefined {
  return providers.find((provider) => provider.name === name);
}
