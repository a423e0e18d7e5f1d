import { firstIndex } from './first-index.js';
import { inOrder } from './in-order.js';
import { outcomeOf, worstOf } from './outcome.js';
import type { Block } from './block-list.js';
import type { Outcome } from './outcome.js';
import type { Row } from './row.js';
import type { RowTest } from './row-filter.js';

/** How often each outcome occurs. */
export type OutcomeCounts = Record<Outcome, number>;

/**
 * The rows of one flow. Without a name it is a row that belongs to no flow, or a row of a list without groups.
 */
export class Flow implements Block {
  readonly name: string | undefined;
  readonly #isWanted: RowTest | undefined;
  /** All rows, the oldest first. */
  #rows: Row[] = [];
  /** Those that pass the filter. The same list if there is none. */
  #shown: Row[];
  // written out: a list without groups has an object for each row
  readonly counts: OutcomeCounts = {
    answered: 0,
    'in-progress': 0,
    refused: 0,
    fault: 0,
    'no-answer': 0,
    'server-error': 0,
  };
  /** The latest that a row named. */
  provider: string | undefined;
  clientId: string | undefined;
  userId: string | undefined;
  /** The row that began it, also after the journal dropped it. */
  first: Row | undefined;

  constructor(name: string | undefined, isWanted: RowTest | undefined) {
    this.name = name;
    this.#isWanted = isWanted;
    this.#shown = isWanted === undefined ? this.#rows : [];
  }

  /** All rows, the oldest first. */
  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** The rows that pass the filter, the oldest first. */
  get shown(): readonly Row[] {
    return this.#shown;
  }

  /** The id of the newest row that is shown. 0: none is. */
  get newest(): number {
    return this.#shown.at(-1)?.id ?? 0;
  }

  /** Whether it has a head. A single request needs none. */
  get hasHead(): boolean {
    return this.name !== undefined && this.#rows.length > 1;
  }

  /** Number of lines in the list: the rows, and a head. */
  get lines(): number {
    return this.#shown.length + (this.hasHead ? 1 : 0);
  }

  get worst(): Outcome {
    return worstOf(this.counts);
  }

  /** The row at a line, the newest first. Undefined: the head. */
  rowAt(line: number): Row | undefined {
    return this.#shown[this.lines - 1 - line];
  }

  /** The line of a row. Undefined if it is not shown. */
  lineOf(id: number): number | undefined {
    const i = firstIndex(this.#shown, (row) => row.id >= id);
    return this.#shown[i]?.id === id ? this.lines - 1 - i : undefined;
  }

  /** Adds rows with ascending ids that it does not have. */
  add(rows: readonly Row[]): void {
    for (const row of rows) {
      this.counts[outcomeOf(row)] += 1;
      this.provider ??= row.provider;
      if (row.id >= (this.#rows.at(-1)?.id ?? 0)) {
        this.clientId = row.clientId ?? this.clientId;
        this.userId = row.userId ?? this.userId;
      } else {
        this.clientId ??= row.clientId;
        this.userId ??= row.userId;
      }
      if (this.first === undefined || row.id < this.first.id) this.first = row;
    }
    this.#rows = inOrder(this.#rows, rows);
    this.#shown = this.#isWanted === undefined ? this.#rows : inOrder(this.#shown, rows.filter(this.#isWanted));
  }

  /** Removes rows with ascending ids. */
  remove(rows: readonly Row[]): void {
    for (const row of rows) this.counts[outcomeOf(row)] -= 1;
    this.#rows = without(this.#rows, rows);
    this.#shown = this.#isWanted === undefined ? this.#rows : without(this.#shown, rows.filter(this.#isWanted));
  }
}

/** The first list without the rows of the second. It may be changed: mostly its oldest rows go. */
function without(rows: Row[], gone: readonly Row[]): Row[] {
  if (gone.every((row, i) => row.id === rows[i]?.id)) {
    rows.splice(0, gone.length);
    return rows;
  }
  const ids = new Set(gone.map(({ id }) => id));
  return rows.filter(({ id }) => !ids.has(id));
}
