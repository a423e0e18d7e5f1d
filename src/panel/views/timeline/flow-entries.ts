import { useMemo } from 'preact/hooks';
import { ApiError } from '../../api/api-error.js';
import { call } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { journalRows, resets } from '../../journal/store.js';
import type { EntryView } from '../../../client/index.js';
import type { Data } from '../../api/use-data.js';
import type { Row } from '../../journal/row.js';

/** The most entries of a flow that are read whole: the newest. */
export const longestFlow = 150;
/** Number of calls at a time. */
const atOnce = 6;
/** Time after which a flow is read without a change of its rows, in milliseconds. */
const everyMs = 30_000;

/** The rows of a flow, oldest first. A component that asks for them is drawn again when rows arrive. */
export const rowsOfFlow = (flow: string | undefined): readonly Row[] =>
  flow === undefined ? [] : journalRows().list.filter((row) => row.flow === flow);

/** An entry, or undefined if the journal dropped it. */
const readEntry = (id: number): Promise<EntryView | undefined> =>
  call<EntryView>('GET', `/journal/${id}`).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  });

/** The newest entries of a flow, oldest first. Those that are new or were in progress are read when rows arrive. */
export function useFlowEntries(flow: string): Data<readonly EntryView[]> {
  const known = useMemo(() => new Map<number, EntryView>(), [flow, resets.value]);
  const own = rowsOfFlow(flow);
  // differs when a row arrives, and when one is complete
  const revision = own.reduce((sum, { id, durationMs }) => sum + 2 * id + (durationMs === undefined ? 1 : 0), 0);
  const load = async (): Promise<readonly EntryView[]> => {
    const shown = own.slice(-longestFlow);
    const missing = shown.filter(({ id }) => known.get(id)?.durationMs === undefined);
    for (let i = 0; i < missing.length; i += atOnce) {
      for (const entry of await Promise.all(missing.slice(i, i + atOnce).map(({ id }) => readEntry(id)))) {
        if (entry !== undefined) known.set(entry.id, entry);
      }
    }
    return shown.flatMap(({ id }) => known.get(id) ?? []);
  };
  return useData(load, [flow, resets.value], everyMs, revision);
}
