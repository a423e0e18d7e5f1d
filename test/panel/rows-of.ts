import type { Row } from '../../src/panel/journal/row.js';
import type { RowsChange } from '../../src/panel/journal/rows.js';

/** A complete row of a journal, with other members as given. Undefined removes one. */
export function rowOf(id: number, more: { readonly [name in keyof Row]?: Row[name] | undefined } = {}): Row {
  const at = new Date(Date.UTC(2026, 10, 21, 12) + id * 1000).toISOString();
  const all = {
    id,
    at,
    realAt: at,
    provider: 'mailup',
    endpoint: 'resource',
    request: { method: 'GET', path: `/mailup/api/${id}` },
    status: 200,
    durationMs: 2,
    ...more,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as Row;
}

/** A change that adds rows, or another change. */
export const changeOf = (added: readonly Row[], more: Partial<RowsChange> = {}): RowsChange => ({
  isReset: false,
  added,
  dropped: [],
  replaced: [],
  ...more,
});
