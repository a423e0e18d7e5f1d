import { limits } from '../core/realm.js';
import { forgetClient } from '../core/revoke.js';
import { urlsOf } from '../http/urls.js';
import { checkScenario } from '../world/scenario/check-scenario.js';
import { clientFromDocument, clientToDocument } from '../world/scenario/client-document.js';
import { ClientSchema } from '../world/scenario/schema/scenario.js';
import { conflict, invalid, notFound } from './admin-error.js';
import { page } from './paging.js';
import { requireId } from './require-known.js';
import { NoContent, defineRoute } from './route.js';
import { ChangeClientBody, ClientSnippetsView, ClientView, ClientsView, ReplaceClientBody } from './schemas/clients.js';
import { PageQuery } from './schemas/list.js';
import { conventionsOf, setupOf } from './snippets/client-setup.js';
import type { Client } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { ClientDocument } from '../world/scenario/schema/scenario.js';
import type { ProviderRealm } from './route.js';

const path = '/providers/:provider/clients';
const tag = 'clients';

function findClient(realm: Realm, id: string): Client {
  const client = realm.clients.get(id);
  if (client !== undefined) return client;
  throw notFound('Unknown client', `There is no client ${JSON.stringify(id)} here.`, [...realm.clients.keys()]);
}

/** Registers a client, or replaces the one with the same id. */
function putClient({ provider, realm }: ProviderRealm, document: ClientDocument): Client {
  const mistakes = checkScenario(
    { providers: { [provider.name]: { clients: [document] } } },
    { providers: [provider], findingIds: [] },
  );
  if (mistakes.length > 0) {
    // `providers.mailup.clients.0.scopes.1` becomes `scopes.1`, the path in the body of the caller
    throw invalid(mistakes.map(({ path: at, message }) => ({ path: at.split('.').slice(4).join('.'), message })));
  }
  if (!realm.clients.has(document.id) && realm.clients.size >= limits.clients) {
    throw conflict('Too many clients', `There are ${limits.clients} clients here, which is the limit.`);
  }
  const client = clientFromDocument(document);
  realm.clients.set(client.id, client);
  return client;
}

/** Calls about the applications that are registered with a provider. */
export const clientRoutes = [
  defineRoute({
    method: 'GET',
    path,
    tag,
    summary: 'List the clients',
    query: PageQuery,
    answers: { 200: ClientsView },
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
    handle({ provider, body, reply }) {
      const found = provider();
      if (found.realm.clients.has(body.id)) {
        throw conflict('Client exists', `A client ${JSON.stringify(body.id)} already exists; PUT replaces it.`);
      }
      const client = putClient(found, body);
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
    handle: ({ provider, params }) => findClient(provider().realm, params.id),
  }),
  defineRoute({
    method: 'GET',
    path: `${path}/:id/snippets`,
    tag,
    summary: 'Write the settings of a client as `.env`, and a client that uses them in several languages',
    answers: { 200: ClientSnippetsView },
    async handle({ provider: found, params, world, serverUrl }) {
      const { provider, realm } = found();
      const client = findClient(realm, params.id);
      const { snippets } = await import('./snippets/snippets.js');
      const setup = setupOf(
        provider,
        urlsOf(provider, serverUrl, world.id),
        conventionsOf(provider, realm.policy),
        client,
      );
      return { snippets: snippets.map(({ name, title, write }) => ({ name, title, text: write(setup) })) };
    },
  }),
  defineRoute({
    method: 'PUT',
    path: `${path}/:id`,
    tag,
    summary: 'Register a client, or replace it',
    body: ReplaceClientBody,
    answers: { 200: ClientView, 201: ClientView },
    async handle({ provider, params: { id }, body, reply }) {
      const found = provider();
      await requireId(ClientSchema.properties.id, body.id, id);
      const isNew = !found.realm.clients.has(id);
      const client = putClient(found, { ...body, id });
      if (isNew) reply.code(201);
      return client;
    },
  }),
  defineRoute({
    method: 'PATCH',
    path: `${path}/:id`,
    tag,
    summary: 'Change parts of a client',
    body: ChangeClientBody,
    answers: { 200: ClientView },
    handle({ provider, params, body }) {
      const found = provider();
      const { confidential, ...before } = clientToDocument(findClient(found.realm, params.id));
      // a client without a secret is public; its first secret makes it confidential, unless the body says otherwise
      const kept = before.secret === undefined ? {} : { confidential };
      return putClient(found, { ...before, ...kept, ...body });
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: `${path}/:id`,
    tag,
    summary: 'Delete a client: its waiting pages are refused, and its codes and tokens are revoked',
    answers: { 204: NoContent },
    handle({ provider, params }) {
      const { realm } = provider();
      forgetClient(realm, findClient(realm, params.id).id);
      return null;
    },
  }),
];
