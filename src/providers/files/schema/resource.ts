import { Type } from 'typebox';
import { described } from '../../../input/described.js';
import { words } from '../../../input/words.js';
import { AnswerSchema } from './answer.js';
import { Path } from './path.js';
import type { Static } from 'typebox';

/** One call of the API, all calls below a list, or all calls of another provider. */
export const ResourceSchema = Type.Object(
  {
    from: Type.Optional(
      described(
        'All calls of the API of a built-in provider. Nothing else is beside it',
        words('mailup', 'tinyemail', 'dottedsign'),
      ),
    ),
    method: Type.Optional(
      described('Method of the request. Default: GET', words('GET', 'POST', 'PUT', 'PATCH', 'DELETE')),
    ),
    path: Type.Optional(
      described(
        'The path below the base of the API, which begins with /. {name} is one segment: path.name in templates',
        Path,
      ),
    ),
    scopes: Type.Optional(
      Type.Array(Type.String({ maxLength: 200 }), { maxItems: 100, description: 'The access token needs one of them' }),
    ),
    authentication: Type.Optional(
      described(
        "An access token (bearer, the default), the client's id and secret by HTTP Basic (client), or nothing (none)",
        words('bearer', 'client', 'none'),
      ),
    ),
    revokes: Type.Optional(
      described(
        'What the call ends: its access token and the refresh token that was issued with it (token), or all tokens ' +
          'of their grant (grant). An answer with a status from 400 ends nothing. Default: nothing',
        words('token', 'grant'),
      ),
    ),
    list: Type.Optional(
      Type.Object(
        {
          key: Type.Optional(
            described('The member that names an item. Default: id', Type.String({ minLength: 1, maxLength: 100 })),
          ),
          items: Type.Optional(
            Type.Array(Type.Record(Type.String(), Type.Unknown()), {
              maxItems: 1000,
              description: 'The items at first',
            }),
          ),
          in: Type.Optional(
            described(
              'The member of the answer that has the items. Default: the answer is the list',
              Type.String({ maxLength: 100 }),
            ),
          ),
        },
        {
          additionalProperties: false,
          description:
            'A list that calls can change: GET and POST at the path, GET, PUT, PATCH and DELETE of one item below it',
        },
      ),
    ),
    ...AnswerSchema.properties,
  },
  { additionalProperties: false },
);

export type ResourceDocument = Static<typeof ResourceSchema>;
