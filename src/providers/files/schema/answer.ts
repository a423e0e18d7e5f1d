import { Type } from 'typebox';
import { headerNames } from '../../../input/answer.js';
import { described } from '../../../input/described.js';
import { words } from '../../../input/words.js';
import type { Static } from 'typebox';

const closed = { additionalProperties: false } as const;

const members = {
  status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599, description: 'Status of the answer' })),
  headers: Type.Optional(
    Type.Record(Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" }), Type.String({ maxLength: 4000 }), {
      maxProperties: 50,
      additionalProperties: false,
      ...headerNames,
      description:
        'Headers; their values are templates, of visible ASCII and blanks. A header without a value is not sent',
    }),
  ),
  as: Type.Optional(described('How the body is written. Default: json', words('json', 'form', 'text'))),
  body: Type.Optional(
    Type.Unknown({
      description:
        'The body, with templates in its texts. A text that is one {{ output }} alone keeps the type of its value; a ' +
        'member without a value is left out',
    }),
  ),
};

/** An answer as templates, with the cases in which it differs. */
export const AnswerSchema = Type.Object(
  {
    ...members,
    cases: Type.Optional(
      Type.Array(
        Type.Object(
          {
            when: Type.String({
              minLength: 1,
              maxLength: 1000,
              description: "a condition: grant_type == 'refresh_token' and scopes contains 'offline'",
            }),
            ...members,
          },
          closed,
        ),
        {
          maxItems: 50,
          description: 'Answers for cases. The first whose condition holds counts; what it leaves out is as beside it',
        },
      ),
    ),
  },
  closed,
);

export type AnswerDocument = Static<typeof AnswerSchema>;
