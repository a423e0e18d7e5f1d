import { signal } from '@preact/signals';
import { Rows } from './rows.js';
import type { Row } from './row.js';
import type { RowsChange } from './rows.js';

/** The rows of the journal of the world that the page shows. */
export const rows = new Rows();
/** A new object with each change of `rows`. */
export const version = signal({ rows });

/** The rows of the journal. A component that calls this is drawn again when they change. */
export const journalRows = (): Rows => version.value.rows;

/** Number of entries that the server dropped because of its limit. */
export const droppedByServer = signal(0);
/** Whether the first page was read. */
export const isLoaded = signal(false);
/** Grows when the rows are forgotten. The ids of before may belong to other entries then. */
export const resets = signal(0);

/** Real time at which the journal began, ISO 8601. Undefined before the first page was read. */
export const beganAt = signal<string>();

const listeners = new Set<(change: RowsChange) => void>();

/** Calls a listener at each change of `rows`, until the returned function is called. */
export function onRows(listener: (change: RowsChange) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls the listeners, and draws again what shows the rows. For a change that was made in `rows` itself. */
export function tell(change: RowsChange): void {
  for (const listener of listeners) listener(change);
  version.value = { rows };
}

/** Adds rows in any order. Rows that are known and complete change nothing. */
export function add(found: readonly Row[]): void {
  const { added, dropped, replaced } = rows.add(found);
  if (added.length > 0 || dropped.length > 0) tell({ isReset: false, added, dropped, replaced });
}

/** Begins the list of another journal: another world, or one that may have begun anew. */
export function reset(): void {
  rows.clear();
  isLoaded.value = false;
  droppedByServer.value = 0;
  resets.value += 1;
  tell({ isReset: true, added: [], dropped: [], replaced: [] });
}
