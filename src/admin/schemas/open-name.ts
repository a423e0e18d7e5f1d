import { Type } from 'typebox';

/** One of these names, which editors suggest; or another one, as a provider of a file or a later version may have. */
export type OpenName<Name extends string> = Name | (string & {});

/** The schema of a text whose names are known to the compiler: the document does not list them. */
export const openName = <Name extends string>(description: string) =>
  Type.Unsafe<OpenName<Name>>({ type: 'string', description });
