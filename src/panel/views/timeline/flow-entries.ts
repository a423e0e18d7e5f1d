import { useMemo } from 'preact/hooks';
import { call } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { journalRows } from '../../journal/store.js';
import { world } from '../../navigation.js';
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

/** The newest entries of a flow, oldest first. Those that are new or were in progress are read when rows arrive. */
export function useFlowEntries(flow: string): Data<readonly EntryView[]> {
  const known = useMemo(() => new Map<number, EntryView>(), [flow, world.value]);
  const own = rowsOfFlow(flow);
  const revision = own.reduce((sum, { id, durationMs }) => sum + (durationMs === undefined ? 1 : id), 0);
  const load = async (): Promise<readonly EntryView[]> => {
    const shown = own.slice(-longestFlow);
    const missing = shown.filter(({ id }) => known.get(id)?.durationMs === undefined);
    for (let i = 0; i < missing.length; i += atOnce) {
      await Promise.all(
        missing.slice(i, i + atOnce).map(async ({ id }) => known.set(id, await call('GET', `/journal/${id}`))),
      );
    }
    return shown.flatMap(({ id }) => known.get(id) ?? []);
  };
  return useData(load, [flow], everyMs, revision);
}
