import { adminCall, queryString } from './http.js';
import { World } from './world.js';
import type { ScenarioAnswer, ScenarioInfo, ScenarioList } from '../admin/schemas/scenarios.js';
import type { Health } from '../admin/schemas/server.js';
import type { NewWorldDocument } from '../admin/schemas/worlds.js';
import type { ClockDocument, Scenario } from '../world/scenario/schema/scenario.js';
import type { WorldInfo } from './documents.js';
import type { AdminCall } from './http.js';

export { AuthorizeError, authorize } from './authorize.js';
export { ExpectationError } from './expectation.js';
export { UnderstudyError } from './http.js';
export { World } from './world.js';
export type { AuthorizeOptions, AuthorizeResult } from './authorize.js';
export type * from './documents.js';
export type { FindingsOptions } from './findings.js';
export type { Decided, PageInfo } from '../admin/schemas/authorizations.js';
export type { ClientInfo } from '../admin/schemas/clients.js';
export type { Advanced, ClockState, Expired } from '../admin/schemas/clock.js';
export type { CodeInfo } from '../admin/schemas/codes.js';
export type { CheckedExpectation, Finding, FindingCase, Report, SuppressedFinding } from '../admin/schemas/findings.js';
export type { EntryView } from '../admin/schemas/journal.js';
export type { CodeLine, Family, TokenLine, Use } from '../admin/schemas/lineage.js';
export type { PolicyAnswer } from '../admin/schemas/providers.js';
export type { ScenarioInfo } from '../admin/schemas/scenarios.js';
export type { Health } from '../admin/schemas/server.js';
export type { MintedTokens, TokenInfo } from '../admin/schemas/tokens.js';
export type { UserInfo } from '../admin/schemas/users.js';
export type { Difference, Verdict } from '../admin/schemas/verify.js';
export type { ProviderUrls } from '../admin/schemas/worlds.js';
export type { Rule as FaultRule, RuleState as FaultState } from '../faults/rule.js';
export type { Severity } from '../findings/severity.js';
export type { Mistake } from '../input/mistake.js';
export type { Expectation, Match } from '../world/journal/match.js';
export type { PolicyDocument } from '../world/scenario/schema/policy.js';
export type {
  ClientDocument,
  ClockDocument,
  ResourceDocument,
  Scenario,
  UserDocument,
} from '../world/scenario/schema/scenario.js';
export type { RuleId, Suppression } from '../world/scenario/schema/suppression.js';
export type { Snapshot } from '../world/snapshot.js';

/** A world to make. */
export interface NewWorld {
  /** Default: a random id. */
  readonly id?: string;
  /** A scenario by name, or whole. Default: the scenario of the server. */
  readonly scenario?: string | Scenario;
  /** With the same seed, the same calls give the same codes, tokens and ids. Default, and null: a random seed. */
  readonly seed?: number | string | null;
  readonly clock?: ClockDocument;
}

/** A running server. */
export class Understudy {
  readonly url: string;
  readonly #token: string | undefined;
  readonly #close: () => Promise<void>;

  constructor(url: string, token: string | undefined, close: () => Promise<void>) {
    this.url = url;
    this.#token = token;
    this.#close = close;
  }

  /** Returns a world that exists already. Default: the world `default`. */
  world(id = 'default'): World {
    return new World(this.url, id, this.#token);
  }

  /** Makes a world for one test. At the end of an `await using` block it is dropped. */
  async newWorld(options: NewWorld = {}): Promise<World> {
    const { id } = await this.#call<WorldInfo>('POST', '/worlds', options satisfies NewWorldDocument);
    return this.world(id);
  }

  /** Lists the worlds. */
  async worlds(): Promise<WorldInfo[]> {
    return (await this.#call<{ worlds: WorldInfo[] }>('GET', `/worlds${queryString({ limit: 10_000 })}`)).worlds;
  }

  /** Lists the scenarios that can be played. */
  async scenarios(): Promise<ScenarioInfo[]> {
    return (await this.#call<ScenarioList>('GET', '/scenarios')).scenarios;
  }

  /** Reads a scenario, with everything that it inherits. */
  async scenario(name: string): Promise<Scenario> {
    return (await this.#call<ScenarioAnswer>('GET', `/scenarios/${encodeURIComponent(name)}`)).scenario;
  }

  /** Reads whether the server is ready. */
  health(): Promise<Health> {
    return this.#call('GET', '/health');
  }

  /** Stops a server from `start`. A server from `connect` keeps running. */
  close(): Promise<void> {
    return this.#close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get #call(): AdminCall {
    return adminCall(`${this.url}/__admin`, this.#token);
  }
}

export interface StartOptions {
  /** 0, the default, picks a free port. */
  readonly port?: number;
  /** The address to listen on. Left out: `127.0.0.1`. */
  readonly host?: string;
  /** A folder of scenario files. */
  readonly fixtures?: string;
  /** What the world `default` plays, by name. */
  readonly scenario?: string;
  /** The bearer token that the admin API asks for. */
  readonly adminToken?: string;
  /** `open`: the admin API needs no token, wherever it listens. */
  readonly admin?: 'open' | 'guarded';
  /** The URL by which clients reach this server, for what it answers. */
  readonly baseUrl?: string;
  /** Left out: `silent`. */
  readonly logLevel?: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
  /** A world that nobody used for so long is dropped. Left out: 3600. */
  readonly idleSeconds?: number;
  /** How many worlds there may be. Left out: 20000. */
  readonly worldLimit?: number;
}

/**
 * Starts a server inside this process, on the loopback interface.
 *
 * @throws an error that says what is wrong with an option, the scenario or the address
 */
export async function start(options: StartOptions = {}): Promise<Understudy> {
  // what only a server needs is not loaded by those who connect to one
  const [{ configOf }, { openServer }] = await Promise.all([import('../config.js'), import('../server.js')]);
  const { url, close } = await openServer(configOf({ port: 0, logLevel: 'silent', ...options }));
  return new Understudy(url, options.adminToken, close);
}

/** Connects to a server that runs in a container or in another process. */
export function connect(url: string, { token }: { readonly token?: string } = {}): Understudy {
  return new Understudy(url.replace(/\/+$/, ''), token, async () => {});
}
