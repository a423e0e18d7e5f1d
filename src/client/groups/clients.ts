import { checkOrder, checkWholeOrder } from '../arguments.js';
import { providerPath } from '../http.js';
import type { ClientInfo, ClientList, ClientSnippets } from '../../admin/schemas/clients.js';
import type { At } from '../documents.js';
import type { ClientDocument } from '../documents/scenario.js';
import type { AdminCall } from '../http.js';

/** The calls about applications that are registered with a provider. */
export const clientsOf = (call: AdminCall) => ({
  /** Lists the clients. */
  list: async (order: At): Promise<ClientInfo[]> => {
    checkWholeOrder('clients.list', order, ['provider']);
    return (await call<ClientList>('GET', providerPath(order.provider, 'clients'))).clients;
  },
  /** Reads a client. */
  get: async (order: At & { readonly id: string }): Promise<ClientInfo> => {
    checkWholeOrder('clients.get', order, ['provider', 'id']);
    return call('GET', providerPath(order.provider, 'clients', order.id));
  },
  /** Writes its settings as `.env`, and a client that uses them in several languages. */
  snippets: async (order: At & { readonly id: string }): Promise<ClientSnippets['snippets']> => {
    checkWholeOrder('clients.snippets', order, ['provider', 'id']);
    return (await call<ClientSnippets>('GET', providerPath(order.provider, 'clients', order.id, 'snippets'))).snippets;
  },
  /** Registers a client. */
  add: async (order: At & ClientDocument): Promise<ClientInfo> => {
    checkOrder('clients.add', order, ['provider']);
    const { provider, ...client } = order;
    return call('POST', providerPath(provider, 'clients'), client);
  },
  /** Changes parts of a client. */
  update: async (order: At & Partial<ClientDocument> & { readonly id: string }): Promise<ClientInfo> => {
    checkOrder('clients.update', order, ['provider', 'id']);
    const { provider, id, ...change } = order;
    return call('PATCH', providerPath(provider, 'clients', id), change);
  },
  /** Deletes a client: its waiting pages are refused, and its codes and tokens are revoked. */
  remove: async (order: At & { readonly id: string }): Promise<void> => {
    checkWholeOrder('clients.remove', order, ['provider', 'id']);
    await call('DELETE', providerPath(order.provider, 'clients', order.id));
  },
});
