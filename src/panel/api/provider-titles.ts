import { signal } from '@preact/signals';
import type { ProviderInfo } from '../../client/index.js';

const titles = signal<ReadonlyMap<string, string>>(new Map());

/** Keeps the titles of the providers, for `titleOf`. */
export function keepTitles(providers: readonly Pick<ProviderInfo, 'name' | 'title'>[]): void {
  titles.value = new Map(providers.map(({ name, title }) => [name, title]));
}

/** The title of a provider: its name, until the titles are read. */
export const titleOf = (name: string): string => titles.value.get(name) ?? name;
