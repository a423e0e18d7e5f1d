import { useRef } from 'preact/hooks';
import { isLoaded, rows } from './store.js';

/** The provider of the newest entry when the component appeared: it stays the same. Undefined: there is none yet. */
export function useNewestProvider(): string | undefined {
  const found = useRef<{ readonly provider: string | undefined } | undefined>(undefined);
  if (isLoaded.value) {
    found.current ??= { provider: rows.list.findLast(({ provider }) => provider !== undefined)?.provider };
  }
  return found.current?.provider;
}
