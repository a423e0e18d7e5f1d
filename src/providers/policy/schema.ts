import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { grantTypes } from '../../core/model.js';
import { words } from '../../input/words.js';
import { lifetime } from './durations.js';
import { authorizeFields } from './fields-authorize.js';
import { bearerFields } from './fields-bearer.js';
import { introspectionFields } from './fields-introspection.js';
import { pkceFields } from './fields-pkce.js';
import { scopeFields } from './fields-scope.js';
import { refreshLifeFields, tokenFields } from './fields-tokens.js';
import { httpFields } from './fields-http.js';
import { clientFields } from './fields-clients.js';
import { readingFields } from './fields-reading.js';
import { limit } from './limit.js';
import { list } from './list.js';
import type { Static, TSchema } from 'typebox';

export { Duration } from './durations.js';

const closed = { additionalProperties: false } as const;
/** The grants that a policy or a client can list. */
export const GrantTypeSchema = words(...grantTypes);

/**
 * One of several objects, distinguished by one member. Mistakes are reported for the alternative that this member
 * selects.
 */
const oneOfBy = <const T extends TSchema[]>(member: string, alternatives: T, description: string) =>
  Type.Unsafe<Static<T[number]>>({
    type: 'object',
    description,
    required: [member],
    discriminator: { propertyName: member },
    oneOf: alternatives,
  });

/** How login and consent pages are answered. */
const InteractionSchema = oneOfBy(
  'mode',
  [
    Type.Object({ mode: Type.Literal('manual') }, closed),
    Type.Object(
      {
        mode: Type.Literal('auto'),
        user: Type.String({ minLength: 1, maxLength: 200, description: 'the id or the username of the user' }),
        decision: Type.Optional(described('what the user answers; default: allow', words('allow', 'deny'))),
      },
      closed,
    ),
  ],
  'How login and consent pages are answered: by a person (manual), or automatically for a user (auto)',
);

const ErrorRowSchema = Type.Object(
  {
    status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599, description: 'Status of the answer' })),
    error: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        pattern: '^[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]+$',
        description: 'visible ASCII characters except " and \\ (RFC 6749 §5.2)',
      }),
    ),
    description: Type.Optional(Type.String({ maxLength: 1000, description: 'The text beside the error code' })),
  },
  closed,
);

/**
 * The policy of a realm in scenario files and the admin API. All members are optional; omitted members keep their
 * value.
 */
export const PolicySchema = Type.Partial(
  Type.Object(
    {
      code: lifetime('an authorization code'),
      accessToken: lifetime('an access token'),
      refreshToken: lifetime('a refresh token'),
      ...refreshLifeFields,

      grants: Type.Array(GrantTypeSchema, {
        uniqueItems: true,
        description: 'Grant types that the token endpoint accepts',
      }),
      grantsPerClient: Type.Array(GrantTypeSchema, {
        uniqueItems: true,
        description:
          'Further grant types that the token endpoint knows. Only a client whose own grants name one may use it; ' +
          'others are refused as not authorized for it',
      }),
      implicitAtToken: described(
        'whether grant_type=implicit is refused as an unsupported grant type (RFC 6749 §5.2), or as an invalid grant',
        words('unsupported-grant-type', 'invalid-grant'),
      ),
      interaction: InteractionSchema,

      ...authorizeFields,
      ...scopeFields,
      ...pkceFields,

      tokenMethods: described(
        'the HTTP methods that the token endpoint accepts',
        list(words('GET', 'POST'), { minItems: 1 }),
      ),
      tokenMethodChecked: described(
        'whether the token endpoint refuses another method first, or after client authentication',
        words('first', 'after-the-client'),
      ),
      allowAtToken: described(
        'the header Allow with such a refusal: the accepted methods (RFC 9110 §15.5.6); or GET, POST, and none if ' +
          'the method was GET or HEAD',
        words('the-methods', 'not-for-get'),
      ),
      tokenParametersIn: described(
        'where the token endpoint looks for parameters',
        list(words('body', 'query'), { minItems: 1 }),
      ),
      ...readingFields,
      tokenChecksFirst: described(
        'what a token request is checked for first: the client; missing parameters; or missing parameters and what ' +
          'they stand for: the refresh token, the user with the password, the code_verifier of a code with a challenge',
        words('client', 'parameters', 'parameters-and-grant'),
      ),
      ...clientFields,
      echoStateAtToken: described(
        'whether the token endpoint returns the parameter state with the errors for which the provider does so',
        Type.Boolean(),
      ),
      redirectUriAtToken: described(
        'whether redirect_uri must be sent again with the code',
        words('required', 'required-if-sent-before', 'optional'),
      ),
      redirectUriAtTokenMatching: described(
        'how that redirect_uri is compared with the one of the authorization request',
        words('exact', 'ignore-query', 'normalized'),
      ),
      passwordGrantUsername: described(
        'the name of the username parameter in the password grant',
        words('username', 'email'),
      ),
      passwordGrantProvider: described(
        'whether the password grant ignores the parameter provider, or refuses it: no such login provider is set up',
        words('ignored', 'refused'),
      ),
      usernameMatching: described(
        'whether a username must be sent exactly, or in any letter case and with white space around it, at the login ' +
          'page too',
        words('exact', 'trimmed-any-case'),
      ),

      ...tokenFields,
      ...introspectionFields,
      ...bearerFields,
      accessTokenExpiryChecked: described('whether the API refuses an access token that has expired', Type.Boolean()),
      accessTokenRevocationChecked: described(
        'whether the API refuses an access token that was revoked',
        Type.Boolean(),
      ),
      accessTokenScopeChecked: described(
        'whether the API refuses an access token without the scope that a call needs',
        Type.Boolean(),
      ),
      callsPerSecond: limit(1_000_000, 'maximum API calls per second with one access token'),
      cors: described('whether CORS headers allow scripts of any origin to read answers', Type.Boolean()),
      pathLetterCase: described(
        'whether paths are compared with or without regard to letter case',
        words('exact', 'ignored'),
      ),
      ...httpFields,

      errors: Type.Record(Type.String({ maxLength: 100 }), ErrorRowSchema, {
        maxProperties: 200,
        description: 'Rows of the error table to override, by reason',
      }),
    },
    closed,
  ),
  closed,
);

/** A policy as a document, with every field. */
export type WholePolicyDocument = Required<Static<typeof PolicySchema>>;

/** A change of a policy in scenario files and the admin API. */
export const PolicyChangeSchema = Type.Object(
  {
    preset: Type.Optional(
      described(
        'sets every field to what the RFCs ask, except for lifetimes, limits, refreshTokenIssuedIf, interaction and ' +
          'errors; of the grants, password is removed. Fields beside it are set after it',
        words('rfc'),
      ),
    ),
    ...PolicySchema.properties,
  },
  closed,
);

export type PolicyDocument = Static<typeof PolicyChangeSchema>;
