import { Type } from 'typebox';
import { limits } from '../core/realm.js';
import { forgetClient } from '../core/revoke.js';
import { checkMeaning } from '../world/scenario/check-scenario.js';
import { clientFromDocument, clientToDocument } from '../world/scenario/client-document.js';
import { ClientSchema } from '../world/scenario/schema/scenario.js';
import { AdminError, Empty, Paging, defineRoute, invalid, listOf, page } from './route.js';
import { ClientView } from './views.js';
import type { Client } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { Provider } from '../providers/provider.js';
import type { ClientDocument } from '../world/scenario/schema/scenario.js';

const path = '/providers/:provider/clients';
const tag = 'clients';
const Change = Type.Partial(Type.Omit(ClientSchema, ['id']), { additionalProperties: false });

function find(realm: Realm, id: string): Client {
  const client = realm.clients.get(id);
  if (client === undefined) {
    throw new AdminError(404, 'Unknown client', `There is no client ${JSON.stringify(id)} here.`, undefined, {
      known: [...realm.clients.keys()],
    });
  }
  return client;
}

function put(provider: Provider, realm: Realm, document: ClientDocument): Client {
  const mistakes = checkMeaning({ providers: { [provider.name]: { clients: [document] } } }, [provider]);
  // `providers.mailup.clients.0.scopes.1`: the caller sent the client alone
  if (mistakes.length > 0) {
    throw invalid(mistakes.map(({ path: at, message }) => ({ path: at.split('.').slice(4).join('.'), message })));
  }
  if (!realm.clients.has(document.id) && realm.clients.size >= limits.clients) {
    throw new AdminError(
      409,
      'Too many clients',
      `There are ${limits.clients} clients here already, which is the limit.`,
    );
  }
  const client = clientFromDocument(document);
  realm.clients.set(client.id, client);
  return client;
}

/** Applications that are registered with a provider. */
export const clientRoutes = [
  defineRoute({
    method: 'GET',
    path,
    tag,
    summary: 'List the clients',
    query: Type.Object(Paging, { additionalProperties: false }),
    answers: { 200: listOf('clients', ClientView) },
    handle({ provider, query }) {
      const { items, total } = page([...provider().realm.clients.values()], query);
      return { clients: items, total };
    },
  }),
  defineRoute({
    method: 'POST',
    path,
    tag,
    summary: 'Register a client',
    body: ClientSchema,
    answers: { 201: ClientView },
    handle({ provider: where, body, reply }) {
      const { provider, realm } = where();
      if (realm.clients.has(body.id)) {
        throw new AdminError(
          409,
          'Client exists',
          `There is a client ${JSON.stringify(body.id)} already; PUT replaces it.`,
        );
      }
      const client = put(provider, realm, body);
      reply.code(201);
      return client;
    },
  }),
  defineRoute({
    method: 'GET',
    path: `${path}/:id`,
    tag,
    summary: 'Read a client',
    answers: { 200: ClientView },
    handle: ({ provider, params }) => find(provider().realm, params.id),
  }),
  defineRoute({
    method: 'PUT',
    path: `${path}/:id`,
    tag,
    summary: 'Register a client, or replace it',
    body: Type.Object(
      { ...ClientSchema.properties, id: Type.Optional(ClientSchema.properties.id) },
      { additionalProperties: false },
    ),
    answers: { 200: ClientView, 201: ClientView },
    handle({ provider: where, params, body, reply }) {
      const { provider, realm } = where();
      const id = params.id;
      if (body.id !== undefined && body.id !== id) {
        throw invalid([{ path: 'id', message: `differs from the URL's ${JSON.stringify(id)}` }]);
      }
      const isNew = !realm.clients.has(id);
      const client = put(provider, realm, { ...body, id });
      if (isNew) reply.code(201);
      return client;
    },
  }),
  defineRoute({
    method: 'PATCH',
    path: `${path}/:id`,
    tag,
    summary: 'Change parts of a client',
    body: Change,
    answers: { 200: ClientView },
    handle({ provider: where, params, body }) {
      const { provider, realm } = where();
      const { confidential, ...before } = clientToDocument(find(realm, params.id));
      // without a secret it was public; given one, it is to show it
      const kept = before.secret === undefined ? {} : { confidential };
      return put(provider, realm, { ...before, ...kept, ...body });
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: `${path}/:id`,
    tag,
    summary: 'Forget a client: its pages are refused, and its codes and tokens are revoked',
    answers: { 204: Empty },
    handle({ provider, params }) {
      const { realm } = provider();
      forgetClient(realm, find(realm, params.id).id);
    },
  }),
];
