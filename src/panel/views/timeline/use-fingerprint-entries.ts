import { useMemo } from 'preact/hooks';
import { call, queryOf } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { entriesWith } from '../../journal/fingerprints.js';
import { rows } from '../../journal/store.js';
import { world } from '../../navigation.js';
import type { EntryView } from '../../../client/index.js';

/** The newest entries that are searched: each is read in full. */
const longestSearch = 10_000;
const pageSize = 200;
/** Intervals of the search: while a fingerprint is searched, and while none is. In milliseconds. */
const [searchMs, idleMs] = [2000, 2 ** 30];

/** The ids of the entries that have a fingerprint. New entries are searched as well. */
export function useFingerprintEntries(fingerprint: string | undefined): ReadonlySet<number> {
  const search = useMemo(() => ({ last: 0, found: new Set<number>() }), [fingerprint, world.value]);
  const load = async (): Promise<void> => {
    if (fingerprint === undefined) return;
    const newest = rows.list.at(-1)?.id ?? 0;
    // the journal was cleared, or the server is another one
    if (newest < search.last) Object.assign(search, { last: 0, found: new Set() });
    search.last = Math.max(search.last, newest - longestSearch);
    for (let isMore = true; isMore;) {
      const query = queryOf({ since: search.last, limit: pageSize });
      const { entries } = await call<{ readonly entries: readonly EntryView[] }>('GET', `/journal${query}`);
      for (const id of entriesWith(fingerprint, entries)) search.found.add(id);
      search.last = entries.at(-1)?.id ?? search.last;
      isMore = entries.length === pageSize;
    }
  };
  useData(load, [fingerprint], fingerprint === undefined ? idleMs : searchMs);
  return search.found;
}
