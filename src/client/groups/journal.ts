import { ArgumentError, checkKind, checkObject } from '../arguments.js';
import { nearest } from '../../input/did-you-mean.js';
import { queryString } from '../http.js';
import type { BriefEntryView, EntryList, EntryView, OneEntryView } from '../../admin/schemas/journal.js';
import type { EntryFilter, EntryPage } from '../documents.js';
import type { AdminCall } from '../http.js';

/** The calls about the requests of clients. */
export const journalOf = (call: AdminCall) => ({
  /** Lists entries, by default the oldest first: all, or those that match. */
  list: async (filter: EntryPage = {}): Promise<EntryView[]> => {
    checkObject('journal.list', 'the filter', filter);
    return (await call<EntryList>('GET', `/journal${queryString(filter)}`)).entries;
  },
  /** Lists entries without their headers, parameters, bodies, facts and notes. */
  listBriefly: async (filter: EntryPage = {}): Promise<BriefEntryView[]> => {
    checkObject('journal.listBriefly', 'the filter', filter);
    return (await call<EntryList<BriefEntryView>>('GET', `/journal${queryString({ ...filter, brief: true })}`)).entries;
  },
  /** Reads one entry. */
  get: async (id: number): Promise<OneEntryView> => {
    checkKind('journal.get', 'id', id, 'a number');
    return call('GET', `/journal/${id}`);
  },
  /** Removes all entries. */
  clear: async (): Promise<void> => {
    await call('DELETE', '/journal');
  },
  /** Waits for the first complete entry that matches. The timeout is `5s` by default and at most `60s`. */
  wait: async (filter: EntryFilter, timeout?: string): Promise<EntryView> => {
    checkObject('journal.wait', 'the filter', filter);
    if (timeout !== undefined) checkKind('journal.wait', 'timeout', timeout, 'a text');
    if (nearest('timeout', Object.keys(filter)) !== undefined) {
      throw new ArgumentError("journal.wait: the timeout is the second argument: wait(filter, '10s')");
    }
    return call('GET', `/journal/wait${queryString({ ...filter, timeout })}`);
  },
});
