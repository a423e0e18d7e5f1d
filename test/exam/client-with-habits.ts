import { settingsFor } from './careful/settings.js';
import { request } from './careful/http.js';
import type { Browser, Visit, VisitOptions } from '../../src/client/browser.js';
import type { Call, ClientUnderExam, Connection } from '../../src/exam/client-under-exam.js';
import type { ProviderAnswer } from '../../src/admin/schemas/providers.js';
import type { Answer } from './careful/http.js';
import type { Settings } from './careful/settings.js';

/** Habits of real clients, none of them wrong by itself. */
export interface Habits {
  /** Sends the person to the provider again, in place of a refresh. */
  readonly refreshesNever?: boolean;
  /** In place of a refresh, forgets the connection: the next use asks the person to connect. */
  readonly forgetsRefused?: boolean;
  /** Makes a call of the API at the end of a flow, and refreshes a token that lives for less than five minutes. */
  readonly callsAtConnect?: boolean;
  /** After a failed request, this time in milliseconds goes by before the next one to that endpoint. */
  readonly keepsAwayMs?: number;
  /** Answers with the last good answer of the API, if there is no new one. */
  readonly keepsAnswers?: boolean;
  /** Number of times that a request without a good answer is repeated at once. */
  readonly repeats?: number;
  /** Number of calls of the API that one use makes, at the same time. What was refused waits for the others. */
  readonly callsPerUse?: number;
  /** The calls of one use are made one after the other. */
  readonly callsInTurn?: boolean;
  /** The time in milliseconds after which a request that was answered with 429 is repeated. */
  readonly repeatsTooManyAfterMs?: number;
  /** Each call of the API that needs a refresh makes one of its own. */
  readonly refreshesAlone?: boolean;
  /** Each use begins with a refresh: no access token is kept. */
  readonly refreshesAlways?: boolean;
  /** The token expires when the clock of the provider says so. */
  readonly trustsServerTime?: boolean;
  /** The callback is written to the log. */
  readonly logsCallbacks?: boolean;
  /** Bad habits: the connection ends with any failed refresh. */
  readonly endsWithAnyFailure?: boolean;
  /** Refused refreshes are repeated as others are. */
  readonly repeatsRefusals?: boolean;
  /** Without a new refresh token, the text `undefined` is kept. */
  readonly losesRefreshToken?: boolean;
  /** Statuses of its pages. Default: 502 for an error, 401 for people who are not connected. */
  readonly errorStatus?: number;
  readonly unconnectedStatus?: number;
  /** It is driven by functions, which throw: it has no pages. */
  readonly hasNoPages?: boolean;
  /** Smallest time between two refreshes, in milliseconds. */
  readonly refreshesEveryMs?: number;
  /** It can disconnect. The token is revoked this time in milliseconds after the answer. */
  readonly revokesAfterMs?: number;
  /** The code is exchanged this time in milliseconds after the callback was answered. */
  readonly exchangesAfterMs?: number;
  /** A refused token is refreshed in the background, and the person is asked to repeat the call. */
  readonly refreshesBehind?: boolean;
  /** The API is called also without a connection, with the text `undefined` as the token. */
  readonly callsAnyway?: boolean;
  /** A person who is connected is not sent to the provider again. */
  readonly skipsFlow?: boolean;
  /** Uses without a call of the API: they are answered with the last good answer. */
  readonly callsOnce?: boolean;
}

interface Tokens {
  readonly access: string;
  readonly refresh: string | undefined;
  readonly expiresAt: number;
}

interface State {
  tokens: Tokens | undefined;
  refreshing?: Promise<boolean> | undefined;
  lastGood?: string;
  refreshedAt: number;
  /** By endpoint: the time before which it is not asked. */
  readonly notBefore: Map<string, number>;
}

const unanswered: Answer = { status: 0, headers: new Headers(), body: '' };

/** A client in a few lines, with habits. Browsers are told apart, as a web application does by cookies. */
export class ClientWithHabits implements ClientUnderExam {
  readonly hasPages: boolean;
  readonly useCredentials = undefined;
  readonly disconnect: ((browser: Browser) => Promise<Call>) | undefined;
  readonly restart = undefined;
  readonly #settings: Settings;
  readonly #habits: Habits;
  readonly #states = new WeakMap<Browser, State>();
  readonly #only: State = newState();
  readonly #log: string[] = [];
  readonly output: (() => string) | undefined;

  constructor(info: ProviderAnswer, habits: Habits) {
    this.hasPages = habits.hasNoPages !== true;
    this.#settings = settingsFor({ info });
    this.#habits = habits;
    this.disconnect = habits.revokesAfterMs === undefined ? undefined : (browser) => this.#disconnect(browser);
    this.output = habits.logsCallbacks === true ? () => this.#log.join('\n') : undefined;
  }

  readonly connect = async (browser: Browser, options: VisitOptions = {}): Promise<Connection> => {
    if (this.#habits.skipsFlow === true && this.#isConnected(this.#stateOf(browser))) {
      return { visit: undefined, failure: undefined };
    }
    const { authorizeUrl, clientId, scope } = this.#settings;
    const redirectUri = 'http://localhost:3000/callback';
    const url = new URL(authorizeUrl);
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      ...(scope === undefined ? {} : { scope }),
    }).toString();
    let code: string | null = null;
    const visit = await browser.visit(url, {
      ...options,
      onCallback: (callback) => {
        code = callback.searchParams.get('code');
        if (this.#habits.logsCallbacks === true) this.#log.push(callback.href);
        return undefined;
      },
    });
    const { exchangesAfterMs } = this.#habits;
    const exchange = (): Promise<Connection> => this.#exchange(browser, visit, String(code), redirectUri);
    if (exchangesAfterMs === undefined) return exchange();
    setTimeout(() => void exchange().catch(() => undefined), exchangesAfterMs);
    return { visit, failure: undefined };
  };

  async #exchange(browser: Browser, visit: Visit, code: string, redirectUri: string): Promise<Connection> {
    const state = this.#stateOf(browser);
    const answer = await this.#token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri });
    if (answer.status !== 200) return { visit, failure: 'no token' };
    state.tokens = this.#tokensOf(answer, undefined);
    state.notBefore.clear();
    if (this.#habits.callsAtConnect === true) await this.call(browser);
    return { visit, failure: undefined };
  }

  readonly call = async (browser: Browser): Promise<Call> => {
    const state = this.#stateOf(browser);
    const { callsPerUse = 1, keepsAnswers, refreshesNever } = this.#habits;
    if (!this.#isConnected(state) && this.#habits.callsAnyway !== true) {
      return this.#failed('not connected', this.#habits.unconnectedStatus ?? 401);
    }
    if (this.#habits.callsOnce === true && state.lastGood !== undefined) return shown(state.lastGood);
    const answers = this.#habits.callsInTurn === true ? [] : await this.#askAtOnce(state, callsPerUse);
    while (answers.length < callsPerUse) answers.push(await this.#ask(state));
    const bad = answers.find(({ status }) => status < 200 || status > 299);
    if (bad === undefined) state.lastGood = String(answers[0]?.body);
    const text = bad === undefined || keepsAnswers === true ? state.lastGood : undefined;
    if (text !== undefined) return shown(text);
    if (bad?.status === 401 && refreshesNever === true) {
      return { ok: false, asksPerson: true, outcome: 'the person is sent to the provider', text: '' };
    }
    return this.#isConnected(state)
      ? this.#failed('try again later', this.#habits.errorStatus ?? 502)
      : this.#failed('not connected any more', this.#habits.unconnectedStatus ?? 401);
  };

  async #disconnect(browser: Browser): Promise<Call> {
    const state = this.#stateOf(browser);
    const { revokeUrl = '', clientId, clientSecret, timeoutMs } = this.#settings;
    const token = state.tokens?.access;
    state.tokens = undefined;
    const revoke = (): void => {
      const body = new URLSearchParams({ token: String(token), client_id: clientId, client_secret: clientSecret });
      request(revokeUrl, { method: 'POST', body, timeoutMs }).catch(() => undefined);
    };
    if (token !== undefined) setTimeout(revoke, this.#habits.revokesAfterMs);
    return Promise.resolve(shown('disconnected'));
  }

  #failed(what: string, status: number): Call {
    const call = { ok: false, asksPerson: false, text: '' };
    return this.hasPages
      ? { ...call, outcome: `status ${status}`, status }
      : { ...call, outcome: `it threw Error: ${what}` };
  }

  #isConnected({ tokens }: State): boolean {
    return tokens !== undefined;
  }

  #stateOf(browser: Browser): State {
    if (!this.hasPages) return this.#only;
    const state = this.#states.get(browser) ?? newState();
    this.#states.set(browser, state);
    return state;
  }

  /** A refused call goes on when all are answered: so no machine is too slow for one refresh to be enough. */
  #askAtOnce(state: State, count: number): Promise<Answer[]> {
    let allAnswered = (): void => undefined;
    const others = new Promise<void>((resolve) => {
      allAnswered = resolve;
    });
    let left = count;
    const answered = (): Promise<void> => {
      left -= 1;
      if (left === 0) allAnswered();
      return others;
    };
    return Promise.all(Array.from({ length: count }, () => this.#ask(state, answered)));
  }

  /**
   * Calls the API. A refused token is refreshed, and the call repeated.
   *
   * @param answered told when there is a first answer, or none will come; resolves when the call may go on
   */
  async #ask(state: State, answered = (): Promise<void> => Promise.resolve()): Promise<Answer> {
    const { refreshesNever, refreshesAlways } = this.#habits;
    if (this.#isOld(state) || refreshesAlways === true) {
      const isFresh = refreshesNever !== true && (await this.#refresh(state));
      if (!isFresh) {
        void answered();
        return refreshesNever === true ? { ...unanswered, status: 401 } : unanswered;
      }
    }
    const used = state.tokens?.access;
    const answer = await this.#api(state, used);
    await answered();
    if (answer.status === 401 && this.#habits.forgetsRefused === true) {
      state.tokens = undefined;
      return answer;
    }
    if (answer.status !== 401 || refreshesNever === true) return answer;
    if (this.#habits.refreshesBehind === true) {
      void this.#refresh(state);
      return { ...unanswered, status: 503 };
    }
    const isFresh = used !== state.tokens?.access || (await this.#refresh(state));
    return isFresh ? this.#api(state, state.tokens?.access) : answer;
  }

  #isOld({ tokens }: State): boolean {
    const leewayMs = this.#habits.callsAtConnect === true ? 300_000 : 0;
    return tokens !== undefined && tokens.expiresAt - leewayMs < Date.now();
  }

  #api(state: State, accessToken: string | undefined): Promise<Answer> {
    const { apiUrl, timeoutMs } = this.#settings;
    const headers = { authorization: `Bearer ${String(accessToken)}`, accept: 'application/json' };
    return this.#keepAway(state, 'api', () => request(apiUrl, { headers, timeoutMs }));
  }

  #refresh(state: State): Promise<boolean> {
    if (this.#habits.refreshesAlone === true) return this.#refreshOnce(state);
    state.refreshing ??= this.#refreshOnce(state).finally(() => {
      state.refreshing = undefined;
    });
    return state.refreshing;
  }

  async #refreshOnce(state: State): Promise<boolean> {
    const refreshToken = state.tokens?.refresh;
    const { refreshesEveryMs = 0, endsWithAnyFailure, losesRefreshToken } = this.#habits;
    if (refreshToken === undefined || Date.now() < state.refreshedAt + refreshesEveryMs) return false;
    const answer = await this.#keepAway(state, 'token', () =>
      this.#token({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    );
    const isUsable = answer.status === 200 && answer.body.startsWith('{');
    if (isUsable) {
      state.tokens = this.#tokensOf(answer, losesRefreshToken === true ? 'undefined' : refreshToken);
      state.refreshedAt = Date.now();
    } else if (endsWithAnyFailure === true || answer.status === 400 || answer.status === 401) {
      state.tokens = undefined;
    }
    return isUsable;
  }

  #token(parameters: Readonly<Record<string, string>>): Promise<Answer> {
    const { tokenUrl, timeoutMs, clientId, clientSecret } = this.#settings;
    const body = new URLSearchParams({ ...parameters, client_id: clientId, client_secret: clientSecret });
    return request(tokenUrl, { method: 'POST', body, timeoutMs });
  }

  async #keepAway(state: State, endpoint: string, ask: () => Promise<Answer>): Promise<Answer> {
    const { keepsAwayMs = 0, repeats = 0, repeatsTooManyAfterMs: waitMs, repeatsRefusals } = this.#habits;
    if (Date.now() < (state.notBefore.get(endpoint) ?? 0)) return unanswered;
    for (let left = repeats; ; left -= 1) {
      const answer = await ask().catch(() => unanswered);
      const { status } = answer;
      const isTooMany = status === 429;
      if (isTooMany && waitMs !== undefined) {
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        return ask();
      }
      const isUsual = status !== 0 && status < 500 && !isTooMany;
      if (isUsual && (status < 300 || endpoint === 'api' || repeatsRefusals !== true)) return answer;
      state.notBefore.set(endpoint, Date.now() + keepsAwayMs);
      if (left <= 0 || isTooMany) return answer;
    }
  }

  #tokensOf({ body, headers }: Answer, old: string | undefined): Tokens {
    const members = JSON.parse(body) as { access_token: string; refresh_token?: string; expires_in?: number };
    const { access_token: access, refresh_token: refresh = old, expires_in: seconds = 3600 } = members;
    const now = this.#habits.trustsServerTime === true ? Date.parse(String(headers.get('date'))) : Date.now();
    return { access, refresh, expiresAt: now + seconds * 1000 };
  }
}

const shown = (text: string): Call => ({ ok: true, asksPerson: false, outcome: 'status 200', status: 200, text });

const newState = (): State => ({ tokens: undefined, refreshedAt: 0, notBefore: new Map() });
