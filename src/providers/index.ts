import { dottedsign } from './dottedsign.js';
import { mailup } from './mailup.js';
import { standardProvider } from './standard-provider.js';
import { tinyemail } from './tinyemail.js';
import type { Provider } from './provider.js';

const registered = [mailup, tinyemail, dottedsign, standardProvider] as const;

/** The name of a served provider, as a literal type. */
export type ProviderName = (typeof registered)[number]['name'];

/** Every served provider. To add one, add it to `registered`. */
export const providers: readonly Provider<ProviderName>[] = registered;

/** The provider with this name. */
export function findProvider(name: string): Provider<ProviderName> | undefined {
  return providers.find((provider) => provider.name === name);
}
