import { Type } from 'typebox';

/** A path with variables in braces, each a whole segment: `/{tenant}/oauth2/token`. */
const pathPattern = "^/(?:(?:[A-Za-z0-9._~!$&'()+,;=@%-]*|\\{[a-z][A-Za-z0-9_]{0,39}\\})(?:/|$))*$";

/** A path of the provider. */
export const Path = Type.String({
  pattern: pathPattern,
  maxLength: 300,
  description: 'a path that begins with /, without : and *; {name} as a segment is a variable',
});

/** One path or several. The first one is shown to users; the others work too. */
export const Paths = (of: string, fewest = 1) =>
  Type.Unsafe<string | string[]>({
    type: ['string', 'array'],
    pattern: pathPattern,
    maxLength: 300,
    items: Path,
    minItems: fewest,
    maxItems: 20,
    description: `${of}: a path that begins with /, without : and *, or a list of paths, of which the first is shown`,
  });

/** A list of paths. */
export const pathsIn = (given: string | readonly string[] | undefined): readonly string[] | undefined =>
  typeof given === 'string' ? [given] : given;
