import type { ProviderInfo } from '../../../client/index.js';
import type { Values } from './difference.js';

/** A row of the error table, as clients get it. */
export type ErrorRow = ProviderInfo['errors'][number] & {
  /** Whether the policy overrides the provider's row. */
  readonly isOverridden: boolean;
};

/** The error table with the rows of the policy in place of the provider's. */
export function errorRows(table: ProviderInfo['errors'], overrides: Values): ErrorRow[] {
  return table.map((row) => {
    const own = (overrides[row.reason] ?? {}) as Partial<ErrorRow>;
    return { ...row, ...own, isOverridden: Object.keys(own).length > 0 };
  });
}
