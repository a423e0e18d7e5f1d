import { steadyNow } from '../world/clock.js';
import { Browser } from '../client/browser.js';
import { NotSeen } from './judgement.js';
import { OtherHost } from './other-host.js';
import { SeenRequest, SeenRequests } from './seen-request.js';
import type { FaultRule, World } from '../client/index.js';
import type { Person, Visit, VisitOptions } from '../client/browser.js';
import type { Call, ClientUnderExam, Connection } from './client-under-exam.js';
import type { ExaminedProvider } from './examined-provider.js';

/** Real time without a request after which the client counts as at rest, in milliseconds. */
const restMs = 40;

/** Real time after which no further pause begins, in milliseconds: the client does not come to rest. */
const restAtMostMs = 1000;

/** What a check works with: a fresh world, the client, and browsers that it has not seen. */
export class Stage {
  readonly provider: ExaminedProvider;
  /** The two users of the world. */
  readonly people: readonly [Person, Person];
  /** Why calls prove nothing. Undefined: they do. */
  callsProveNothing: string | undefined;
  /** Real time after the end of a flow in which the client still exchanged the first code, in milliseconds. */
  lateMs = 0;
  /** Whether the client calls the API also without a connection, with a word such as `undefined` as the token. */
  sendsEmptyTokens = false;
  readonly #world: World;
  readonly #client: ClientUnderExam;
  readonly #timeoutMs: number;
  readonly #signal: AbortSignal;
  /** The last pages of the flows of this check. */
  readonly pages: string[] = [];
  #browsers: Browser[] = [];
  readonly #hosts: OtherHost[] = [];
  #isOver = false;

  constructor(parts: {
    readonly world: World;
    readonly provider: ExaminedProvider;
    readonly client: ClientUnderExam;
    readonly people: readonly [Person, Person];
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  }) {
    this.#world = parts.world;
    this.provider = parts.provider;
    this.#client = parts.client;
    this.people = parts.people;
    this.#timeoutMs = parts.timeoutMs;
    this.#signal = parts.signal;
  }

  /** @throws Error if the check is over */
  get world(): World {
    this.#refuseWhenOver();
    return this.#world;
  }

  /** @throws Error if the check is over */
  get client(): ClientUnderExam {
    this.#refuseWhenOver();
    return this.#client;
  }

  /** A browser that neither the client nor the provider knows. Default: that of the first user. */
  async newBrowser(person: Person = this.people[0]): Promise<Browser> {
    const browser = new Browser(person, this.provider, this.#timeoutMs, this.#signal);
    this.#browsers.push(browser);
    await this.client.login?.(browser, person === this.people[0] ? 'ada' : 'grace');
    return browser;
  }

  /** Begins a flow and follows it, whatever comes out. */
  async connect(browser: Browser, options?: VisitOptions): Promise<Connection> {
    const before = await this.#idBeforeExchange();
    const connection = await this.client.connect(browser, options);
    this.pages.push(connection.visit?.page?.body ?? '');
    await this.#backgroundExchange(before);
    return connection;
  }

  /** Visits a callback that was held. */
  async visitCallback(browser: Browser, callback: URL, options?: VisitOptions): Promise<Visit> {
    const before = await this.#idBeforeExchange();
    const visit = await browser.visit(callback, options);
    await this.#backgroundExchange(before);
    return visit;
  }

  /**
   * A browser of a person whom the client has connected, without anything odd.
   *
   * @throws NotSeen if the client does not connect
   */
  async connected(person?: Person): Promise<Browser> {
    const browser = await this.newBrowser(person);
    const before = await this.lastId();
    const { failure } = await this.connect(browser);
    if (failure !== undefined) throw new NotSeen(`the client did not connect: ${failure}`);
    const exchanged = (await this.requests(before)).exchanges.some(({ status }) => status === 200);
    if (!exchanged) throw new NotSeen('the client did not exchange a code, so it was not connected anew');
    return browser;
  }

  /**
   * Makes the client use the API.
   *
   * @throws NotSeen if its calls do not use the token
   */
  async call(browser: Browser): Promise<Call> {
    if (this.callsProveNothing !== undefined) throw new NotSeen(this.callsProveNothing);
    return this.callAnyway(browser);
  }

  /** The same, also if its calls prove nothing. */
  async callAnyway(browser: Browser): Promise<Call> {
    const before = await this.lastId();
    const call = await this.client.call(browser);
    if (call.isElsewhere !== true) return call;
    const { calls } = await this.requests(before);
    return { ...call, ok: call.ok && calls.some(({ status = 500 }) => status < 300) };
  }

  /**
   * Makes the client end its connection. Only for a check that needs `disconnect`.
   *
   * @throws NotSeen if the client refuses: then the connection was not ended
   */
  async disconnect(browser: Browser): Promise<void> {
    const { ok, outcome } = await this.tryToDisconnect(browser);
    if (!ok) throw new NotSeen(`the connection was not ended: ${outcome}`);
  }

  /** The same, whatever the client answers. */
  tryToDisconnect(browser: Browser): Promise<Call> {
    if (this.client.disconnect === undefined) throw new NotSeen('the exam was given no way to disconnect');
    return this.client.disconnect(browser);
  }

  /** Adds a fault for requests of the provider under exam. */
  async fault(rule: FaultRule): Promise<void> {
    await this.world.faults.add({ ...rule, match: { provider: this.provider.name, ...rule.match } });
  }

  /** Ends all faults. */
  clearFaults(): Promise<void> {
    return this.world.faults.clear();
  }

  /** Ends the life of all access tokens. Refresh tokens stay valid. */
  async expireAccessTokens(): Promise<void> {
    await this.world.tokens.expire({ provider: this.provider.name, kind: 'access' });
  }

  /** Id of the last request. 0: there was none. */
  async lastId(): Promise<number> {
    const [last] = await this.world.journal.list({ order: 'newest', limit: 1 });
    return last?.id ?? 0;
  }

  /** The requests of the provider under exam after an id, oldest first. Default: all of this check. */
  async requests(after = 0): Promise<SeenRequests> {
    const entries = await this.world.journal.list({ provider: this.provider.name, since: after });
    return new SeenRequests(entries.map((entry) => new SeenRequest(entry)));
  }

  /** Waits in real time until the client makes no more requests, to prove that something did not follow. */
  rest(): Promise<void> {
    // a client that works in the background has longer pauses
    return this.#quiet(restMs + 2 * this.lateMs);
  }

  async #quiet(eachMs: number): Promise<void> {
    let last = await this.lastId();
    for (let waited = 0; waited < restAtMostMs; waited += eachMs) {
      await this.pause(eachMs);
      const now = await this.lastId();
      if (now === last) return;
      last = now;
    }
  }

  /** The last entry, if there can be an exchange in the background. */
  async #idBeforeExchange(): Promise<number> {
    return this.lateMs > 0 ? this.lastId() : 0;
  }

  /** Waits until a client that exchanges codes in the background has done so, but not longer than for an answer. */
  async #backgroundExchange(before: number): Promise<void> {
    if (this.lateMs === 0) return;
    const beginsAtMost = restMs + 2 * this.lateMs;
    for (let waited = 0; waited < this.#timeoutMs; waited += restMs) {
      const { exchanges } = await this.requests(before);
      const isAnswered = exchanges.every(({ entry }) => entry.durationMs !== undefined);
      if (isAnswered && (exchanges.length > 0 || waited >= beginsAtMost)) break;
      await this.pause(restMs);
    }
    // the client has yet to keep the tokens
    await this.#quiet(restMs);
  }

  /** Waits in real time. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  /** Opens a host that is not the provider. It is closed when the check ends. */
  async otherHost(): Promise<OtherHost> {
    const host = new OtherHost(new URL(this.provider.info.baseUrl).hostname);
    await host.open();
    this.#hosts.push(host);
    return host;
  }

  /** Ends the check: what it still asks of the stage is refused, so that it cannot act in the world of the next one. */
  end(): void {
    this.#isOver = true;
    for (const browser of this.#browsers) browser.endRequests();
  }

  /** Ends the connections that this check made, as far as the client can, so that the next check begins without one. */
  async leave(): Promise<void> {
    for (const host of this.#hosts) host.close();
    await this.#world.faults.clear();
    if (this.#client.disconnect === undefined) return;
    // one that does not answer is not asked for each of its browsers
    const latest = steadyNow() + this.#timeoutMs;
    for (const browser of this.#browsers) {
      if (steadyNow() < latest) await this.#client.disconnect(browser);
    }
    this.#browsers = [];
  }

  #refuseWhenOver(): void {
    if (this.#isOver) throw new Error('the check is over');
  }
}
