import { statusOf } from './row-filter.js';
import type { FilterName } from './row-filter.js';
import type { Row } from './row.js';
import type { RowsChange } from './rows.js';

/** The filters that are chosen from a list. */
export const facetNames = [
  'provider',
  'endpoint',
  'grant',
  'client',
  'status',
  'reason',
] as const satisfies FilterName[];
/** A filter that is chosen from a list. */
export type FacetName = (typeof facetNames)[number];

/** Number of values of one facet that are offered: a client may send any client ID. */
const longestChoice = 100;

const values: Readonly<Record<FacetName, (row: Row) => string | undefined>> = {
  provider: ({ provider }) => provider,
  endpoint: ({ endpoint }) => endpoint,
  grant: ({ grantType }) => grantType,
  client: ({ clientId }) => clientId,
  status: statusOf,
  reason: ({ reason }) => reason,
};

/** A value that rows have, and the number of rows. */
export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** Counts which values the rows have. Only what changes is counted again. */
export class Facets {
  readonly #counts = new Map<FacetName, Map<string, number>>(facetNames.map((name) => [name, new Map()]));

  apply({ isReset, added, dropped, replaced }: RowsChange): void {
    if (isReset) for (const counts of this.#counts.values()) counts.clear();
    this.#count(dropped, -1);
    this.#count(replaced, -1);
    this.#count(added, 1);
  }

  #count(rows: readonly Row[], step: 1 | -1): void {
    for (const [name, counts] of this.#counts) {
      for (const row of rows) {
        const value = values[name](row);
        if (value === undefined) continue;
        const count = (counts.get(value) ?? 0) + step;
        if (count > 0) counts.set(value, count);
        else counts.delete(value);
      }
    }
  }

  /** The most frequent values of a facet, in the order of the alphabet. */
  values(name: FacetName): FacetValue[] {
    return [...(this.#counts.get(name) as Map<string, number>)]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count)
      .slice(0, longestChoice)
      .sort((a, b) => (a.value < b.value ? -1 : 1));
  }
}
