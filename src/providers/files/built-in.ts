import { providers } from '../index.js';
import type { Provider } from '../provider.js';

/** What a file can be like without another file. */
export const builtInProviders: ReadonlyMap<string, Provider> = new Map(
  providers.map((provider: Provider) => [provider.name, provider]),
);
