import { Type } from 'typebox';

const variable = String.raw`\{[a-z][A-Za-z0-9_]{0,39}\}`;

/** The name of a host in lower case, with at least one dot. A label can be a variable: `{shop}.acme.example`. */
const host = String.raw`(?:[a-z0-9-]+|${variable})(?:\.(?:[a-z0-9-]+|${variable}))+`;

/** The pattern of a host. */
export const hostPattern = `^${host}$`;

/** A path with variables in braces, each a whole segment: `/{tenant}/oauth2/token`. */
const path = `/(?:(?:[A-Za-z0-9._~!$&'()+,;=@%-]*|${variable})(?:/|$))*$`;

/** A path alone. */
const pathPattern = `^${path}`;

/** A path, which can stand after a host: `auth.acme.example/token`. */
const placePattern = `^(?:${host})?${path}`;

/** A path of the provider. */
export const Path = Type.String({
  pattern: pathPattern,
  maxLength: 300,
  description: 'a path that begins with /, without : and *; {name} as a segment is a variable',
});

const Place = Type.String({
  pattern: placePattern,
  maxLength: 500,
  description:
    'a path that begins with /, without : and *, or such a path after its only host: auth.acme.example/token; ' +
    '{name} as a segment is a variable',
});

const place = 'a path that begins with /, without : and *, alone or after its only host (auth.acme.example/token)';

/** One path or several. The first one is shown to users; the others work too. */
export const Paths = (of: string, fewest = 1) =>
  Type.Unsafe<string | string[]>({
    type: ['string', 'array'],
    pattern: placePattern,
    maxLength: 500,
    items: Place,
    minItems: fewest,
    maxItems: 20,
    description: `${of}: ${place}, or a list of them, of which the first is shown`,
  });

/** A list of paths. */
export const pathsIn = (given: string | readonly string[] | undefined): readonly string[] | undefined =>
  typeof given === 'string' ? [given] : given;
