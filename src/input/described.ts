import { Type } from 'typebox';
import type { Static, TSchema } from 'typebox';

/** A schema with a description for one place: for the reference page and for editors. It allows the same values. */
export const described = <T extends TSchema>(description: string, schema: T) =>
  Type.Unsafe<Static<T>>({ ...schema, description });
