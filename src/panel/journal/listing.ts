import { Facets } from './facets.js';
import { Flows } from './flows.js';
import type { FlowsOptions } from './flows.js';
import type { Row } from './row.js';
import type { RowsChange } from './rows.js';

/** Number of rows that are added at once while a listing is made. */
const sliceSize = 250;
/** Number of changed rows that wait while a listing is held. Above it, the listing is rebuilt. */
const longestWait = 20_000;

/** What a list of entries shows. It can be held: then it stays as it is, and counts what is new. */
export class Listing {
  readonly flows: Flows;
  readonly facets = new Facets();
  readonly #options: FlowsOptions;
  #isHeld = false;
  #changes: RowsChange[] = [];
  #waitingRows = 0;
  #news = 0;
  #newest = 0;

  constructor(options: FlowsOptions) {
    this.#options = options;
    this.flows = new Flows(options);
  }

  /** Number of new rows that are not shown, because the listing is held. */
  get news(): number {
    return this.#news;
  }

  /** Whether too much has changed while the listing was held: it must be made anew. */
  get isOutdated(): boolean {
    return this.#waitingRows > longestWait;
  }

  /** Adds rows, the oldest first. It pauses between slices, so that a page stays usable. */
  *fill(rows: readonly Row[]): Generator<undefined, void> {
    for (let i = 0; i < rows.length; i += sliceSize) {
      this.#apply({ isReset: false, added: rows.slice(i, i + sliceSize), dropped: [], replaced: [] });
      yield;
    }
  }

  /** Takes a change of the rows. While it is held, only a new beginning is shown at once. */
  take(change: RowsChange): void {
    if (!this.#isHeld || change.isReset) {
      if (change.isReset) this.#forget();
      this.#apply(change);
      return;
    }
    const { isWanted } = this.#options;
    for (const row of change.added) {
      if (row.id <= this.#newest) continue;
      this.#newest = row.id;
      if (isWanted === undefined || isWanted(row)) this.#news += 1;
    }
    this.#waitingRows += change.added.length + change.dropped.length;
    // what is outdated is not applied any more
    if (!this.isOutdated) this.#changes.push(change);
    else this.#changes = [];
  }

  hold(): void {
    this.#isHeld = true;
  }

  /** Shows what waited. */
  release(): void {
    this.#isHeld = false;
    const changes = this.#changes;
    this.#forget();
    for (const change of changes) this.#apply(change);
  }

  #forget(): void {
    this.#changes = [];
    this.#news = 0;
    this.#waitingRows = 0;
  }

  #apply(change: RowsChange): void {
    if (change.isReset) this.#newest = 0;
    for (const { id } of change.added) this.#newest = Math.max(this.#newest, id);
    this.flows.apply(change);
    this.facets.apply(change);
  }
}
