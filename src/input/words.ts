import { Type } from 'typebox';

/** One of some words: a plain JSON Schema `enum`, so that a mistake can be told with all of them. */
export const words = <const T extends string>(...values: T[]) => Type.Unsafe<T>({ type: 'string', enum: values });
