import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { call } from '../../api/call.js';
import { useData } from '../../api/use-data.js';

/** How often the titles are read, in milliseconds. They change only if another server answers. */
const everyMs = 60_000;

const titles = signal<ReadonlyMap<string, string>>(new Map());

interface ProviderList {
  readonly providers: readonly { readonly name: string; readonly title: string }[];
}

/** Reads the titles of the providers. */
export function useProviderTitles(): void {
  const { data } = useData(() => call<ProviderList>('GET', '/providers'), [], everyMs);
  useEffect(() => {
    if (data !== undefined) titles.value = new Map(data.providers.map(({ name, title }) => [name, title]));
  }, [data]);
}

/** The title of a provider: its name, until the titles are read. */
export const titleOf = (name: string): string => titles.value.get(name) ?? name;
