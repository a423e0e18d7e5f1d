import { demo } from '../support.js';

/** Behaviour of a client in the places where clients have bugs. `careful` has none; each test replaces one habit. */
export interface Habits {
  /** Maximum number of attempts after temporary failures. */
  readonly attempts: number;
  readonly timeoutMs: number;
  readonly checksState: boolean;
  /** Whether it obeys Retry-After. */
  readonly waits: boolean;
  /** What it checks before it reads tokens from an answer: status, Content-Type and `error`, the status, or nothing. */
  readonly reads: 'with care' | 'the status alone' | 'anything';
  /** Whether it keeps its refresh token if an answer has none. */
  readonly keepsRefreshToken: boolean;
  /** The expiry that it computes for a token, in milliseconds. */
  readonly expiry: (now: number, expiresIn: unknown) => number;
  /** Whether parallel calls share one refresh. */
  readonly sharesRefresh: boolean;
  readonly afterRefusedRefresh: 'signs in' | 'tries again';
  /** Maximum number of refreshes for one call after a 401. */
  readonly refreshesOn401: number;
  readonly follows: 'with the same request' | 'with a GET';
  /** What it does with its tokens after a refresh that failed temporarily. */
  readonly afterFailure: 'keeps tokens' | 'forgets tokens';
}

export const careful: Habits = {
  attempts: 5,
  timeoutMs: 5000,
  checksState: true,
  waits: true,
  reads: 'with care',
  keepsRefreshToken: true,
  expiry: (now, expiresIn) => (Number.isFinite(Number(expiresIn)) ? now + Number(expiresIn) * 1000 : Infinity),
  sharesRefresh: true,
  afterRefusedRefresh: 'signs in',
  refreshesOn401: 1,
  follows: 'with the same request',
  afterFailure: 'keeps tokens',
};

export interface Place {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly resourceUrl: string;
  readonly now: () => number;
}

interface Tokens {
  readonly access: string;
  readonly refresh: string;
  readonly expiresAt: number;
}

/** A definite refusal. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
/** A temporary failure: a retry may succeed. */
export class Failed extends Error {
  override readonly name = 'Failed';
}

/** Limit of requests. A client that exceeds it is in an endless loop. */
const requestLimit = 60;

/** A minimal OAuth2 client. It does not wait: it records how long it would have waited. */
export class Client {
  tokens: Tokens | undefined;
  signIns = 0;
  refreshes = 0;
  readonly waited: number[] = [];
  readonly #place: Place;
  readonly #habits: Habits;
  #requests = 0;
  #refreshing: Promise<void> | undefined;

  constructor(place: Place, habits: Habits) {
    this.#place = place;
    this.#habits = habits;
  }

  /** Gets an authorization code, and exchanges it. */
  async signIn(): Promise<void> {
    this.signIns += 1;
    const state = `state-${this.signIns}-${this.#requests}`;
    const url = new URL(this.#place.authorizeUrl);
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: demo.id,
      redirect_uri: demo.redirectUri,
      state,
    }).toString();
    const answer = await this.#send(url.href, { redirect: 'manual' });
    const callback = new URL(answer.headers.get('location') ?? 'about:blank').searchParams;
    const code = callback.get('code');
    const isMine = !this.#habits.checksState || callback.get('state') === state;
    if (code === null || !isMine) return this.signIn();
    this.#store(await this.#tokenRequest({ grant_type: 'authorization_code', code, redirect_uri: demo.redirectUri }));
  }

  /** Calls the API, after a sign-in or a refresh if needed. */
  async call(): Promise<unknown> {
    if (this.tokens === undefined) await this.signIn();
    if (!(this.tokens!.expiresAt > this.#place.now())) await this.refresh();
    for (let refreshed = 0; ; refreshed += 1) {
      const { status, body } = await this.#patiently(() => this.#getResource());
      if (status < 400) return body;
      if (status !== 401 || refreshed >= this.#habits.refreshesOn401) throw new Refused(`the API answered ${status}`);
      await this.refresh();
    }
  }

  async refresh(): Promise<void> {
    if (!this.#habits.sharesRefresh) return this.#refresh();
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refresh(): Promise<void> {
    this.refreshes += 1;
    try {
      this.#store(await this.#tokenRequest({ grant_type: 'refresh_token', refresh_token: this.tokens!.refresh }));
    } catch (error) {
      if (error instanceof Refused && this.#habits.afterRefusedRefresh === 'tries again') return this.#refresh();
      if (error instanceof Refused) return this.signIn();
      if (this.#habits.afterFailure === 'forgets tokens') this.tokens = undefined;
      throw error;
    }
  }

  #store({ access_token: access, refresh_token: refresh, expires_in: expiresIn }: Record<string, unknown>): void {
    const old = this.#habits.keepsRefreshToken ? this.tokens?.refresh : undefined;
    this.tokens = {
      access: String(access),
      refresh: typeof refresh === 'string' ? refresh : String(old),
      expiresAt: this.#habits.expiry(this.#place.now(), expiresIn),
    };
  }

  #tokenRequest(form: Record<string, string>): Promise<Record<string, unknown>> {
    return this.#patiently(async () => {
      const answer = await this.#post(
        this.#place.tokenUrl,
        new URLSearchParams({ ...form, client_id: demo.id, client_secret: demo.secret }),
      );
      return this.#readTokens(answer.status, answer.headers.get('content-type') ?? '', await answer.text());
    });
  }

  async #post(url: string, body: URLSearchParams): Promise<Response> {
    const answer = await this.#send(url, { method: 'POST', body, redirect: 'manual' });
    if (answer.status !== 307 && answer.status !== 308) return answer;
    const target = new URL(answer.headers.get('location')!, url);
    if (this.#habits.follows === 'with a GET') return this.#send(target.href, {});
    // Secrets are not sent to another origin.
    if (target.origin !== new URL(url).origin) {
      throw new Refused(`the token endpoint is said to be at ${target.origin}`);
    }
    return this.#post(target.href, body);
  }

  #readTokens(status: number, type: string, text: string): Record<string, unknown> {
    const { reads } = this.#habits;
    if (reads === 'anything') return JSON.parse(text) as Record<string, unknown>;
    if (status >= 500 || status === 429) throw new Failed(`the token endpoint answered ${status}`);
    if (reads === 'with care' && !type.includes('json')) throw new Failed(`the token endpoint answered ${type}`);
    const body = parse(text);
    if (status >= 400 || (reads === 'with care' && 'error' in body)) throw new Refused(String(body.error));
    return body;
  }

  async #getResource(): Promise<{ status: number; body: unknown }> {
    const answer = await this.#send(this.#place.resourceUrl, {
      headers: { authorization: `Bearer ${this.tokens!.access}` },
    });
    const { status } = answer;
    if (status === 429) {
      const seconds = Number(answer.headers.get('retry-after') ?? 1);
      if (this.#habits.waits) this.waited.push(seconds);
      throw new Failed('too many calls');
    }
    if (status >= 500) throw new Failed(`the API answered ${status}`);
    return { status, body: status === 200 ? parse(await answer.text()) : undefined };
  }

  /** Retries after temporary failures. */
  async #patiently<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof Failed) || tries >= this.#habits.attempts) throw error;
      }
    }
  }

  /** Sends a request. A connection error or an incomplete body is a temporary failure. */
  async #send(url: string, init: RequestInit): Promise<Response> {
    this.#requests += 1;
    if (this.#requests > requestLimit) throw new Error('the client exceeds the limit of requests');
    try {
      const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(this.#habits.timeoutMs) });
      const body = await answer.text();
      return new Response(body === '' ? null : body, { status: answer.status, headers: answer.headers });
    } catch (error) {
      throw new Failed('the connection failed', { cause: error });
    }
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new Failed('not JSON');
  }
}
