import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useProviders } from './use-providers.js';

const titles = signal<ReadonlyMap<string, string>>(new Map());

/** Reads the titles of the providers. */
export function useProviderTitles(): void {
  const { data } = useProviders();
  useEffect(() => {
    if (data !== undefined) titles.value = new Map(data.map(({ name, title }) => [name, title]));
  }, [data]);
}

/** The title of a provider: its name, until the titles are read. */
export const titleOf = (name: string): string => titles.value.get(name) ?? name;
