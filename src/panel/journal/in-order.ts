import type { Row } from './row.js';

/** The order of rows: that of their ids. */
export const byId = (a: Row, b: Row): number => a.id - b.id;

/**
 * The rows of two lists that are in order. The first list may be changed: newer rows are appended to it. Older ones are
 * put in front, which costs a copy of the list; only rows in between need a sort.
 */
export function inOrder(rows: Row[], more: readonly Row[]): Row[] {
  const [first, last] = [rows[0], rows.at(-1)];
  const [from, to] = [more[0], more.at(-1)];
  if (from === undefined || to === undefined) return rows;
  if (first !== undefined && to.id < first.id) return more.concat(rows);
  if (last !== undefined && from.id < last.id) return rows.concat(more).sort(byId);
  for (const row of more) rows.push(row);
  return rows;
}
