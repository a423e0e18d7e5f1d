import { Type } from 'typebox';

/** A schema that allows these words only. It is a JSON Schema `enum`, so that an error message can list all of them. */
export const words = <const T extends string>(...values: T[]) => Type.Unsafe<T>({ type: 'string', enum: values });
