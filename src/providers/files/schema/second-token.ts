import { Type } from 'typebox';
import { described } from '../../../input/described.js';
import { TokenShapeSchema } from './token-shape.js';
import type { Static } from 'typebox';

const condition = (description: string) => Type.String({ minLength: 1, maxLength: 1000, description });

/** A second access token in one answer. */
export const SecondTokenSchema = Type.Object(
  {
    when: Type.Optional(condition('A condition, as in an answer. Default: each answer but that of a refresh has one')),
    alone: Type.Optional(
      condition('A condition under which there is no first access token: this one takes its place. Default: never'),
    ),
    scopes: Type.Optional(
      described(
        'Its scopes, as a template: with blanks or commas between them. Default: those of the first',
        Type.String({ maxLength: 4000 }),
      ),
    ),
    shape: Type.Optional(described('How it looks. Default: as tokens.accessToken', TokenShapeSchema)),
  },
  {
    additionalProperties: false,
    description:
      'A second access token in one answer, with scopes and a refresh token of its own: the variable second of ' +
      'answers.token. The policy says how long it lives, and whether it has a refresh token. What is left out is as ' +
      'in the provider that the file is like',
  },
);

export type SecondTokenDocument = Static<typeof SecondTokenSchema>;
