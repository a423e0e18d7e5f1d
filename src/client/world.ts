import { authorize } from './authorize.js';
import { ExpectationError } from './expectation.js';
import { findingsQuery } from './findings.js';
import { caller, query, under } from './http.js';
import type {
  Advanced,
  At,
  ClientInfo,
  ClockState,
  CodeInfo,
  CodeSelection,
  EntryFilter,
  MintedTokens,
  NewCode,
  NewTokens,
  PageInfo,
  PolicyAnswer,
  ProviderInfo,
  ProviderName,
  TokenInfo,
  TokenSelection,
  UserInfo,
  WorldInfo,
} from './answers.js';
import type { AuthorizeOptions, AuthorizeResult } from './authorize.js';
import type { FamilySelection, FindingsOptions } from './findings.js';
import type { Call } from './http.js';
import type { Rule, RuleState } from '../faults/rule.js';
import type { Family } from '../findings/family.js';
import type { Report } from '../findings/report.js';
import type { EntryView } from '../world/journal/entry-view.js';
import type { Expectation } from '../world/journal/expectation.js';
import type { Verdict } from '../world/journal/verify.js';
import type { ClientDocument, ClockDocument, Scenario, UserDocument } from '../world/scenario/schema/scenario.js';
import type { PolicyDocument } from '../world/scenario/schema/policy.js';
import type { Snapshot } from '../world/snapshot/schema.js';

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
    return this.#server('GET', `/worlds/${encodeURIComponent(this.id)}`);
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
    await this.#server('DELETE', `/worlds/${encodeURIComponent(this.id)}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (this.id === 'default' ? this.reset() : this.drop());
  }

  /** Virtual time. */
  readonly clock = {
    get: (): Promise<ClockState> => this.#call('GET', '/clock'),
    /** Changes parts of the clock. */
    set: (change: ClockDocument): Promise<ClockState> => this.#call('PATCH', '/clock', change),
    freeze: (now?: string): Promise<ClockState> =>
      this.#call('PATCH', '/clock', { frozen: true, ...(now === undefined ? {} : { now }) }),
    /** Lets time pass: `'61m'`, `'next-expiry'`, or to a point in time. The answer says what expired. */
    advance: (by: string | { readonly to: string }): Promise<Advanced> =>
      this.#call('POST', '/clock/advance', typeof by !== 'string' ? by : by === 'next-expiry' ? { to: by } : { by }),
  };

  readonly providers = {
    describe: (provider: ProviderName): Promise<ProviderInfo> => this.#call('GET', under(provider)),
    /** Changes a realm's rules; what is left out stays. */
    policy: ({ provider, ...change }: At & PolicyDocument): Promise<PolicyAnswer> =>
      this.#call('PATCH', under(provider, 'policy'), change),
  };

  readonly clients = {
    list: async ({ provider }: At): Promise<ClientInfo[]> =>
      (await this.#call<{ clients: ClientInfo[] }>('GET', under(provider, 'clients'))).clients,
    get: ({ provider, id }: At & { readonly id: string }): Promise<ClientInfo> =>
      this.#call('GET', under(provider, 'clients', id)),
    add: ({ provider, ...client }: At & ClientDocument): Promise<ClientInfo> =>
      this.#call('POST', under(provider, 'clients'), client),
    update: ({
      provider,
      id,
      ...change
    }: At & Partial<ClientDocument> & { readonly id: string }): Promise<ClientInfo> =>
      this.#call('PATCH', under(provider, 'clients', id), change),
    remove: async ({ provider, id }: At & { readonly id: string }): Promise<void> => {
      await this.#call('DELETE', under(provider, 'clients', id));
    },
  };

  readonly users = {
    list: async ({ provider }: At): Promise<UserInfo[]> =>
      (await this.#call<{ users: UserInfo[] }>('GET', under(provider, 'users'))).users,
    get: ({ provider, id }: At & { readonly id: string }): Promise<UserInfo> =>
      this.#call('GET', under(provider, 'users', id)),
    add: ({ provider, ...user }: At & UserDocument): Promise<UserInfo> =>
      this.#call('POST', under(provider, 'users'), user),
    update: ({ provider, id, ...change }: At & UserDocument & { readonly id: string }): Promise<UserInfo> =>
      this.#call('PATCH', under(provider, 'users', id), change),
    remove: async ({ provider, id }: At & { readonly id: string }): Promise<void> => {
      await this.#call('DELETE', under(provider, 'users', id));
    },
  };

  readonly tokens = {
    /** A pair without a browser. */
    mint: ({ provider, ...options }: NewTokens): Promise<MintedTokens> =>
      this.#call('POST', under(provider, 'tokens'), options),
    list: async ({ provider, ...selection }: At & TokenSelection): Promise<TokenInfo[]> =>
      (await this.#call<{ tokens: TokenInfo[] }>('GET', under(provider, 'tokens') + query(selection))).tokens,
    get: ({ provider, token }: At & { readonly token: string }): Promise<TokenInfo> =>
      this.#call('GET', under(provider, 'tokens', token)),
    expire: async ({ provider, ...selection }: At & TokenSelection): Promise<number> =>
      (await this.#call<{ expired: number }>('POST', under(provider, 'tokens', 'expire'), selection)).expired,
    revoke: async ({ provider, ...selection }: At & TokenSelection): Promise<number> =>
      (await this.#call<{ revoked: number }>('POST', under(provider, 'tokens', 'revoke'), selection)).revoked,
  };

  readonly codes = {
    mint: ({ provider, ...options }: NewCode): Promise<CodeInfo> =>
      this.#call('POST', under(provider, 'codes'), options),
    list: async ({ provider, ...selection }: At & CodeSelection): Promise<CodeInfo[]> =>
      (await this.#call<{ codes: CodeInfo[] }>('GET', under(provider, 'codes') + query(selection))).codes,
    expire: async ({ provider, ...selection }: At & CodeSelection): Promise<number> =>
      (await this.#call<{ expired: number }>('POST', under(provider, 'codes', 'expire'), selection)).expired,
  };

  /** Pages that wait for a person. */
  readonly authorizations = {
    list: async ({ provider, status }: At & { readonly status?: PageInfo['status'] }): Promise<PageInfo[]> =>
      (await this.#call<{ authorizations: PageInfo[] }>('GET', under(provider, 'authorizations') + query({ status })))
        .authorizations,
    approve: ({
      provider,
      id,
      ...decision
    }: At & { readonly id: string; readonly user: string; readonly scopes?: readonly string[] }): Promise<{
      readonly redirectTo: string;
    }> => this.#call('POST', under(provider, 'authorizations', id, 'approve'), decision),
    deny: ({ provider, id }: At & { readonly id: string }): Promise<{ readonly redirectTo: string }> =>
      this.#call('POST', under(provider, 'authorizations', id, 'deny')),
  };

  /** What the client did. */
  readonly journal = {
    list: async (filter: EntryFilter = {}): Promise<EntryView[]> =>
      (await this.#call<{ entries: EntryView[] }>('GET', `/journal${query(filter)}`)).entries,
    get: (id: number): Promise<EntryView> => this.#call('GET', `/journal/${id}`),
    clear: async (): Promise<void> => {
      await this.#call('DELETE', '/journal');
    },
    /** The first entry that matches, now or within the time: `5s` where it is left out, `60s` at most. */
    wait: (filter: Omit<EntryFilter, 'limit' | 'offset'>, timeout?: string): Promise<EntryView> =>
      this.#call('GET', `/journal/wait${query({ ...filter, timeout })}`),
  };

  /** Rules that spoil what becomes of requests. */
  readonly faults = {
    add: (rule: Rule): Promise<RuleState> => this.#call('POST', '/faults', rule),
    /** Adds all of them, or none. */
    addAll: async (rules: readonly Rule[]): Promise<RuleState[]> =>
      (await this.#call<{ faults: RuleState[] }>('POST', '/faults', rules)).faults,
    list: async (): Promise<RuleState[]> => (await this.#call<{ faults: RuleState[] }>('GET', '/faults')).faults,
    get: (id: string): Promise<RuleState> => this.#call('GET', `/faults/${encodeURIComponent(id)}`),
    remove: async (id: string): Promise<void> => {
      await this.#call('DELETE', `/faults/${encodeURIComponent(id)}`);
    },
    clear: async (): Promise<void> => {
      await this.#call('DELETE', '/faults');
    },
    /** Lets those go whom a `hold` keeps waiting, and tells how many. */
    release: async (id: string): Promise<number> =>
      (await this.#call<{ released: number }>('POST', `/faults/${encodeURIComponent(id)}/release`)).released,
  };

  /** Compares the journal with what was expected. */
  verify(expectation: Expectation): Promise<Verdict> {
    return this.#call('POST', '/verify', expectation);
  }

  /**
   * The same for a test: what is not as expected is thrown.
   *
   * @throws ExpectationError with the nearest entries, difference by difference
   */
  async expect(expectation: Expectation): Promise<void> {
    const verdict = await this.verify(expectation);
    if (!verdict.passed) throw new ExpectationError(expectation, verdict);
  }

  /** What the clients of this world did wrong, with proof, and which expectations were met. */
  findings(options: FindingsOptions = {}): Promise<Report> {
    return this.#call('GET', `/findings${findingsQuery(options)}`);
  }

  /** Token families: which grant bought which tokens, what replaced what, and who used them when. */
  async lineage(selection: FamilySelection = {}): Promise<Family[]> {
    return (await this.#call<{ families: Family[] }>('GET', `/lineage${query(selection)}`)).families;
  }

  /** The world as one document, and back. */
  readonly snapshot = {
    take: (): Promise<Snapshot> => this.#call('GET', '/snapshot'),
    restore: (snapshot: Snapshot): Promise<WorldInfo> => this.#call('PUT', '/snapshot', snapshot),
  };

  /**
   * Walks login and consent at an authorization URL, as a browser does.
   *
   * @throws AuthorizeError where a page refuses
   */
  authorize(url: string | URL, options?: AuthorizeOptions): Promise<AuthorizeResult> {
    return authorize(url, options);
  }
}
