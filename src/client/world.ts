import { ExpectationError } from './expectation.js';
import { findingsQuery } from './findings.js';
import { adminCall, queryString } from './http.js';
import { WorldContent } from './world-content.js';
import type { Advanced, ClockState, Expiries } from '../admin/schemas/clock.js';
import type { ExamOrder, ExamState } from '../admin/schemas/exam.js';
import type { ExamCheck } from '../admin/schemas/exam-result.js';
import type { Released } from '../admin/schemas/faults.js';
import type { Report } from '../admin/schemas/findings.js';
import type { BriefEntryView, EntryList, EntryView, OneEntryView } from '../admin/schemas/journal.js';
import type { Family, FamilyList } from '../admin/schemas/lineage.js';
import type { Verdict } from '../admin/schemas/verify.js';
import type { Snapshot } from '../world/snapshot/schema.js';
import type { AuthorizeOptions, AuthorizeResult } from './authorize.js';
import type { EntryFilter, EntryPage, ExamTextFormat, FamilySelection, WorldInfo, FaultState } from './documents.js';
import type { FaultRule } from './documents/faults.js';
import type { Expectation } from './documents/match.js';
import type { ClockDocument, Scenario } from './documents/scenario.js';
import type { CloseOptions, FindingsOptions } from './findings.js';
import type { AdminCall } from './http.js';

/** A world of a running server. Every method is one call of its admin API. */
export class World extends WorldContent {
  readonly #token: string | undefined;
  /** Calls about this world. */
  readonly #call: AdminCall;
  /** Calls about the whole server. */
  readonly #server: AdminCall;

  constructor(serverUrl: string, id: string, token: string | undefined) {
    super(serverUrl, id, token);
    this.#token = token;
    this.#call = adminCall(`${this.baseUrl}/__admin`, token);
    this.#server = adminCall(`${serverUrl}/__admin`, token);
  }

  /** Reads the URLs to configure clients with, and the clock. */
  info(): Promise<WorldInfo> {
    return this.#server('GET', `/worlds/${encodeURIComponent(this.id)}`);
  }

  /** Removes the state of the world and starts again from its scenario. */
  reset(): Promise<WorldInfo> {
    return this.#call('POST', '/reset');
  }

  /** Plays a scenario, by name or inline. This resets the world. */
  play(scenario: string | Scenario): Promise<WorldInfo> {
    return this.#call('PUT', '/scenario', typeof scenario === 'string' ? { name: scenario } : scenario);
  }

  /** Drops the world. The world `default` cannot be dropped. */
  async drop(): Promise<void> {
    await this.#server('DELETE', `/worlds/${encodeURIComponent(this.id)}`);
  }

  /** Ends the world: drops it. The world `default` is reset. */
  close(): Promise<void>;
  /** Ends it too, and returns its findings, which are asked for before. */
  close(options: CloseOptions): Promise<Report>;
  async close({ report }: Partial<CloseOptions> = {}): Promise<unknown> {
    try {
      return report === undefined ? undefined : await this.findings(report === true ? {} : report);
    } finally {
      await (this.id === 'default' ? this.reset() : this.drop());
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Virtual time. */
  readonly clock = {
    /** Reads the clock. */
    get: (): Promise<ClockState> => this.#call('GET', '/clock'),
    /** Changes parts of the clock. */
    set: (change: ClockDocument): Promise<ClockState> => this.#call('PATCH', '/clock', change),
    /** Stops virtual time, now or at a point in time. */
    freeze: (now?: string): Promise<ClockState> =>
      this.#call('PATCH', '/clock', { frozen: true, ...(now === undefined ? {} : { now }) }),
    /** Lists the codes and tokens that expire next, earliest first: by default 20. */
    expiries: (options: { readonly limit?: number } = {}): Promise<Expiries> =>
      this.#call('GET', `/clock/expiries${queryString(options)}`),
    /** Advances the clock: by `'61m'`, to `'next-expiry'`, or to a point in time. The answer lists what expired. */
    advance: (by: string | { readonly to: string }): Promise<Advanced> =>
      this.#call('POST', '/clock/advance', typeof by !== 'string' ? by : by === 'next-expiry' ? { to: by } : { by }),
  };

  /** The requests of clients. */
  readonly journal = {
    /** Lists entries, by default the oldest first: all, or those that match. */
    list: async (filter: EntryPage = {}): Promise<EntryView[]> =>
      (await this.#call<EntryList>('GET', `/journal${queryString(filter)}`)).entries,
    /** Lists entries without their headers, parameters, bodies, facts and notes. */
    listBriefly: async (filter: EntryPage = {}): Promise<BriefEntryView[]> =>
      (await this.#call<EntryList<BriefEntryView>>('GET', `/journal${queryString({ ...filter, brief: true })}`))
        .entries,
    /** Reads one entry. */
    get: (id: number): Promise<OneEntryView> => this.#call('GET', `/journal/${id}`),
    /** Removes all entries. */
    clear: async (): Promise<void> => {
      await this.#call('DELETE', '/journal');
    },
    /** Waits for the first complete entry that matches. The timeout is `5s` by default and at most `60s`. */
    wait: (filter: EntryFilter, timeout?: string): Promise<EntryView> =>
      this.#call('GET', `/journal/wait${queryString({ ...filter, timeout })}`),
  };

  /** Rules that match requests and change their answers. */
  readonly faults = {
    /** Adds a fault after the existing ones. */
    add: (rule: FaultRule): Promise<FaultState> => this.#call('POST', '/faults', rule),
    /** Adds several faults. If one is invalid, none is added. */
    addAll: async (rules: readonly FaultRule[]): Promise<FaultState[]> =>
      (await this.#call<{ faults: FaultState[] }>('POST', '/faults', rules)).faults,
    /** Lists the faults, in the order in which they are tried. */
    list: async (): Promise<FaultState[]> => (await this.#call<{ faults: FaultState[] }>('GET', '/faults')).faults,
    /** Reads a fault, and how often it was applied. */
    get: (id: string): Promise<FaultState> => this.#call('GET', `/faults/${encodeURIComponent(id)}`),
    /** Removes a fault. Requests that it holds continue. */
    remove: async (id: string): Promise<void> => {
      await this.#call('DELETE', `/faults/${encodeURIComponent(id)}`);
    },
    /** Removes all faults. Requests that they hold continue. */
    clear: async (): Promise<void> => {
      await this.#call('DELETE', '/faults');
    },
    /** Releases the requests that a fault of the kind `hold` keeps waiting, and returns their number. */
    release: async (id: string): Promise<number> =>
      (await this.#call<Released>('POST', `/faults/${encodeURIComponent(id)}/release`)).released,
  };

  /** Compares the journal with an expectation. */
  verify(expectation: Expectation): Promise<Verdict> {
    return this.#call('POST', '/verify', expectation);
  }

  /**
   * Compares the journal with an expectation, as an assertion of a test.
   *
   * @throws ExpectationError if it is not met, with the nearest entries and their differences
   */
  async expect(expectation: Expectation): Promise<void> {
    const verdict = await this.verify(expectation);
    if (!verdict.passed) throw new ExpectationError(expectation, verdict);
  }

  /** Reports the findings about the clients of this world, with evidence, and the results of the expectations. */
  findings(options: FindingsOptions = {}): Promise<Report> {
    return this.#call('GET', `/findings${findingsQuery(options)}`);
  }

  /** Lists token families: the tokens of each grant, their replacements, and the requests that used them. */
  async lineage(selection: FamilySelection = {}): Promise<Family[]> {
    return (await this.#call<FamilyList>('GET', `/lineage${queryString(selection)}`)).families;
  }

  /** The exam of an application in this world. */
  readonly exam = {
    /** Begins an exam. The world is reset for each check, and has its state again afterwards, except its journal. */
    start: (order: ExamOrder): Promise<ExamState> => this.#call('POST', '/exam', order),
    /** Reads the exam that runs, or else the last one. `brief`: checks have no requests. */
    state: (options: { readonly brief?: boolean } = {}): Promise<ExamState> =>
      this.#call('GET', `/exam${queryString(options)}`),
    /** Reads one check of it, with its requests. */
    check: (id: string): Promise<ExamCheck> => this.#call('GET', `/exam/checks/${encodeURIComponent(id)}`),
    /** Writes the result of the last exam as a text. Default: one page of HTML. */
    report: (format: ExamTextFormat = 'html'): Promise<string> =>
      this.#call('GET', `/exam/report${queryString({ format })}`),
    /** Stops the exam that runs: it ends with what is known. */
    stop: (): Promise<ExamState> => this.#call('DELETE', '/exam'),
  };

  /** The state of the world as one document. */
  readonly snapshot = {
    /** Writes the state of the world. */
    take: (): Promise<Snapshot> => this.#call('GET', '/snapshot'),
    /** Replaces the world by the state in a snapshot. */
    restore: (snapshot: Snapshot): Promise<WorldInfo> => this.#call('PUT', '/snapshot', snapshot),
  };

  /**
   * Plays the person, as a browser with cookies, from a URL of an application to its callback, or from an authorization
   * URL until the redirect back. The pages of a real provider are those of this world: nothing is sent to its host.
   *
   * @throws AuthorizeError if a page answers with an error, or a redirect leads to another host; the reason of the
   *   option `signal` if that aborts
   */
  async authorize(url: string | URL, options: AuthorizeOptions = {}): Promise<AuthorizeResult> {
    // loaded here, so that a program without flows does not load the browser
    const { authorizeAt } = await import('./authorize-at.js');
    return await authorizeAt(new URL(url), options, { baseUrl: this.baseUrl, token: this.#token });
  }
}
