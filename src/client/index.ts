import { caller, query } from './http.js';
import { World } from './world.js';
import type { WorldInfo } from './answers.js';
import type { ClockDocument, Scenario } from '../world/scenario/schema/scenario.js';

export { AuthorizeError, authorize } from './authorize.js';
export { ExpectationError } from './expectation.js';
export { UnderstudyError } from './http.js';
export { World } from './world.js';
export type { AuthorizeOptions, AuthorizeResult } from './authorize.js';
export type { FamilySelection, FindingsOptions } from './findings.js';
export type { Mistake } from '../input/mistake.js';
export type * from './answers.js';
export type { CheckedExpectation } from '../findings/expectations.js';
export type { CodeLine, Family, TokenLine, Use } from '../findings/family.js';
export type { Finding, FindingCase, SuppressedFinding } from '../findings/finding.js';
export type { Report } from '../findings/report.js';
export type { Severity } from '../findings/severity.js';
export type { EntryView } from '../world/journal/entry-view.js';
export type { Difference, Match } from '../world/journal/match.js';
export type { Expectation } from '../world/journal/expectation.js';
export type { Verdict } from '../world/journal/verify.js';
export type { Rule as FaultRule, RuleState as FaultState } from '../faults/rule.js';
export type { PolicyDocument } from '../world/scenario/schema/policy.js';
export type {
  ClientDocument,
  ClockDocument,
  ResourceDocument,
  Scenario,
  UserDocument,
} from '../world/scenario/schema/scenario.js';
export type { RuleId, Suppression } from '../world/scenario/schema/suppression.js';
export type { Snapshot } from '../world/snapshot/schema.js';

export interface NewWorld {
  /** Left out: one that nobody else has. */
  readonly id?: string;
  /** By name, or whole. Left out: what the server plays. */
  readonly scenario?: string | Scenario;
  /** With a seed, the same calls give the same codes, tokens and ids. Null, as a world that has none tells it: left out. */
  readonly seed?: number | string | null;
  readonly clock?: ClockDocument;
}

export interface ScenarioInfo {
  readonly name: string;
  readonly description: string;
  readonly source: 'built-in' | 'file';
}

/** A running server, to be steered. */
export class Understudy {
  readonly url: string;
  readonly #token: string | undefined;
  readonly #close: () => Promise<void>;

  constructor(url: string, token: string | undefined, close: () => Promise<void>) {
    this.url = url;
    this.#token = token;
    this.#close = close;
  }

  /** A world that exists; `default` where none is named. */
  world(id = 'default'): World {
    return new World(this.url, id, this.#token);
  }

  /** Makes a world for one test. Disposing of it drops it. */
  async newWorld(options: NewWorld = {}): Promise<World> {
    const { id } = await this.#call<WorldInfo>('POST', '/worlds', options);
    return this.world(id);
  }

  async worlds(): Promise<WorldInfo[]> {
    return (await this.#call<{ worlds: WorldInfo[] }>('GET', `/worlds${query({ limit: 10_000 })}`)).worlds;
  }

  async scenarios(): Promise<ScenarioInfo[]> {
    return (await this.#call<{ scenarios: ScenarioInfo[] }>('GET', '/scenarios')).scenarios;
  }

  /** A scenario as it is played: what it extends is laid under it. */
  async scenario(name: string): Promise<Scenario> {
    return (await this.#call<{ scenario: Scenario }>('GET', `/scenarios/${encodeURIComponent(name)}`)).scenario;
  }

  health(): Promise<{ readonly status: 'ok'; readonly version: string; readonly worlds: number }> {
    return this.#call('GET', '/health');
  }

  /** Ends a server that `start` began; a server that was only connected to goes on. */
  close(): Promise<void> {
    return this.#close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get #call(): ReturnType<typeof caller> {
    return caller(`${this.url}/__admin`, this.#token);
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

/** Steers a server that runs elsewhere: in a container, or in another process. */
export function connect(url: string, { token }: { readonly token?: string } = {}): Understudy {
  return new Understudy(url.replace(/\/+$/, ''), token, async () => {});
}
