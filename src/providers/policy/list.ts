import { Type } from 'typebox';
import type { TSchema } from 'typebox';

/** A list without repetitions. */
export const list = <T extends TSchema>(items: T, options: { minItems?: number } = {}) =>
  Type.Array(items, { uniqueItems: true, maxItems: 100, ...options });
