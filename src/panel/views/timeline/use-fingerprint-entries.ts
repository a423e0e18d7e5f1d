import { useMemo } from 'preact/hooks';
import { call, queryOf } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { entriesWith } from '../../journal/fingerprints.js';
import { isLoaded, resets, rows } from '../../journal/store.js';
import type { EntryView } from '../../../client/index.js';

/** The newest entries that are searched: each is read in full. */
const longestSearch = 10_000;
const pageSize = 200;
/** Intervals of the search: while a fingerprint is searched, and while none is. In milliseconds. */
const [searchMs, idleMs] = [2000, 2 ** 30];

/**
 * The ids of the entries that have a fingerprint. New entries are searched as well: the set grows. It is another set
 * for another fingerprint or another journal.
 */
export function useFingerprintEntries(fingerprint: string | undefined): ReadonlySet<number> {
  const journal = fingerprint === undefined ? 0 : resets.value;
  const search = useMemo(
    () => ({ last: 0, found: new Set<number>(), inProgress: new Set<number>() }),
    [fingerprint, journal],
  );
  const load = async (): Promise<void> => {
    if (fingerprint === undefined || !isLoaded.value) return;
    const read = async (since: number, limit: number): Promise<readonly EntryView[]> => {
      const query = queryOf({ since, limit });
      const { entries } = await call<{ readonly entries: readonly EntryView[] }>('GET', `/journal${query}`);
      for (const id of entriesWith(fingerprint, entries)) search.found.add(id);
      for (const { id, durationMs } of entries) {
        if (durationMs === undefined) search.inProgress.add(id);
        else search.inProgress.delete(id);
      }
      return entries;
    };
    // what was in progress when it was searched had no answer
    for (const id of search.inProgress) if (rows.get(id)?.durationMs !== undefined) await read(id - 1, 1);
    search.last = Math.max(search.last, (rows.list.at(-1)?.id ?? 0) - longestSearch);
    for (let isMore = true; isMore;) {
      const entries = await read(search.last, pageSize);
      search.last = entries.at(-1)?.id ?? search.last;
      isMore = entries.length === pageSize;
    }
  };
  useData(load, [fingerprint, journal], fingerprint === undefined ? idleMs : searchMs, Number(isLoaded.value));
  return search.found;
}
