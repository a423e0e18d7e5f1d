import { useEffect, useReducer, useState } from 'preact/hooks';
import { Listing } from '../../journal/listing.js';
import { fingerprintIn, testOf } from '../../journal/row-filter.js';
import { onRows, rows } from '../../journal/store.js';
import { useFingerprintEntries } from './use-fingerprint-entries.js';
import type { RowFilter } from '../../journal/row-filter.js';
import type { RowsChange } from '../../journal/rows.js';

/** Time that a listing is made without a pause, in milliseconds. */
const sliceMs = 5;

/** Lets the page draw and react. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });

/** A listing of the journal, with the filter and the grouping that it was made for. */
export interface ListingState {
  readonly listing: Listing;
  readonly key: string;
  /** Grows with each change of the listing: a component is drawn again only if something of it differs. */
  readonly change: number;
}

/**
 * A listing of the journal that follows its changes. A change of the filter makes it anew, in slices; until then the
 * former one is returned. Undefined before the first one is made.
 */
export function useListing(filter: RowFilter, isGrouped: boolean, isHeld: boolean): ListingState | undefined {
  const found = useFingerprintEntries(fingerprintIn(filter.text ?? ''));
  const key = JSON.stringify([filter, isGrouped, found.size]);
  const [made, setMade] = useState<Omit<ListingState, 'change'> | undefined>();
  const [change, redraw] = useReducer<number, undefined>((count) => count + 1, 0);
  const [round, makeAgain] = useReducer<number, undefined>((count) => count + 1, 0);

  useEffect(() => {
    let isEnded = false;
    let isFilled = false;
    const listing = new Listing({ isGrouped, isWanted: testOf(filter, found) });
    const early: RowsChange[] = [];
    const stop = onRows((rowsChange) => {
      if (!isFilled) {
        early.push(rowsChange);
        return;
      }
      listing.take(rowsChange);
      redraw(undefined);
    });
    const fill = async (): Promise<void> => {
      let began = performance.now();
      for (const _slice of listing.fill([...rows.list])) {
        if (performance.now() - began < sliceMs) continue;
        await turn();
        if (isEnded) return;
        began = performance.now();
      }
      for (const rowsChange of early) listing.take(rowsChange);
      isFilled = true;
      setMade({ listing, key });
    };
    void fill();
    return () => {
      isEnded = true;
      stop();
    };
  }, [key, found, round]);

  const listing = made?.listing;
  useEffect(() => {
    if (listing === undefined) return;
    if (isHeld) {
      listing.hold();
      return;
    }
    if (listing.isOutdated) makeAgain(undefined);
    else listing.release();
    redraw(undefined);
  }, [listing, isHeld]);

  return made === undefined ? undefined : { ...made, change };
}
