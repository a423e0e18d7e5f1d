import { Type } from 'typebox';
import { described } from '../../../input/described.js';
import { words } from '../../../input/words.js';
import type { Static } from 'typebox';

/** The shapes of tokens and codes. */
export const tokenShapes = [
  'alphanumeric',
  'digits',
  'hex',
  'base64url',
  'base62-pairs',
  'uuid',
  'uuid-hex',
  'jwt',
  'characters',
] as const;

const visible = '^[\\x21-\\x7e]*$';

/** How a token or a code looks. */
export const TokenShapeSchema = Type.Object(
  {
    shape: described(
      'What the random part looks like: alphanumeric (0-9A-Za-z), digits, hex, base64url, base62-pairs (each random ' +
        'byte as two base-62 digits), uuid, uuid-hex (without hyphens), jwt (three base64url parts, which nobody ' +
        'signed), or characters of an alphabet',
      words(...tokenShapes),
    ),
    length: Type.Optional(
      Type.Integer({ minimum: 4, maximum: 4000, description: 'Length of the random part, in characters. Default: 43' }),
    ),
    alphabet: Type.Optional(
      Type.String({
        pattern: '^[\\x21-\\x7e]+$',
        minLength: 2,
        maxLength: 94,
        description: 'Visible characters of ASCII, from which the shape characters takes its own',
      }),
    ),
    prefix: Type.Optional(
      Type.String({
        pattern: visible,
        maxLength: 100,
        description: 'What it begins with: visible characters of ASCII',
      }),
    ),
    suffix: Type.Optional(
      Type.String({ pattern: visible, maxLength: 100, description: 'What it ends with: visible characters of ASCII' }),
    ),
  },
  { additionalProperties: false },
);

export type TokenShape = Static<typeof TokenShapeSchema>;
