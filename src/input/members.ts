import { Type } from 'typebox';

/** Members of a request that a match compares, by name: query parameters, form parameters, headers. */
export const MembersSchema = Type.Record(Type.String(), Type.String(), { maxProperties: 50 });

/** Expected values by name. */
export type Members = Readonly<Record<string, string>>;

/** Whether a value is the expected text. Numbers and booleans, as a JSON body has them, are compared as text. */
export function isSameValue(found: unknown, expected: unknown): boolean {
  return (
    found === expected || ((typeof found === 'number' || typeof found === 'boolean') && String(found) === expected)
  );
}

/** The value of a member. Undefined if there is none, or if it is no object. */
export function memberOf(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, name)) return undefined;
  return (object as Readonly<Record<string, unknown>>)[name];
}

/** Whether all expected members are there. */
export function hasMembers(object: unknown, expected: Members): boolean {
  return Object.entries(expected).every(([name, value]) => isSameValue(memberOf(object, name), value));
}
