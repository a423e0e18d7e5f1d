import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { PolicySchema } from '../../providers/policy/schema.js';
import { listOf } from './list.js';
import { providerUrls } from './worlds.js';
import type { Static } from 'typebox';

/** A policy with every field. */
export const WholePolicy = Type.Required(PolicySchema, { additionalProperties: false });

const Relaxed = Type.Array(
  Type.Object({
    field: Type.String({ description: 'A field of the policy' }),
    value: Type.Unknown({ description: 'The value that it has' }),
    strict: Type.Unknown({ description: 'The value that the clause requires' }),
    clause: Type.String({ description: 'The section that it is compared with' }),
  }),
  { description: 'Fields in which the policy is less strict than the RFCs' },
);

const Quirk = Type.Object({
  id: Type.String({ description: 'Id of the fact' }),
  behaviour: Type.String({ description: 'What the provider does' }),
  field: Type.Optional(Type.String({ description: 'The policy field that controls it' })),
  value: Type.Optional(Type.Unknown({ description: 'The current value of that field' })),
  source: Type.String({ description: 'Where this is documented' }),
  confidence: Type.String({
    description:
      'How sure this is: SEEN(d) in documents, SEEN(c×n) with n clients, MEASURED, INFERRED, GUESS; also combined',
  }),
  evidence: Type.String({ description: 'Source and confidence as a sentence' }),
  measured: Type.Optional(Type.Array(Type.String(), { description: 'The recorded cases that show a measured fact' })),
});

const ErrorRow = Type.Object({
  reason: Type.String({ description: 'Why a request is refused' }),
  status: Type.Integer({ description: 'Status of the answer' }),
  error: Type.String({ description: 'The error code' }),
  description: Type.String({ description: 'The text beside the error code' }),
});

const Paths = Type.Object({
  authorize: Type.Array(Type.String(), { description: 'Authorization endpoint' }),
  token: Type.Array(Type.String(), { description: 'Token endpoint' }),
  refresh: Type.Array(Type.String(), {
    description: 'Where refresh tokens alone are exchanged; empty: at the token endpoint',
  }),
  revoke: Type.Array(Type.String(), { description: 'Revocation endpoint; empty: none' }),
  introspect: Type.Array(Type.String(), { description: 'Introspection endpoint; empty: none' }),
  tokenInfo: Type.Array(Type.String(), { description: 'Where a token describes itself; empty: none' }),
  userinfo: Type.Array(Type.String(), { description: 'Userinfo endpoint; empty: none' }),
  metadata: Type.Array(Type.String(), { description: 'Metadata of the server (RFC 8414); empty: none' }),
  jwks: Type.Array(Type.String(), { description: 'Keys that check its ID tokens (RFC 7517); empty: none' }),
  login: Type.String({ description: 'Where the login page is' }),
  api: Type.Array(Type.String(), { description: 'Beginnings of the paths of the API' }),
});

const summary = {
  name: Type.String({ description: 'Name of the provider, as in URLs' }),
  title: Type.String({ description: 'Its name as it writes it' }),
  origin: Type.String({ description: 'Origin of the real service' }),
  ...providerUrls,
  internal: Type.Optional(
    Type.Object(providerUrls, { description: 'The same URLs for containers. Absent: the server has no internal URL' }),
  ),
  hosts: Type.Array(Type.String(), {
    description: 'Host header values with which its paths need no prefix. {name} is a variable',
  }),
  policy: described('The policy that is in force', WholePolicy),
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
export const ProvidersView = listOf({ providers: Type.Array(ProviderSummaryView, { description: 'All providers' }) });

/** A policy after a change. */
export const PolicyView = Type.Object({
  policy: described('The policy after the change', WholePolicy),
  relaxed: Relaxed,
});
export type PolicyAnswer = Static<typeof PolicyView>;

/** A provider with its paths, policy, quirks and error table. */
export const ProviderView = Type.Object({
  ...summary,
  defaults: Type.Unsafe<Static<typeof WholePolicy>>({
    ...WholePolicy,
    description: 'The policy before a scenario or a call changed it',
  }),
  paths: described('Its own paths, by endpoint', Paths),
  scopes: Type.Record(Type.String(), Type.String(), { description: 'Text on the consent page, by scope' }),
  relaxed: Relaxed,
  quirks: Type.Array(Quirk, { description: 'Each documented behaviour, with its source' }),
  errors: Type.Array(ErrorRow, { description: 'The error table: the answer for each reason' }),
});
export type ProviderAnswer = Static<typeof ProviderView>;
