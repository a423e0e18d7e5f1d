import { Type } from 'typebox';
import { described } from '../../../input/described.js';
import { GrantTypeSchema } from '../../policy/schema.js';

const closed = { additionalProperties: false } as const;

/** The name of a parameter. */
export const parameterName = Type.String({ pattern: '^[\\x21-\\x7e]{1,100}$' });

/** What such names are, for messages. */
export const parameterNames = {
  propertyNames: { description: 'a name of 1 to 100 characters of visible ASCII, without blanks' },
};

const parameterRules = (description: string) =>
  Type.Record(
    parameterName,
    Type.Object(
      {
        required: Type.Optional(Type.Boolean({ description: 'Whether a request without it is refused' })),
        values: Type.Optional(
          Type.Array(Type.String({ maxLength: 500 }), { minItems: 1, maxItems: 100, description: 'Accepted values' }),
        ),
        default: Type.Optional(
          described(
            'Its value in a request without it; response_type and grant_type can have one, too',
            Type.String({ maxLength: 500 }),
          ),
        ),
      },
      closed,
    ),
    { maxProperties: 20, additionalProperties: false, ...parameterNames, description },
  );

/** How the requests of a provider are read. */
export const ParametersSchema = Type.Object(
  {
    names: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-z_]+$' }), parameterName, {
        maxProperties: 50,
        additionalProperties: false,
        propertyNames: { description: 'a name of RFC 6749, of a-z and _: client_id' },
        description: 'Names that it has for the parameters of RFC 6749 in requests: { client_id: client_key }',
      }),
    ),
    grantTypes: Type.Optional(
      Type.Record(Type.String({ pattern: '^[\\x21-\\x7e]{1,100}$' }), GrantTypeSchema, {
        minProperties: 1,
        maxProperties: 20,
        additionalProperties: false,
        ...parameterNames,
        description:
          'Its words for the grant types in requests: { web_server: authorization_code, refresh: refresh_token ' +
          '}. Other words are unknown then, also those of RFC 6749',
      }),
    ),
    authorize: Type.Optional(parameterRules('Its own parameters of an authorization request, by name')),
    token: Type.Optional(parameterRules('Those of a token request, except a refresh')),
    refresh: Type.Optional(parameterRules('Those of a refresh')),
  },
  { ...closed, description: 'How its requests are read' },
);
