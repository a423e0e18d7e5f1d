import { Type } from 'typebox';

/** A largest number, or `unlimited`. In a `Policy` that is Infinity. */
export const limit = (maximum: number, what: string) =>
  Type.Union([Type.Literal('unlimited'), Type.Integer({ minimum: 1, maximum })], {
    description: `${what}: a whole number, or unlimited`,
  });
