import { useEffect, useMemo, useState } from 'preact/hooks';
import { adminToken } from '../../api/admin-token.js';
import { ApiError } from '../../api/api-error.js';
import { call } from '../../api/call.js';
import { world } from '../../navigation.js';
import { rows, version } from '../../journal/store.js';
import type { EntryView } from '../../../client/index.js';
import type { Row } from '../../journal/row.js';

/** The most entries of a flow that are read whole: the newest. */
export const longestFlow = 150;
/** Number of calls at a time. */
const atOnce = 6;

/** The rows of a flow, oldest first. A component that asks for them is drawn again when rows arrive. */
export const rowsOfFlow = (flow: string | undefined): readonly Row[] =>
  flow === undefined || version.value === 0 ? [] : rows.list.filter((row) => row.flow === flow);

/** The entries of a flow as far as they were read. */
export interface FlowEntries {
  /** Oldest first. Undefined before the first answer. */
  readonly entries: readonly EntryView[] | undefined;
  readonly problem: ApiError | undefined;
}

/** Reads the entries of a flow, and those that are new or were in progress when rows of the flow arrive. */
export function useFlowEntries(flow: string): FlowEntries {
  const key = JSON.stringify([world.value, flow, adminToken.value]);

  const known = useMemo(() => new Map<number, EntryView>(), [key]);
  const [{ of, ...state }, setState] = useState<FlowEntries & { readonly of: string }>({
    of: key,
    entries: undefined,
    problem: undefined,
  });
  const shown = rowsOfFlow(flow).slice(-longestFlow);
  const signature = shown.map(({ id, durationMs }) => (durationMs === undefined ? -id : id)).join();
  useEffect(() => {
    let isEnded = false;
    const read = async (): Promise<void> => {
      try {
        await readMissing(known, shown);
        const entries = shown.flatMap(({ id }) => known.get(id) ?? []);
        if (!isEnded) setState({ of: key, entries, problem: undefined });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (!isEnded) setState((old) => ({ ...old, problem: error }));
      }
    };
    void read();
    return () => {
      isEnded = true;
    };
  }, [key, signature]);
  return of === key ? state : { entries: undefined, problem: undefined };
}

/** Adds the entries that are not known whole. One that the journal has dropped is left out. */
async function readMissing(known: Map<number, EntryView>, shown: readonly Row[]): Promise<void> {
  const ids = new Set(shown.map(({ id }) => id));
  for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
  const missing = [...ids].filter((id) => known.get(id)?.durationMs === undefined);
  for (let i = 0; i < missing.length; i += atOnce) {
    await Promise.all(
      missing.slice(i, i + atOnce).map(async (id) => {
        const entry = await call<EntryView>('GET', `/journal/${id}`).catch((error: unknown) => {
          if (error instanceof ApiError && error.status === 404) return undefined;
          throw error;
        });
        if (entry !== undefined) known.set(id, entry);
      }),
    );
  }
}
