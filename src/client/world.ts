import { ArgumentError, checkKind, checkObject } from './arguments.js';
import { startOfVisit } from './authorize-options.js';
import { ExpectationError, checkExpectation } from './expectation.js';
import { checkFindings, findingsQuery, reportIn } from './findings.js';
import { authorizationsOf } from './groups/authorizations.js';
import { clientsOf } from './groups/clients.js';
import { clockOf } from './groups/clock.js';
import { codesOf } from './groups/codes.js';
import { examOf } from './groups/exam.js';
import { faultsOf } from './groups/faults.js';
import { journalOf } from './groups/journal.js';
import { providersOf } from './groups/providers.js';
import { snapshotOf } from './groups/snapshot.js';
import { tokensOf } from './groups/tokens.js';
import { usersOf } from './groups/users.js';
import { adminCall, providerPath, queryString } from './http.js';
import { namedProviders } from './named-providers.js';
import type { Report } from '../admin/schemas/findings.js';
import type { Family, FamilyList } from '../admin/schemas/lineage.js';
import type { Verdict } from '../admin/schemas/verify.js';
import type { AuthorizeOptions, AuthorizeResult } from './authorize.js';
import type { FamilySelection, ProviderInfo, WorldInfo } from './documents.js';
import type { Expectation } from './documents/match.js';
import type { ProviderDocument } from './documents/provider.js';
import type { Scenario } from './documents/scenario.js';
import type { CloseOptions, FindingsOptions } from './findings.js';
import type { AdminCall } from './http.js';

/** A count beside the expectation would be ignored, and the test would pass. */
function refuseMore(call: string, more: readonly unknown[]): void {
  if (more.length === 0) return;
  throw new ArgumentError(`${call}: got ${more.length + 1} arguments; expected one, with match, count or order`);
}

/** A world of a running server. Every method is one call of its admin API. */
export class World {
  readonly id: string;
  /** Base URL of the providers of this world. */
  readonly baseUrl: string;
  readonly #token: string | undefined;
  /** Calls about this world. */
  readonly #call: AdminCall;
  /** Calls about the whole server. */
  readonly #server: AdminCall;

  /** Providers and their policies in this world. */
  readonly providers: ReturnType<typeof providersOf>;
  /** Applications that are registered with a provider. */
  readonly clients: ReturnType<typeof clientsOf>;
  /** Users who can log in. */
  readonly users: ReturnType<typeof usersOf>;
  /** Access and refresh tokens. */
  readonly tokens: ReturnType<typeof tokensOf>;
  /** Authorization codes. */
  readonly codes: ReturnType<typeof codesOf>;
  /** Login and consent pages that wait for a person. */
  readonly authorizations: ReturnType<typeof authorizationsOf>;
  /** Virtual time. */
  readonly clock: ReturnType<typeof clockOf>;
  /** The requests of clients. */
  readonly journal: ReturnType<typeof journalOf>;
  /** Rules that match requests and change their answers. */
  readonly faults: ReturnType<typeof faultsOf>;
  /** The exam of an application in this world. */
  readonly exam: ReturnType<typeof examOf>;
  /** The state of the world as one document. */
  readonly snapshot: ReturnType<typeof snapshotOf>;

  constructor(serverUrl: string, id: string, token: string | undefined) {
    this.id = id;
    this.baseUrl = id === 'default' ? serverUrl : `${serverUrl}/w/${id}`;
    this.#token = token;
    this.#call = adminCall(`${this.baseUrl}/__admin`, token);
    this.#server = adminCall(`${serverUrl}/__admin`, token);
    this.providers = providersOf(this.#call);
    this.clients = clientsOf(this.#call);
    this.users = usersOf(this.#call);
    this.tokens = tokensOf(this.#call);
    this.codes = codesOf(this.#call);
    this.authorizations = authorizationsOf(this.#call);
    this.clock = clockOf(this.#call);
    this.journal = journalOf(this.#call);
    this.faults = faultsOf(this.#call);
    this.exam = examOf(this.#call);
    this.snapshot = snapshotOf(this.#call);
  }

  /** Reads the URLs to configure clients with, and the clock. */
  async info(): Promise<WorldInfo> {
    return namedProviders(await this.#server('GET', `/worlds/${encodeURIComponent(this.id)}`));
  }

  /** Removes the state of the world and starts again from its scenario. */
  async reset(): Promise<WorldInfo> {
    return namedProviders(await this.#call('POST', '/reset'));
  }

  /** Plays a scenario, by name or inline. This resets the world. */
  async play(scenario: string | Scenario): Promise<WorldInfo> {
    const document = typeof scenario === 'string' ? { name: scenario } : scenario;
    checkObject('play', 'scenario', document, 'the name of a scenario, or a scenario');
    return namedProviders(await this.#call('PUT', '/scenario', document));
  }

  /**
   * Makes a provider of this world from a document, as in a provider file, or replaces it: its clients, users and
   * tokens begin anew. It stays when the world is reset. Returns what `providers.describe` returns.
   */
  async defineProvider(name: string, document: ProviderDocument): Promise<ProviderInfo> {
    checkKind('defineProvider', 'name', name, 'a text');
    checkObject('defineProvider', 'document', document, 'an object, as in a provider file');
    return this.#call('PUT', providerPath(name), document);
  }

  /** Removes a provider that this world has of its own, with its clients, users and tokens. */
  async removeProvider(name: string): Promise<void> {
    checkKind('removeProvider', 'name', name, 'a text');
    await this.#call('DELETE', providerPath(name));
  }

  /** Drops the world. The world `default` cannot be dropped. */
  async drop(): Promise<void> {
    await this.#server('DELETE', `/worlds/${encodeURIComponent(this.id)}`);
  }

  /** Ends the world: drops it. The world `default` is reset. */
  close(): Promise<void>;
  /** Ends it too, and returns its findings, which are asked for before. */
  close(options: CloseOptions): Promise<Report>;
  async close(options: Partial<CloseOptions> = {}): Promise<unknown> {
    try {
      const report = reportIn(options);
      return report === undefined ? undefined : await this.findings(report);
    } finally {
      await (this.id === 'default' ? this.reset() : this.drop());
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Compares the journal with an expectation. */
  verify(expectation: Expectation): Promise<Verdict>;
  async verify(expectation: Expectation, ...more: readonly unknown[]): Promise<Verdict> {
    refuseMore('verify', more);
    checkExpectation('verify', expectation);
    return this.#call('POST', '/verify', expectation);
  }

  /**
   * Compares the journal with an expectation, as an assertion of a test.
   *
   * @throws ExpectationError if it is not met, with the nearest entries and their differences
   */
  expect(expectation: Expectation): Promise<void>;
  async expect(expectation: Expectation, ...more: readonly unknown[]): Promise<void> {
    refuseMore('expect', more);
    checkExpectation('expect', expectation);
    const verdict = await this.#call<Verdict>('POST', '/verify', expectation);
    if (!verdict.passed) throw new ExpectationError(expectation, verdict);
  }

  /** Reports the findings about the clients of this world, with evidence, and the results of the expectations. */
  async findings(options: FindingsOptions = {}): Promise<Report> {
    checkFindings('findings', options);
    return this.#call('GET', `/findings${findingsQuery(options)}`);
  }

  /** Lists token families: the tokens of each grant, their replacements, and the requests that used them. */
  async lineage(selection: FamilySelection = {}): Promise<Family[]> {
    checkObject('lineage', 'the selection', selection);
    return (await this.#call<FamilyList>('GET', `/lineage${queryString(selection)}`)).families;
  }

  /**
   * Plays the person, as a browser with cookies, from a URL of an application to its callback, or from an authorization
   * URL until the redirect back. The pages of a real provider are those of this world: nothing is sent to its host.
   *
   * @throws AuthorizeError if a page answers with an error, or a redirect leads to another host or another world; the
   *   reason of the option `signal` if that aborts
   */
  async authorize(url: string | URL, options: AuthorizeOptions = {}): Promise<AuthorizeResult> {
    const start = startOfVisit(url, options);
    // loaded here, so that a program without flows does not load the browser
    const { authorizeAt } = await import('./authorize-at.js');
    return await authorizeAt(start, options, { id: this.id, baseUrl: this.baseUrl, token: this.#token });
  }
}
