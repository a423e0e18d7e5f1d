import { checkTexts, checkOnlyTexts } from '../arguments.js';
import { providerPath } from '../http.js';
import type { ClientInfo, ClientList, ClientSnippets } from '../../admin/schemas/clients.js';
import type { At } from '../documents.js';
import type { ClientDocument } from '../documents/scenario.js';
import type { AdminCall } from '../http.js';

/** The calls about applications that are registered with a provider. */
export const clientsOf = (call: AdminCall) => ({
  /** Lists the clients. */
  list: async (options: At): Promise<ClientInfo[]> => {
    checkOnlyTexts('clients.list', options, ['provider']);
    return (await call<ClientList>('GET', providerPath(options.provider, 'clients'))).clients;
  },
  /** Reads a client. */
  get: async (options: At & { readonly id: string }): Promise<ClientInfo> => {
    checkOnlyTexts('clients.get', options, ['provider', 'id']);
    return call('GET', providerPath(options.provider, 'clients', options.id));
  },
  /** Writes its settings as `.env`, and a client that uses them in several languages. */
  snippets: async (options: At & { readonly id: string }): Promise<ClientSnippets['snippets']> => {
    checkOnlyTexts('clients.snippets', options, ['provider', 'id']);
    return (await call<ClientSnippets>('GET', providerPath(options.provider, 'clients', options.id, 'snippets')))
      .snippets;
  },
  /** Registers a client. */
  add: async (options: At & ClientDocument): Promise<ClientInfo> => {
    checkTexts('clients.add', options, ['provider']);
    const { provider, ...client } = options;
    return call('POST', providerPath(provider, 'clients'), client);
  },
  /** Changes parts of a client. */
  update: async (options: At & Partial<ClientDocument> & { readonly id: string }): Promise<ClientInfo> => {
    checkTexts('clients.update', options, ['provider', 'id']);
    const { provider, id, ...change } = options;
    return call('PATCH', providerPath(provider, 'clients', id), change);
  },
  /** Deletes a client: its waiting pages are refused, and its codes and tokens are revoked. */
  remove: async (options: At & { readonly id: string }): Promise<void> => {
    checkOnlyTexts('clients.remove', options, ['provider', 'id']);
    await call('DELETE', providerPath(options.provider, 'clients', options.id));
  },
});
