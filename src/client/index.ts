import { serverOf } from './environment.js';
import { ArgumentError, checkKind, checkObject, checkOptions, wrongArgument } from './arguments.js';
import { checkFindings, findingsQuery, reportIn } from './findings.js';
import { adminCall, queryString } from './http.js';
import { namedProviders } from './named-providers.js';
import { World } from './world.js';
import type { JsonSource } from '../admin/json-source.js';
import type { AllReports } from '../admin/schemas/findings.js';
import type { ScenarioAnswer, ScenarioInfo, ScenarioList } from '../admin/schemas/scenarios.js';
import type { Health } from '../admin/schemas/server.js';
import type { NewWorldDocument } from '../admin/schemas/worlds.js';
import type { ProgramConfig } from '../config.js';
import type { ServerParts } from '../server.js';
import type { WorldInfo } from './documents.js';
import type { NamedProvider } from './documents/provider.js';
import type { ClockDocument, Scenario } from './documents/scenario.js';
import type { CloseOptions, FindingsOptions } from './findings.js';
import type { AdminCall } from './http.js';

export { ArgumentError } from './arguments.js';
export { authorize } from './authorize.js';
export { AuthorizeError } from './authorize-error.js';
export { ExpectationError } from './expectation.js';
export { UnderstudyError } from './http.js';
export { World } from './world.js';
export type { AuthorizeOptions, AuthorizeResult } from './authorize.js';
export type { Page, Person, Visit, VisitOptions } from './browser.js';
export type * from './documents.js';
export type * from './documents/faults.js';
export type * from './documents/match.js';
export type * from './documents/policy.js';
export type * from './documents/provider-parts.js';
export type * from './documents/provider.js';
export type * from './documents/scenario.js';
export type { OpenName } from '../admin/schemas/open-name.js';
export type { ProviderName } from '../providers/index.js';
export type { CloseOptions, FindingsOptions } from './findings.js';
export type { Decided, PageInfo } from '../admin/schemas/authorizations.js';
export type { ClientInfo, ClientSnippets } from '../admin/schemas/clients.js';
export type { Advanced, ClockState, Expired, Expiries } from '../admin/schemas/clock.js';
export type { CodeInfo } from '../admin/schemas/codes.js';
export type {
  AllReports,
  CheckedExpectation,
  Finding,
  FindingCase,
  Report,
  RequestLine,
  SuppressedFinding,
} from '../admin/schemas/findings.js';
export type { ExamOrder, ExamState } from '../admin/schemas/exam.js';
export type { ExamCheck, ExamRequest } from '../admin/schemas/exam-result.js';
export type { BriefEntryView, EntryView, OneEntryView } from '../admin/schemas/journal.js';
export type { CodeLine, Family, TokenLine, Use } from '../admin/schemas/lineage.js';
export type { PolicyAnswer, ProviderSummary } from '../admin/schemas/providers.js';
export type { ScenarioInfo } from '../admin/schemas/scenarios.js';
export type { Health } from '../admin/schemas/server.js';
export type { MintedTokens, TokenInfo } from '../admin/schemas/tokens.js';
export type { UserInfo } from '../admin/schemas/users.js';
export type { Difference, Verdict } from '../admin/schemas/verify.js';
export type { ProviderUrls } from '../admin/schemas/worlds.js';
export type { Severity } from '../findings/severity.js';
export type { Mistake } from '../input/mistake.js';
export type { RuleId } from '../findings/rules/index.js';
export type { Snapshot } from '../world/snapshot/schema.js';

/** A world to make. */
export interface NewWorld {
  /** Default: a random id. */
  readonly id?: string;
  /** The name of a scenario, or an inline scenario. Default: the scenario of the server. */
  readonly scenario?: string | Scenario;
  /** With the same seed, the same calls give the same codes, tokens and ids. Default or null: a random seed. */
  readonly seed?: number | string | null;
  readonly clock?: ClockDocument;
}

/** What a server serves beside HTTP. */
export interface Entrances {
  /** The URL of HTTPS. Undefined without the option `tls`. */
  readonly tlsUrl?: string | undefined;
  /** The URL of the forward proxy. Undefined without the option `proxy`. */
  readonly proxyUrl?: string | undefined;
  /** The certificate that clients have to trust, in PEM. Undefined if the server has no authority of its own. */
  readonly caCertificate?: string | undefined;
}

/** A running server. */
export class Understudy {
  readonly url: string;
  /** The URL of HTTPS, if `start` opened it, and below `understudy run`. */
  readonly tlsUrl: string | undefined;
  /** The URL of the forward proxy, if `start` opened it, and below `understudy run`. */
  readonly proxyUrl: string | undefined;
  /** The certificate that clients have to trust, in PEM, if `start` opened HTTPS or the proxy. */
  readonly caCertificate: string | undefined;
  readonly #token: string | undefined;
  readonly #close: (() => Promise<void>) | undefined;
  #isClosed = false;

  /** @param close stops the server. Omitted: it keeps running */
  constructor(url: string, token: string | undefined, close?: () => Promise<void>, entrances: Entrances = {}) {
    this.url = url;
    this.tlsUrl = entrances.tlsUrl;
    this.proxyUrl = entrances.proxyUrl;
    this.caCertificate = entrances.caCertificate;
    this.#token = token;
    this.#close = close;
  }

  /** Returns an existing world. Default: the world `default`. */
  world(id = 'default'): World {
    checkKind('world', 'id', id, 'a text');
    return new World(this.url, id, this.#token);
  }

  /**
   * Makes a world for one test. The end of an `await using` block drops it: ask for its findings before, or end it by
   * `close({ report: true })`.
   */
  async newWorld(options: NewWorld = {}): Promise<World> {
    checkOptions<NewWorld>('newWorld', options, {
      id: 'a text',
      scenario: 'anything',
      seed: 'anything',
      clock: 'anything',
    });
    const { id } = await this.#call<WorldInfo>('POST', '/worlds', options satisfies JsonSource<NewWorldDocument>);
    return this.world(id);
  }

  /** Lists the worlds. */
  async worlds(): Promise<WorldInfo[]> {
    const { worlds } = await this.#call<{ worlds: WorldInfo[] }>('GET', `/worlds${queryString({ limit: 10_000 })}`);
    return worlds.map(namedProviders);
  }

  /** Lists the scenarios that can be played. */
  async scenarios(): Promise<ScenarioInfo[]> {
    return (await this.#call<ScenarioList>('GET', '/scenarios')).scenarios;
  }

  /** Reads a scenario, merged with everything that it extends. */
  async scenario(name: string): Promise<Scenario> {
    checkKind('scenario', 'name', name, 'a text');
    return (await this.#call<ScenarioAnswer>('GET', `/scenarios/${encodeURIComponent(name)}`)).scenario;
  }

  /** Reports on all worlds that got a request, also on those that ended. */
  async findings(options: FindingsOptions = {}): Promise<AllReports> {
    checkFindings('findings', options);
    return this.#call('GET', `/findings${findingsQuery(options, { worlds: 'all' })}`);
  }

  /** Reads whether the server is ready. */
  health(): Promise<Health> {
    return this.#call('GET', '/health');
  }

  /**
   * Stops a server from `start`. Afterwards a client in this process can call a new server at the same port at once. A
   * server from `connect` keeps running.
   */
  close(): Promise<void>;
  /** Stops it too, and returns the report on all worlds, which is made before. */
  close(options: CloseOptions): Promise<AllReports>;
  async close(options: Partial<CloseOptions> = {}): Promise<unknown> {
    try {
      const report = reportIn(options);
      if (report === undefined) return undefined;
      if (this.#isClosed) throw new Error('close: the server is closed already, so there is no report of it');
      return await this.findings(report);
    } finally {
      this.#isClosed = this.#close !== undefined;
      await this.#close?.();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get #call(): AdminCall {
    return adminCall(`${this.url}/__admin`, this.#token);
  }
}

/**
 * Options of `start()`: those of `understudy serve`, except the ready file. `port` defaults to 0, which picks a free
 * port, and `logLevel` to `silent`.
 */
export type StartOptions = {
  // a list can also be given as one text, as on the command line. `providers` can also be documents with their names
  readonly [K in keyof ProgramConfig]?:
    | ProgramConfig[K]
    | (ProgramConfig[K] extends readonly string[] ? string : never)
    | (K extends 'providers' ? readonly NamedProvider[] : never);
};

/**
 * Starts a server in this process, by default on the loopback interface.
 *
 * @param parts what `src/library.ts` adds, which lies above this module
 * @throws Error if an option, a provider, the scenario or the address is invalid
 */
export async function start(options: StartOptions = {}, parts: ServerParts = {}): Promise<Understudy> {
  checkObject('start', 'options', options);
  // loaded here, so that `connect()` does not load the server
  const [{ configOf, programDefaults }, { openServer }] = await Promise.all([
    import('../config.js'),
    import('../server.js'),
  ]);
  const { providers, ...rest } = options;
  const isList = Array.isArray(providers);
  if (!isList && typeof providers === 'object') {
    throw wrongArgument('start', 'providers', providers, 'a folder, or a list of documents');
  }
  const server = await openServer(configOf(isList ? rest : options, programDefaults), {
    ...parts,
    documents: isList ? providers : undefined,
    nameOption: (option) => option,
  });
  const { url, tlsUrl, proxyUrl, authority, close } = server;
  return new Understudy(url, options.adminToken, close, { tlsUrl, proxyUrl, caCertificate: authority?.certificate });
}

/**
 * Connects to a server that runs in a container or in another process. Below `understudy run` both values have
 * defaults: the URL that of UNDERSTUDY_URL, and the token of this server that of UNDERSTUDY_ADMIN_TOKEN.
 *
 * @throws Error if no URL is given, and UNDERSTUDY_URL is not set; ArgumentError if it is no URL with http or https
 */
export function connect(url?: string | URL, options: { readonly token?: string } = {}): Understudy {
  if (typeof options === 'string') {
    // it is probably the token
    throw new ArgumentError('connect: options is a text (not shown); expected an object with token');
  }
  checkOptions<typeof options>('connect', options, { token: 'a text' });
  const server = serverOf(url, options.token);
  return new Understudy(server.url, server.token, undefined, server.entrances);
}
