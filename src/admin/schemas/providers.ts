import { Type } from 'typebox';
import { words } from '../../input/words.js';
import { PolicySchema } from '../../world/scenario/schema/policy.js';
import { listOf } from './list.js';
import { providerUrls } from './worlds.js';
import type { Static } from 'typebox';

/** A policy with every field. */
export const WholePolicy = Type.Required(PolicySchema, { additionalProperties: false });

const Relaxed = Type.Array(
  Type.Object({
    field: Type.String({ description: 'A field of the policy' }),
    value: Type.Unknown(),
    strict: Type.Unknown({ description: 'The value that the clause requires' }),
    clause: Type.String(),
  }),
  { description: 'Fields in which the policy is less strict than the RFCs' },
);

const Quirk = Type.Object({
  id: Type.String(),
  behaviour: Type.String(),
  field: Type.Optional(Type.String({ description: 'The policy field that controls it' })),
  value: Type.Optional(Type.Unknown({ description: 'The current value of that field' })),
  source: Type.String(),
  confidence: Type.String(),
  measured: Type.Optional(Type.Array(Type.String(), { description: 'The recorded cases that show a measured fact' })),
});

const ErrorRow = Type.Object({
  reason: Type.String(),
  status: Type.Integer(),
  error: Type.String(),
  description: Type.String(),
});

const Paths = Type.Object({
  authorize: Type.Array(Type.String()),
  token: Type.Array(Type.String()),
  revoke: Type.Array(Type.String()),
  introspect: Type.Array(Type.String()),
  tokenInfo: Type.Array(Type.String()),
  login: Type.String(),
  api: Type.Array(Type.String()),
});

const summary = {
  name: Type.String(),
  title: Type.String(),
  origin: Type.String({ description: 'Origin of the real service' }),
  ...providerUrls,
  internal: Type.Optional(
    Type.Object(providerUrls, { description: 'The same URLs for containers. Absent: the server has no internal URL' }),
  ),
  policy: WholePolicy,
  conventions: Type.Object(
    {
      credentials: Type.Unsafe<'basic' | 'body'>({
        ...words('basic', 'body'),
        description: 'Where they send their id and secret: in the header Authorization, or in the body',
      }),
      apiPath: Type.String({ description: 'A call of the API that needs no parameters, below `apiUrl`' }),
      scope: Type.Optional(Type.String({ description: 'What a first client asks for. Absent: no scopes' })),
      statePlace: Type.Unsafe<'parameter' | 'redirect-uri' | 'nowhere'>({
        ...words('parameter', 'redirect-uri', 'nowhere'),
        description:
          'Where the state travels: `redirect-uri` is its query, at a provider that returns no state and does not ' +
          'compare that query',
      }),
    },
    { description: "What the clients in the provider's documents do where the protocol leaves a choice" },
  ),
};

/** A provider in a list. */
export const ProviderSummaryView = Type.Object(summary);
export type ProviderSummary = Static<typeof ProviderSummaryView>;

/** All providers. */
export const ProvidersView = listOf({ providers: Type.Array(ProviderSummaryView) });

/** A policy after a change. */
export const PolicyView = Type.Object({ policy: WholePolicy, relaxed: Relaxed });
export type PolicyAnswer = Static<typeof PolicyView>;

/** A provider with its paths, policy, quirks and error table. */
export const ProviderView = Type.Object({
  ...summary,
  defaults: Type.Unsafe<Static<typeof WholePolicy>>({
    ...WholePolicy,
    description: 'The policy before a scenario or a call changed it',
  }),
  hosts: Type.Array(Type.String(), { description: 'Host header values with which its paths need no prefix' }),
  paths: Paths,
  scopes: Type.Record(Type.String(), Type.String(), { description: 'Text on the consent page, by scope' }),
  relaxed: Relaxed,
  quirks: Type.Array(Quirk, { description: 'Each documented behaviour, with its source' }),
  errors: Type.Array(ErrorRow, { description: 'The error table: the answer for each reason' }),
});
export type ProviderAnswer = Static<typeof ProviderView>;
