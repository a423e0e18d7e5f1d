import { authorize } from './authorize.js';
import { caller, query, segment } from './http.js';
import type { AuthorizeOptions, AuthorizeResult } from './authorize.js';
import type { Call } from './http.js';
import type { EntryView } from '../world/entry-view.js';
import type { Expectation, Match, Verdict } from '../world/match.js';
import type { ClientDocument, ClockDocument, Scenario, UserDocument } from '../world/schema/scenario.js';
import type { PolicyDocument } from '../world/schema/policy.js';
import type { Snapshot } from '../world/snapshot.js';

/** Every call about a provider's things names the provider: `mailup`, `tinyemail`, `dottedsign`. */
export interface At {
  readonly provider: string;
}

/** What a client of a provider is configured with. */
export interface ProviderUrls {
  readonly baseUrl: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly apiUrl: string;
}

export interface ClockState {
  readonly now: string;
  readonly frozen: boolean;
  readonly rate: number;
  readonly skewSeconds: number;
  readonly dateHeader: 'real' | 'virtual';
}

export interface WorldInfo {
  readonly id: string;
  readonly scenario: string | null;
  readonly seed: string | null;
  readonly baseUrl: string;
  readonly adminUrl: string;
  readonly providers: Readonly<Record<string, ProviderUrls>>;
  readonly clock: ClockState;
}

export interface Expired extends At {
  readonly kind: 'code' | 'access' | 'refresh';
  readonly value: string;
  readonly clientId: string;
  readonly userId: string | null;
  readonly expiresAt: string;
}

export interface MintedTokens {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly tokenType: string;
  readonly expiresAt: string | null;
  readonly expiresIn: number | null;
  readonly scopes: readonly string[];
  readonly clientId: string;
  readonly userId: string | null;
}

export interface TokenInfo {
  readonly kind: 'access' | 'refresh';
  readonly token: string;
  readonly status: 'live' | 'expired' | 'revoked' | 'replaced';
  readonly clientId: string;
  readonly userId: string | null;
  readonly scopes: readonly string[];
  readonly grantId: string;
  readonly issuedAt: string;
  readonly expiresAt: string | null;
  readonly partner: string | null;
  readonly firstUsedAt?: string;
  readonly revokedAt?: string;
  readonly because?: string;
  readonly replacedBy?: string;
}

export interface CodeInfo {
  readonly code: string;
  readonly status: 'live' | 'spent' | 'expired' | 'revoked';
  readonly clientId: string;
  readonly userId: string | null;
  readonly scopes: readonly string[];
  readonly grantId: string;
  readonly redirectUri: string;
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly spentAt?: string;
}

export interface PageInfo {
  readonly id: string;
  readonly status: 'waiting' | 'answered' | 'expired';
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly state: string | null;
}

/** Which tokens are meant; what is left out does not matter. */
export interface TokenSelection {
  readonly clientId?: string;
  /** By id or username. */
  readonly userId?: string;
  readonly kind?: 'access' | 'refresh';
  readonly token?: string;
}

/** Which entries are meant: later than an entry's id, or than a point in virtual time. */
export type EntryFilter = Omit<Match, 'query' | 'form' | 'headers'> & { readonly since?: string | number; readonly limit?: number; readonly offset?: number };

export type ClientInfo = Required<Omit<ClientDocument, 'scopes'>> & Pick<ClientDocument, 'scopes'>;
export type UserInfo = Required<UserDocument>;
export interface PolicyAnswer {
  readonly policy: Required<PolicyDocument>;
  /** Where the realm is laxer than the RFCs, with the clause. */
  readonly relaxed: readonly { readonly field: string; readonly value: unknown; readonly strict: unknown; readonly clause: string }[];
}

/** A world of a running server: every verb is one call of its admin API. */
export class World {
  readonly id: string;
  /** Below this URL the providers of this world are served. */
  readonly baseUrl: string;
  readonly #call: Call;
  readonly #server: Call;

  constructor(serverUrl: string, id: string, token: string | undefined) {
    this.id = id;
    this.baseUrl = id === 'default' ? serverUrl : `${serverUrl}/w/${id}`;
    this.#call = caller(`${this.baseUrl}/__admin`, token);
    this.#server = caller(`${serverUrl}/__admin`, token);
  }

  /** The URLs to configure clients with, and the clock. */
  info(): Promise<WorldInfo> {
    return this.#server('GET', `/worlds/${segment(this.id)}`);
  }

  /** Forgets everything and starts again from the world's scenario. */
  reset(): Promise<WorldInfo> {
    return this.#call('POST', '/reset');
  }

  /** Plays a scenario, by name or whole: the world starts again from it. */
  play(scenario: string | Scenario): Promise<WorldInfo> {
    return this.#call('PUT', '/scenario', typeof scenario === 'string' ? { name: scenario } : scenario);
  }

  /** Drops the world. The world `default` cannot be dropped. */
  async drop(): Promise<void> {
    await this.#server('DELETE', `/worlds/${segment(this.id)}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (this.id === 'default' ? this.reset() : this.drop());
  }

  /** Virtual time. */
  readonly clock = {
    get: (): Promise<ClockState> => this.#call('GET', '/clock'),
    /** Changes parts of the clock. */
    set: (change: ClockDocument): Promise<ClockState> => this.#call('PATCH', '/clock', change),
    freeze: (now?: string): Promise<ClockState> => this.#call('PATCH', '/clock', { frozen: true, ...(now === undefined ? {} : { now }) }),
    /** Lets time pass: `'61m'`, or to a point in time, or to `'next-expiry'`. Says what expired. */
    advance: (by: string | { readonly to: string }): Promise<ClockState & { readonly expired: readonly Expired[]; readonly total: number }> =>
      this.#call('POST', '/clock/advance', typeof by === 'string' ? { by } : by),
  };

  readonly providers = {
    describe: (provider: string): Promise<ProviderUrls & PolicyAnswer & { readonly name: string; readonly quirks: readonly object[] }> => this.#call('GET', `/providers/${segment(provider)}`),
    /** Changes a realm's rules; what is left out stays. */
    policy: ({ provider, ...change }: At & PolicyDocument): Promise<PolicyAnswer> => this.#call('PATCH', `/providers/${segment(provider)}/policy`, change),
  };

  readonly clients = {
    list: async ({ provider }: At): Promise<ClientInfo[]> => (await this.#call<{ clients: ClientInfo[] }>('GET', `/providers/${segment(provider)}/clients`)).clients,
    get: ({ provider, id }: At & { readonly id: string }): Promise<ClientInfo> => this.#call('GET', `/providers/${segment(provider)}/clients/${segment(id)}`),
    add: ({ provider, ...client }: At & ClientDocument): Promise<ClientInfo> => this.#call('POST', `/providers/${segment(provider)}/clients`, client),
    update: ({ provider, id, ...change }: At & Partial<ClientDocument> & { readonly id: string }): Promise<ClientInfo> => this.#call('PATCH', `/providers/${segment(provider)}/clients/${segment(id)}`, change),
    remove: async ({ provider, id }: At & { readonly id: string }): Promise<void> => { await this.#call('DELETE', `/providers/${segment(provider)}/clients/${segment(id)}`); },
  };

  readonly users = {
    list: async ({ provider }: At): Promise<UserInfo[]> => (await this.#call<{ users: UserInfo[] }>('GET', `/providers/${segment(provider)}/users`)).users,
    get: ({ provider, id }: At & { readonly id: string }): Promise<UserInfo> => this.#call('GET', `/providers/${segment(provider)}/users/${segment(id)}`),
    add: ({ provider, ...user }: At & UserDocument): Promise<UserInfo> => this.#call('POST', `/providers/${segment(provider)}/users`, user),
    update: ({ provider, id, ...change }: At & UserDocument & { readonly id: string }): Promise<UserInfo> => this.#call('PATCH', `/providers/${segment(provider)}/users/${segment(id)}`, change),
    remove: async ({ provider, id }: At & { readonly id: string }): Promise<void> => { await this.#call('DELETE', `/providers/${segment(provider)}/users/${segment(id)}`); },
  };

  readonly tokens = {
    /** A pair without a browser. */
    mint: ({ provider, ...options }: At & { readonly clientId: string; readonly userId?: string; readonly scopes?: readonly string[]; readonly expiresIn?: string | number }): Promise<MintedTokens> =>
      this.#call('POST', `/providers/${segment(provider)}/tokens`, options),
    list: async ({ provider, ...selection }: At & TokenSelection): Promise<TokenInfo[]> => (await this.#call<{ tokens: TokenInfo[] }>('GET', `/providers/${segment(provider)}/tokens${query(selection)}`)).tokens,
    get: ({ provider, token }: At & { readonly token: string }): Promise<TokenInfo> => this.#call('GET', `/providers/${segment(provider)}/tokens/${segment(token)}`),
    expire: async ({ provider, ...selection }: At & TokenSelection): Promise<number> => (await this.#call<{ expired: number }>('POST', `/providers/${segment(provider)}/tokens/expire`, selection)).expired,
    revoke: async ({ provider, ...selection }: At & TokenSelection): Promise<number> => (await this.#call<{ revoked: number }>('POST', `/providers/${segment(provider)}/tokens/revoke`, selection)).revoked,
  };

  readonly codes = {
    mint: ({ provider, ...options }: At & { readonly clientId: string; readonly userId: string; readonly redirectUri?: string; readonly scopes?: readonly string[]; readonly expiresIn?: string; readonly codeChallenge?: string; readonly codeChallengeMethod?: 'S256' | 'plain' }): Promise<CodeInfo> =>
      this.#call('POST', `/providers/${segment(provider)}/codes`, options),
    list: async ({ provider, ...selection }: At & { readonly clientId?: string; readonly userId?: string; readonly code?: string }): Promise<CodeInfo[]> =>
      (await this.#call<{ codes: CodeInfo[] }>('GET', `/providers/${segment(provider)}/codes${query(selection)}`)).codes,
    expire: async ({ provider, ...selection }: At & { readonly clientId?: string; readonly userId?: string; readonly code?: string }): Promise<number> =>
      (await this.#call<{ expired: number }>('POST', `/providers/${segment(provider)}/codes/expire`, selection)).expired,
  };

  /** Pages that wait for a person. */
  readonly authorizations = {
    list: async ({ provider, status }: At & { readonly status?: PageInfo['status'] }): Promise<PageInfo[]> => (await this.#call<{ authorizations: PageInfo[] }>('GET', `/providers/${segment(provider)}/authorizations${query({ status })}`)).authorizations,
    approve: ({ provider, id, ...decision }: At & { readonly id: string; readonly user: string; readonly scopes?: readonly string[] }): Promise<{ readonly redirectTo: string }> =>
      this.#call('POST', `/providers/${segment(provider)}/authorizations/${segment(id)}/approve`, decision),
    deny: ({ provider, id }: At & { readonly id: string }): Promise<{ readonly redirectTo: string }> => this.#call('POST', `/providers/${segment(provider)}/authorizations/${segment(id)}/deny`),
  };

  /** What the client did. */
  readonly journal = {
    list: async (filter: EntryFilter = {}): Promise<EntryView[]> => (await this.#call<{ entries: EntryView[] }>('GET', `/journal${query(filter)}`)).entries,
    get: (id: number): Promise<EntryView> => this.#call('GET', `/journal/${id}`),
    clear: async (): Promise<void> => { await this.#call('DELETE', '/journal'); },
    /** The first entry that matches, now or within the time. */
    wait: (filter: Omit<EntryFilter, 'limit' | 'offset'>, timeout?: string): Promise<EntryView> => this.#call('GET', `/journal/wait${query({ ...filter, timeout })}`),
  };

  /** Compares the journal with what was expected. */
  verify(expectation: Expectation): Promise<Verdict> {
    return this.#call('POST', '/verify', expectation);
  }

  /** The world as one document, and back. */
  readonly snapshot = {
    take: (): Promise<Snapshot> => this.#call('GET', '/snapshot'),
    restore: (snapshot: Snapshot): Promise<WorldInfo> => this.#call('PUT', '/snapshot', snapshot),
  };

  /** Walks login and consent at an authorization URL, as a browser does. */
  authorize(url: string, options?: AuthorizeOptions): Promise<AuthorizeResult> {
    return authorize(url, options);
  }
}
