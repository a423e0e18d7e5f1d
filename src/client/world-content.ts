import { adminCall, providerPath, queryString } from './http.js';
import type { Decided, PageInfo, PageList } from '../admin/schemas/authorizations.js';
import type { ClientInfo, ClientList, ClientSnippets } from '../admin/schemas/clients.js';
import type { CodeInfo, CodeList } from '../admin/schemas/codes.js';
import type { PolicyAnswer } from '../admin/schemas/providers.js';
import type { ExpiredCount, MintedTokens, RevokedCount, TokenInfo, TokenList } from '../admin/schemas/tokens.js';
import type { UserInfo, UserList } from '../admin/schemas/users.js';
import type { Approve, At, CodeSelection, NewCode, NewTokens, ProviderInfo, TokenSelection } from './documents.js';
import type { PolicyDocument } from './documents/policy.js';
import type { ClientDocument, UserDocument } from './documents/scenario.js';
import type { AdminCall } from './http.js';

/** What a world contains: providers, clients, users, tokens, codes and pages. Every method is one call. */
export class WorldContent {
  readonly id: string;
  /** Base URL of the providers of this world. */
  readonly baseUrl: string;
  readonly #call: AdminCall;

  constructor(serverUrl: string, id: string, token: string | undefined) {
    this.id = id;
    this.baseUrl = id === 'default' ? serverUrl : `${serverUrl}/w/${id}`;
    this.#call = adminCall(`${this.baseUrl}/__admin`, token);
  }

  /** Providers and their policies in this world. */
  readonly providers = {
    /** Reads paths, policy, error table and quirks. */
    describe: (provider: At['provider']): Promise<ProviderInfo> => this.#call('GET', providerPath(provider)),
    /** Changes a realm's policy. Omitted fields are unchanged. */
    policy: ({ provider, ...change }: At & PolicyDocument): Promise<PolicyAnswer> =>
      this.#call('PATCH', providerPath(provider, 'policy'), change),
  };

  /** Applications that are registered with a provider. */
  readonly clients = {
    /** Lists the clients. */
    list: async ({ provider }: At): Promise<ClientInfo[]> =>
      (await this.#call<ClientList>('GET', providerPath(provider, 'clients'))).clients,
    /** Reads a client. */
    get: ({ provider, id }: At & { readonly id: string }): Promise<ClientInfo> =>
      this.#call('GET', providerPath(provider, 'clients', id)),
    /** Writes its settings as `.env`, and a client that uses them in several languages. */
    snippets: async ({ provider, id }: At & { readonly id: string }): Promise<ClientSnippets['snippets']> =>
      (await this.#call<ClientSnippets>('GET', providerPath(provider, 'clients', id, 'snippets'))).snippets,
    /** Registers a client. */
    add: ({ provider, ...client }: At & ClientDocument): Promise<ClientInfo> =>
      this.#call('POST', providerPath(provider, 'clients'), client),
    /** Changes parts of a client. */
    update: ({
      provider,
      id,
      ...change
    }: At & Partial<ClientDocument> & { readonly id: string }): Promise<ClientInfo> =>
      this.#call('PATCH', providerPath(provider, 'clients', id), change),
    /** Deletes a client: its waiting pages are refused, and its codes and tokens are revoked. */
    remove: async ({ provider, id }: At & { readonly id: string }): Promise<void> => {
      await this.#call('DELETE', providerPath(provider, 'clients', id));
    },
  };

  /** Users who can log in. */
  readonly users = {
    /** Lists the users. */
    list: async ({ provider }: At): Promise<UserInfo[]> =>
      (await this.#call<UserList>('GET', providerPath(provider, 'users'))).users,
    /** Reads a user. */
    get: ({ provider, id }: At & { readonly id: string }): Promise<UserInfo> =>
      this.#call('GET', providerPath(provider, 'users', id)),
    /** Adds a user. */
    add: ({ provider, ...user }: At & UserDocument): Promise<UserInfo> =>
      this.#call('POST', providerPath(provider, 'users'), user),
    /** Changes parts of a user. */
    update: ({ provider, id, ...change }: At & UserDocument & { readonly id: string }): Promise<UserInfo> =>
      this.#call('PATCH', providerPath(provider, 'users', id), change),
    /** Deletes a user: their codes and tokens are revoked. */
    remove: async ({ provider, id }: At & { readonly id: string }): Promise<void> => {
      await this.#call('DELETE', providerPath(provider, 'users', id));
    },
  };

  /** Access and refresh tokens. */
  readonly tokens = {
    /** Mints a pair of tokens without a browser. */
    mint: ({ provider, ...options }: NewTokens): Promise<MintedTokens> =>
      this.#call('POST', providerPath(provider, 'tokens'), options),
    /** Lists tokens: all, or those that match. */
    list: async ({ provider, ...selection }: At & TokenSelection): Promise<TokenInfo[]> =>
      (await this.#call<TokenList>('GET', providerPath(provider, 'tokens') + queryString(selection))).tokens,
    /** Reads a token. */
    get: ({ provider, token }: At & { readonly token: string }): Promise<TokenInfo> =>
      this.#call('GET', providerPath(provider, 'tokens', token)),
    /** Expires tokens now: all, or those that match. Returns their number. */
    expire: async ({ provider, ...selection }: At & TokenSelection): Promise<number> =>
      (await this.#call<ExpiredCount>('POST', providerPath(provider, 'tokens', 'expire'), selection)).expired,
    /** Revokes tokens: all, or those that match. Returns their number. */
    revoke: async ({ provider, ...selection }: At & TokenSelection): Promise<number> =>
      (await this.#call<RevokedCount>('POST', providerPath(provider, 'tokens', 'revoke'), selection)).revoked,
  };

  /** Authorization codes. */
  readonly codes = {
    /** Mints an authorization code without a browser. */
    mint: ({ provider, ...options }: NewCode): Promise<CodeInfo> =>
      this.#call('POST', providerPath(provider, 'codes'), options),
    /** Lists authorization codes: all, or those that match. */
    list: async ({ provider, ...selection }: At & CodeSelection): Promise<CodeInfo[]> =>
      (await this.#call<CodeList>('GET', providerPath(provider, 'codes') + queryString(selection))).codes,
    /** Expires authorization codes now: all, or those that match. Returns their number. */
    expire: async ({ provider, ...selection }: At & CodeSelection): Promise<number> =>
      (await this.#call<ExpiredCount>('POST', providerPath(provider, 'codes', 'expire'), selection)).expired,
  };

  /** Login and consent pages that wait for a person. */
  readonly authorizations = {
    /** Lists the pages that wait, and those that were answered or expired recently. */
    list: async ({ provider, status }: At & { readonly status?: PageInfo['status'] }): Promise<PageInfo[]> =>
      (await this.#call<PageList>('GET', providerPath(provider, 'authorizations') + queryString({ status })))
        .authorizations,
    /** Logs in and allows in place of a person. */
    approve: ({ provider, id, ...decision }: Approve): Promise<Decided> =>
      this.#call('POST', providerPath(provider, 'authorizations', id, 'approve'), decision),
    /** Denies in place of a person. */
    deny: ({ provider, id }: At & { readonly id: string }): Promise<Decided> =>
      this.#call('POST', providerPath(provider, 'authorizations', id, 'deny')),
  };
}
