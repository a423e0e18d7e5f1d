import { Type } from 'typebox';
import { described } from '../../../input/described.js';
import { Path, Paths } from './path.js';

const closed = { additionalProperties: false } as const;

/** Where the provider is. What is left out is as in the provider that the file is like. */
export const EndpointsSchema = Type.Object(
  {
    authorize: Type.Optional(Paths('the authorization endpoint')),
    token: Type.Optional(Paths('the token endpoint')),
    refresh: Type.Optional(
      Paths(
        'where refresh tokens alone are exchanged; [] for the token endpoint. With a path here the token endpoint ' +
          'refuses a refresh, unless a path is in both lists; here a missing grant_type means refresh_token',
        0,
      ),
    ),
    revoke: Type.Optional(Paths('the revocation endpoint (RFC 7009); [] for none', 0)),
    introspect: Type.Optional(Paths('the introspection endpoint (RFC 7662); [] for none', 0)),
    userinfo: Type.Optional(
      Paths('the userinfo endpoint (OpenID Connect Core §5.3); [], the default beside other endpoints, for none', 0),
    ),
    metadata: Type.Optional(
      Paths('the metadata of the server (RFC 8414); [], the default beside other endpoints, for none', 0),
    ),
    jwks: Type.Optional(
      Paths('the keys that check its ID tokens (RFC 7517 §5); [], the default beside other endpoints, for none', 0),
    ),
    login: Type.Optional(
      described('The login page: a path that begins with /, without : and *. No client asks for it', Path),
    ),
    api: Type.Optional(Paths('the bases of the API')),
  },
  closed,
);

/** The variables of paths and hosts. */
export const VariablesSchema = Type.Record(
  Type.String({ pattern: '^[a-z][A-Za-z0-9_]{0,39}$' }),
  Type.Object(
    {
      example: Type.String({
        pattern: '^[A-Za-z0-9._~-]+$',
        maxLength: 100,
        description: 'The value in the URLs that are shown: letters, digits, and . _ ~ -',
      }),
      description: Type.Optional(Type.String({ maxLength: 1000, description: 'What it stands for' })),
    },
    closed,
  ),
  {
    maxProperties: 10,
    additionalProperties: false,
    propertyNames: { description: 'a name of 1 to 40 letters, digits and _, a lower-case letter first' },
    description: 'Variables of paths and hosts, by name',
  },
);
