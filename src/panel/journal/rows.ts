import { firstIndex } from './first-index.js';
import { byId, inOrder } from './in-order.js';
import type { Row } from './row.js';

/** Number of entries that a tab keeps: the most that a journal can have. */
export const longestList = 100_000;

/** What changed in a list of rows. */
export interface RowsChange {
  /** The list begins again: forget everything. */
  readonly isReset: boolean;
  /** Rows that are new or that replace one with the same id. */
  readonly added: readonly Row[];
  /** The former rows of those in `added` that replace one. */
  readonly replaced: readonly Row[];
  /** Rows that were dropped, the oldest first. */
  readonly dropped: readonly Row[];
}

/** Whether a row completes the known row with its id. */
const isNews = (row: Row, known: Row): boolean => known.durationMs === undefined && row.durationMs !== undefined;

/** The rows without those that another one with the same id replaces. */
function onceEach(rows: readonly Row[]): Iterable<Row> {
  const rowOf = new Map<number, Row>();
  for (const row of rows) {
    const known = rowOf.get(row.id);
    if (known === undefined || isNews(row, known)) rowOf.set(row.id, row);
  }
  return rowOf.values();
}

/** The rows of a journal, oldest first, without duplicates. The oldest go when there are too many. */
export class Rows {
  readonly #limit: number;
  #list: Row[] = [];

  constructor(limit = longestList) {
    this.#limit = limit;
  }

  /** The rows, oldest first. The list changes with the next `add`. */
  get list(): readonly Row[] {
    return this.#list;
  }

  get(id: number): Row | undefined {
    const i = this.#indexOf(id);
    return this.#list[i]?.id === id ? this.#list[i] : undefined;
  }

  clear(): void {
    this.#list = [];
  }

  /** Adds rows in any order. A complete row replaces one that was in progress, never the other way round. */
  add(rows: readonly Row[]): Omit<RowsChange, 'isReset'> {
    const added: Row[] = [];
    const replaced: Row[] = [];
    const late: Row[] = [];
    for (const row of onceEach(rows)) {
      const last = this.#list.at(-1);
      const i = last === undefined || row.id > last.id ? this.#list.length : this.#indexOf(row.id);
      const found = this.#list[i];
      if (found === undefined) {
        this.#list.push(row);
      } else if (found.id !== row.id) {
        late.push(row);
      } else if (isNews(row, found)) {
        this.#list[i] = row;
        replaced.push(found);
      } else {
        continue;
      }
      added.push(row);
    }
    // one merge for all late rows: each merge copies the list
    this.#list = inOrder(this.#list, late.sort(byId));
    // a twentieth at once, for the same reason
    const surplus = this.#list.length > this.#limit ? this.#list.length - Math.floor(this.#limit * 0.95) : 0;
    const dropped = this.#list.splice(0, surplus);
    if (dropped.length === 0) return { added, replaced, dropped };
    // a row that was added and dropped in this call is not reported
    const isNew = new Set(added);
    const isGone = new Set(dropped);
    return {
      added: added.filter((row) => !isGone.has(row)),
      replaced,
      dropped: dropped.filter((row) => !isNew.has(row)),
    };
  }

  /**
   * Drops what the server has dropped, given that it has `count` rows up to the id `newest`. Its oldest go first, so
   * the surplus is at the start.
   */
  dropBeyond(count: number, newest: number): readonly Row[] {
    const own = this.#indexOf(newest + 1);
    return this.#list.splice(0, Math.max(0, own - count));
  }

  /** The index of the first row whose id is not lower. */
  #indexOf(id: number): number {
    return firstIndex(this.#list, (row) => row.id >= id);
  }
}
