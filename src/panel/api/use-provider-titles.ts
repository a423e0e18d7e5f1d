import { useEffect } from 'preact/hooks';
import { keepTitles } from './provider-titles.js';
import { useProviders } from './use-providers.js';

/** Reads the titles of the providers. */
export function useProviderTitles(): void {
  const { data } = useProviders();
  useEffect(() => {
    if (data !== undefined) keepTitles(data);
  }, [data]);
}
