import { call } from './call.js';
import { useData } from './use-data.js';
import type { Data } from './use-data.js';

/** How often the providers are read, in milliseconds. They hardly change. */
const everyMs = 10_000;

/** A provider, as far as a list names it. */
export interface NamedProvider {
  readonly name: string;
  readonly title: string;
}

/** The providers of the world. */
export function useProviders<P extends NamedProvider = NamedProvider>(): Data<readonly P[]> {
  return useData(async () => (await call<{ providers: P[] }>('GET', '/providers')).providers, [], everyMs);
}
