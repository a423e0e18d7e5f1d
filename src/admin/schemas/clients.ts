import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { GrantTypeSchema } from '../../providers/policy/schema.js';
import { ClientSchema, PublicKeySchema } from '../../world/scenario/schema/scenario.js';
import { listOf } from './list.js';
import type { Static } from 'typebox';

/** Body of the call that replaces a client. The id is optional, because the URL has it. */
export const ReplaceClientBody = Type.Object(
  { ...ClientSchema.properties, id: Type.Optional(ClientSchema.properties.id) },
  { additionalProperties: false },
);

/** Body of the call that changes parts of a client. */
export const ChangeClientBody = Type.Partial(Type.Omit(ClientSchema, ['id']), { additionalProperties: false });

/** An application that is registered with a provider. */
export const ClientView = Type.Object({
  id: Type.String({ description: 'The client_id' }),
  secret: Type.String({ description: 'Empty for a public client' }),
  name: Type.String({ description: 'The name on the consent page' }),
  redirectUris: Type.Array(Type.String(), { description: 'The registered redirect URIs' }),
  grants: Type.Optional(Type.Array(GrantTypeSchema, { description: 'Absent: all grant types of the provider' })),
  scopes: Type.Optional(Type.Array(Type.String(), { description: 'Absent: all scopes of the provider' })),
  publicKey: Type.Optional(PublicKeySchema),
  confidential: Type.Boolean({ description: 'Whether the client must authenticate with its secret' }),
});
export type ClientInfo = Static<typeof ClientView>;

/** A page of clients. */
export const ClientsView = listOf({ clients: Type.Array(ClientView, { description: 'The clients of the provider' }) });
export type ClientList = Static<typeof ClientsView>;

/** What a client is set up with, in several forms. */
export const ClientSnippetsView = Type.Object({
  snippets: described(
    'The settings as `.env`, then one client for each language',
    Type.Array(
      Type.Object({
        name: Type.String({ description: '`env`, or the short name of a language' }),
        title: Type.String({ description: 'What a reader calls it: `.env`, `Node`' }),
        text: Type.String({ description: 'The content of a file. It contains the secret of the client' }),
      }),
    ),
  ),
});
export type ClientSnippets = Static<typeof ClientSnippetsView>;
