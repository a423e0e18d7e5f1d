import { Type } from 'typebox';
import { described } from '../../../input/described.js';
import { words } from '../../../input/words.js';
import { PolicyChangeSchema, GrantTypeSchema } from '../../policy/schema.js';
import { AnswerSchema } from './answer.js';
import { EndpointsSchema, VariablesSchema } from './endpoints.js';
import { FactSchema } from './fact.js';
import { IdTokenSchema } from './id-token.js';
import { PagesSchema } from './pages.js';
import { hostPattern } from './path.js';
import { ParametersSchema, parameterName, parameterNames } from './parameters.js';
import { ResourceSchema } from './resource.js';
import { SecondTokenSchema } from './second-token.js';
import { SignatureSchema } from './signature.js';
import { TokenShapeSchema } from './token-shape.js';
import { UserSchema } from '../../user-document.js';
import type { Static } from 'typebox';

const closed = { additionalProperties: false } as const;

/** The pattern of the name of a provider. */
export const providerNamePattern = '^[a-z][a-z0-9-]{0,39}$';

const templates = (description: string) =>
  Type.Record(parameterName, Type.String({ maxLength: 4000 }), {
    maxProperties: 50,
    additionalProperties: false,
    ...parameterNames,
    description,
  });

const ErrorRowSchema = Type.Object(
  {
    status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599, description: 'Status of the answer' })),
    error: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'The error code' })),
    description: Type.Optional(Type.String({ maxLength: 1000, description: 'The text beside it, as a template' })),
    code: Type.Optional(Type.Integer({ description: 'A numeric error code, for templates' })),
    echoesState: Type.Optional(
      Type.Boolean({
        description: 'Whether a refusal of the token endpoint returns state, under the policy echoStateAtToken',
      }),
    ),
  },
  closed,
);

const ScopeSchema = Type.Unsafe<
  string | { words: string; grants?: Static<typeof GrantTypeSchema>[]; onlyIfNamed?: boolean }
>({
  type: ['string', 'object'],
  maxLength: 1000,
  required: ['words'],
  properties: {
    words: Type.String({ maxLength: 1000, description: 'What the consent page says' }),
    grants: Type.Array(GrantTypeSchema, { uniqueItems: true, description: 'Grant types that may ask for it' }),
    onlyIfNamed: Type.Boolean({ description: 'Granted only to requests that name it' }),
  },
  additionalProperties: false,
  description: 'What the consent page says about the scope; or an object that says more',
});

/** A provider as a document: what differs from the provider that it is like. */
export const ProviderSchema = Type.Object(
  {
    $schema: Type.Optional(described('The JSON Schema for editors. It is ignored', Type.String({ maxLength: 1000 }))),
    name: Type.Optional(
      Type.String({
        pattern: providerNamePattern,
        description: 'a name of a-z, 0-9 and -: the first segment of its paths. Default: the name of the file',
      }),
    ),
    title: Type.Optional(described('Its name for people', Type.String({ minLength: 1, maxLength: 100 }))),
    like: Type.Optional(
      described(
        'The provider that this one is like: standard (the default), mailup, tinyemail, dottedsign, or another file',
        Type.String({ pattern: providerNamePattern }),
      ),
    ),
    origin: Type.Optional(
      Type.String({
        pattern: '^https?://[^/?#\\s]+$',
        maxLength: 300,
        description: 'The real origin, without a path: https://…',
      }),
    ),
    hosts: Type.Optional(
      Type.Array(
        Type.String({
          pattern: hostPattern,
          maxLength: 200,
          description: 'a host name in lower case, without https://; {name} is a variable',
        }),
        {
          maxItems: 50,
          uniqueItems: true,
          description: 'The real hosts, in lower case. {name} is a variable',
        },
      ),
    ),
    endpoints: Type.Optional(described('Where it is', EndpointsSchema)),
    variables: Type.Optional(VariablesSchema),
    policy: Type.Optional(described('Its rules', PolicyChangeSchema)),
    parameters: Type.Optional(ParametersSchema),
    tokens: Type.Optional(
      Type.Object(
        {
          accessToken: Type.Optional(TokenShapeSchema),
          refreshToken: Type.Optional(TokenShapeSchema),
          code: Type.Optional(TokenShapeSchema),
        },
        { ...closed, description: 'How its tokens and codes look' },
      ),
    ),
    answers: Type.Optional(
      Type.Object(
        {
          token: Type.Optional(described('With tokens', AnswerSchema)),
          code: Type.Optional(described('With a code in its body (policy passwordAtAuthorize)', AnswerSchema)),
          revoke: Type.Optional(described('After a revocation', AnswerSchema)),
          introspect: Type.Optional(described('About a token', AnswerSchema)),
          userinfo: Type.Optional(described('About the user of a token, at the userinfo endpoint', AnswerSchema)),
          metadata: Type.Optional(described('With the metadata of the server', AnswerSchema)),
          callback: Type.Optional(templates('Parameters of the redirect back with a code, in their order')),
          idToken: Type.Optional(IdTokenSchema),
          secondToken: Type.Optional(SecondTokenSchema),
          sign: Type.Optional(SignatureSchema),
        },
        { ...closed, description: 'Its answers' },
      ),
    ),
    errors: Type.Optional(
      Type.Object(
        {
          token: Type.Optional(described('Refusals of the token endpoint', AnswerSchema)),
          revoke: Type.Optional(described('Refusals of the revocation endpoint. Default: as of token', AnswerSchema)),
          introspect: Type.Optional(
            described('Refusals of the introspection endpoint. Default: as of token', AnswerSchema),
          ),
          authorize: Type.Optional(
            described('Refusals at the authorization endpoint that are no redirect. Default: a page', AnswerSchema),
          ),
          api: Type.Optional(described('Refusals of the API', AnswerSchema)),
          callback: Type.Optional(templates('Parameters of a redirect back with an error, in their order')),
          reasons: Type.Optional(
            Type.Record(Type.String({ maxLength: 100 }), ErrorRowSchema, {
              maxProperties: 200,
              description: 'Status, code and text by reason: what differs from the error table',
            }),
          ),
        },
        { ...closed, description: 'Its refusals' },
      ),
    ),
    scopes: Type.Optional(
      Type.Record(Type.String({ pattern: '^[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,200}$' }), ScopeSchema, {
        maxProperties: 500,
        additionalProperties: false,
        propertyNames: {
          description: 'a scope of 1 to 200 characters of visible ASCII without " and \\ (RFC 6749 §3.3)',
        },
        description: 'Its scopes',
      }),
    ),
    resources: Type.Optional(Type.Array(ResourceSchema, { maxItems: 500, description: 'Calls of its API' })),
    users: Type.Optional(
      Type.Array(UserSchema, {
        maxItems: 1000,
        description:
          'Users beside those of the scenario default. One takes the place of those with its id or username, and of ' +
          'one whose id is its username',
      }),
    ),
    pages: Type.Optional(PagesSchema),
    conventions: Type.Optional(
      Type.Object(
        {
          credentials: described('Where its documents put id and secret of the client', words('basic', 'body')),
          apiPath: described(
            'A call that needs no parameters, below the base of the API',
            Type.String({ maxLength: 300 }),
          ),
          scope: Type.Optional(described('The scopes that a first client asks for', Type.String({ maxLength: 1000 }))),
        },
        { ...closed, description: 'What clients in its documents do, for examples and the playground' },
      ),
    ),
    facts: Type.Optional(
      Type.Array(FactSchema, { maxItems: 500, description: 'What is known of it, with source and confidence' }),
    ),
  },
  closed,
);

export type ProviderDocument = Static<typeof ProviderSchema>;
