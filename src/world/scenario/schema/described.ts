import { Type } from 'typebox';
import type { Static, TSchema } from 'typebox';

/** Adds a description for the reference page and for editors. */
export const described = <T extends TSchema>(description: string, schema: T) =>
  Type.Unsafe<Static<T>>({ ...schema, description });

/** A list without repetitions. */
export const list = <T extends TSchema>(items: T, options: { minItems?: number } = {}) =>
  Type.Array(items, { uniqueItems: true, maxItems: 100, ...options });
