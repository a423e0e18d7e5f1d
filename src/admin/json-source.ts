/**
 * A value that JSON writes as a `T`: an array may be readonly, and an optional member may be undefined, because JSON
 * leaves it out.
 */
export type JsonSource<T> = T extends readonly (infer Item)[]
  ? readonly JsonSource<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]: JsonSource<T[Name]> | WhereOptional<T, Name> }
    : T;

type WhereOptional<T, Name extends keyof T> = T extends Required<Pick<T, Name>> ? never : undefined;
