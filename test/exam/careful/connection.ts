import { CutShort, NoAnswer, request, retryAfterMs } from './http.js';
import { GrantRefused, TryLater } from './token-endpoint.js';
import type { Answer } from './http.js';
import type { Flawed, Settings } from './settings.js';
import type { TokenEndpoint, Tokens } from './token-endpoint.js';

/** A token is renewed this long before it dies, in milliseconds. */
const leewayMs = 30_000;

/** The body with which the check refused-calls-share-refresh refuses a token that has not expired. */
const bodyOfFault = '{"error":"invalid_token"}';

/** Only the person can help: they have to connect again. */
export class MustConnect extends Error {}

/** What the API answered. */
export type ApiAnswer = Pick<Answer, 'status' | 'body'>;

/** The connection of one person: their tokens, and the calls that use them. */
export class Connection {
  #tokens: Tokens;
  readonly #settings: Settings;
  readonly #endpoint: TokenEndpoint;
  readonly #flawed: Flawed;
  /** The refresh in progress, which all calls share. */
  #refreshing: Promise<void> | undefined;
  /** Real times before which the endpoints are not asked again. */
  #refreshNotBefore = 0;
  #callNotBefore = 0;
  #isDead = false;
  /** What flaws remember: calls, those that wait for a refresh, how calls and refreshes ended. */
  #calls = 0;
  #callers = 0;
  #isRefusedByFault = false;
  #lastRefresh: Promise<void> = Promise.resolve();
  wasRefused = false;
  wasLost = false;

  constructor(tokens: Tokens, settings: Settings, endpoint: TokenEndpoint, flawed: Flawed) {
    this.#tokens = tokens;
    this.#settings = settings;
    this.#endpoint = endpoint;
    this.#flawed = flawed;
  }

  get tokens(): Tokens {
    return this.#tokens;
  }

  /** Calls the API without a refresh: for the flaw second-person. */
  callOnce(): Promise<ApiAnswer> {
    return this.#ask(this.#tokens.accessToken);
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /**
   * Calls the API, with a refresh where it is needed.
   *
   * @throws MustConnect, TryLater, NoAnswer
   */
  async call(): Promise<ApiAnswer> {
    if (this.#isDead) throw new MustConnect('the connection has ended');
    if (Date.now() < this.#callNotBefore) {
      throw new TryLater('the API asked to wait', this.#callNotBefore - Date.now(), 429);
    }
    const isEarly = this.#isAboutToDie() && this.#canRefresh();
    if (isEarly) await this.#refresh();
    for (let times = 0; times < 10 && this.#isAboutToDie() && this.#flawed('expires-in-negative'); times += 1) {
      await this.#refresh();
    }
    const used = this.#tokens.accessToken;
    const answer = await this.#ask(used);
    if (answer.status === 403 && this.#flawed('forbidden-is-not-expired')) await this.#refresh();
    this.#isRefusedByFault = answer.body === bodyOfFault;
    if (answer.status !== 401 || this.#flawed('refresh-after-401')) return answer;
    if (isEarly && this.#flawed('token-dies-between')) this.#die('a new token was refused');
    // another call may have refreshed in the meantime
    const isEachAlone = this.#flawed('refused-calls-share-refresh');
    if (used === this.#tokens.accessToken || isEachAlone) {
      await (isEachAlone ? this.#refreshInTurn() : this.#refresh()).catch((error: unknown) => this.#complain(error));
    }
    const second = await this.#ask(this.#tokens.accessToken);
    if (second.status === 401 && this.#flawed('good-token-401')) return this.#insist();
    return second;
  }

  /** The flaw revoked-while-connected. */
  async #complain(error: unknown): Promise<never> {
    const isFlawed = this.wasRefused && this.#flawed('revoked-while-connected');
    for (let times = 0; isFlawed && times < 8; times += 1) await this.#ask(this.#tokens.accessToken);
    throw error;
  }

  /** The flaw good-token-401. */
  async #insist(): Promise<ApiAnswer> {
    for (let times = 0; times < 5; times += 1) {
      await this.#refresh();
      await this.#ask(this.#tokens.accessToken);
    }
    throw new NoAnswer('the API refuses the token');
  }

  /** Forgets the tokens, after revoking them where the provider can. */
  async end(): Promise<void> {
    const { accessToken, refreshToken } = this.#tokens;
    if (this.#flawed('disconnect-forgets')) return;
    this.#isDead = !this.#flawed('disconnect-without-answer');
    for (const token of [refreshToken, accessToken]) {
      if (token === undefined || this.#flawed('disconnect-revokes')) continue;
      const isRevoked = await this.#endpoint.revoke(token);
      this.#isDead ||= isRevoked;
    }
  }

  #isAboutToDie(): boolean {
    this.#calls += 1;
    if (this.#flawed('no-needless-refresh') && this.#calls % 3 === 0) return true;
    const { expiresAt } = this.#tokens;
    return expiresAt !== undefined && expiresAt - leewayMs < Date.now() && !this.#flawed('refresh-before-expiry');
  }

  #canRefresh(): boolean {
    return this.#tokens.refreshToken !== undefined && Date.now() >= this.#refreshNotBefore;
  }

  async #ask(accessToken: string): Promise<ApiAnswer> {
    const answer = await this.#get(this.#settings.apiUrl, accessToken).catch((error: unknown) => {
      if (this.#flawed('reset-keeps-connection') && !(error instanceof CutShort)) this.#isDead = true;
      if (this.#flawed('truncated-keeps-connection') && error instanceof CutShort) this.#isDead = true;
      throw error;
    });
    if (answer.status === 503 && this.#flawed('unavailable-keeps-connection')) this.#isDead = true;
    if (answer.status === 429 && this.#flawed('rate-limit-waits')) return this.#get(this.#settings.apiUrl, accessToken);
    if (answer.status === 429 || answer.status === 503) {
      const wait = retryAfterMs(answer.headers);
      this.#callNotBefore = Date.now() + wait;
      throw new TryLater(`the API answered ${answer.status}`, wait, answer.status);
    }
    return answer;
  }

  async #get(url: string, accessToken: string): Promise<Answer> {
    const target = new URL(url);
    const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
    if (this.#flawed('token-in-header')) target.searchParams.set('trace', accessToken);
    const { timeoutMs } = this.#settings;
    const answer = await request(target.href, { headers, timeoutMs, longest: 5_000_000 });
    const location = answer.headers.get('location');
    return location !== null && this.#flawed('token-not-to-other-host') ? this.#get(location, accessToken) : answer;
  }

  /** One refresh at a time: the second would send a refresh token that the first has used. */
  async #refresh(): Promise<void> {
    this.#callers += 1;
    try {
      // the flaws two-calls and ten-calls are about expired tokens
      const isExpired = !this.#isRefusedByFault;
      if (isExpired && this.#flawed('two-calls-one-refresh')) await pause(50);
      const isAlone =
        isExpired &&
        ((this.#callers === 2 && this.#flawed('two-calls-one-refresh')) ||
          (this.#callers > 5 && this.#flawed('ten-calls-one-refresh')));
      if (isAlone) await this.#refreshOnce();
      else await this.#refreshTogether();
    } finally {
      this.#callers -= 1;
    }
  }

  /** The flaw refused-calls-share-refresh: a refresh for each call, with the token of the one before. */
  #refreshInTurn(): Promise<void> {
    this.#lastRefresh = this.#lastRefresh.then(() => this.#refreshOnce());
    return this.#lastRefresh;
  }

  #refreshTogether(): Promise<void> {
    this.#refreshing ??= this.#refreshOnce().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refreshOnce(): Promise<void> {
    const { refreshToken = this.#flawed('no-refresh-token') ? 'undefined' : undefined } = this.#tokens;
    if (refreshToken === undefined) return this.#die('there is no refresh token');
    if (Date.now() < this.#refreshNotBefore) throw new TryLater('the token endpoint was asked too soon', 1000, 0);
    try {
      const fresh = await this.#askForRefresh(refreshToken);
      // RFC 6749 §6: without a new refresh token the old one stays valid
      const kept = this.#flawed('old-refresh-token-kept') ? undefined : refreshToken;
      const next = this.#flawed('new-refresh-token-kept') ? refreshToken : (fresh.refreshToken ?? kept);
      this.#tokens = { ...fresh, refreshToken: next };
    } catch (error) {
      this.#failed(error);
    }
  }

  async #askForRefresh(refreshToken: string): Promise<Tokens> {
    const parameters = { grant_type: 'refresh_token', refresh_token: refreshToken };
    if (this.#flawed('refresh-scope-unchanged') && this.#endpoint.isFirstRefresh()) {
      await this.#endpoint.ask({ ...parameters, scope: 'import_customers everything' }).catch(() => undefined);
    }
    for (let left = 3; ; left -= 1) {
      try {
        return await this.#endpoint.ask(parameters);
      } catch (error) {
        const isRepeated =
          (error instanceof GrantRefused && this.#flawed('refresh-refused-ends')) ||
          (error instanceof TryLater && error.status === 429 && left === 3 && this.#flawed('refresh-429-waits')) ||
          (error instanceof TryLater && error.status === 503 && this.#flawed('refresh-not-hammered'));
        if (!isRepeated || left === 1) throw error;
      }
    }
  }

  /** Keeps the connection, unless the provider refused the grant. */
  #failed(error: unknown): never {
    if (error instanceof GrantRefused) {
      this.wasRefused = true;
      if (this.#flawed('refused-token-not-reused')) throw new MustConnect('the provider refuses');
      this.#die(error.message);
    }
    const status = error instanceof TryLater ? error.status : 0;
    this.wasLost ||= status === 0;
    const ends =
      (status === 503 && this.#flawed('refresh-500-keeps-connection')) ||
      (status === 429 && this.#flawed('refresh-429-keeps-connection')) ||
      (status === 502 && this.#flawed('refresh-html-keeps-connection')) ||
      (status === 0 && this.#flawed('refresh-reset-keeps-connection'));
    if (ends) this.#die('the refresh failed');
    const wait = error instanceof TryLater ? error.retryAfterMs : 500;
    this.#refreshNotBefore = this.#flawed('refresh-not-hammered') ? 0 : Date.now() + wait;
    throw error instanceof TryLater || error instanceof NoAnswer ? error : new NoAnswer(String(error));
  }

  #die(reason: string): never {
    this.#isDead = true;
    throw new MustConnect(reason);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
