import { dottedsign } from './dottedsign.js';
import { mailup } from './mailup.js';
import { tinyemail } from './tinyemail.js';
import type { Provider } from './provider.js';

/** All built-in providers. A new provider is a new line here. */
export const providers: readonly Provider[] = [mailup, tinyemail, dottedsign];

/** The provider with this name. */
export function findProvider(name: string): Provider | undefined {
  return providers.find((provider) => provider.name === name);
}
