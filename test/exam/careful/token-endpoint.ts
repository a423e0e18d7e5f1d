import { halfToken, isRefused, isTakenForGood } from './careless.js';
import { NoAnswer, request, retryAfterMs } from './http.js';
import type { Answer } from './http.js';
import type { Flawed, Settings } from './settings.js';

/** Tokens as the provider gave them. */
export interface Tokens {
  readonly accessToken: string;
  /** Undefined: the provider gave none. */
  readonly refreshToken: string | undefined;
  /** Real time in milliseconds. Undefined: the provider did not say. */
  readonly expiresAt: number | undefined;
}

/** What a flaw reads out of a bad answer. */
const worthless: Tokens = { accessToken: 'undefined', refreshToken: undefined, expiresAt: undefined };

/** The provider refused the grant: only the person can help. */
export class GrantRefused extends Error {}

/** The provider cannot answer now. `retryAfterMs`: when to ask again. */
export class TryLater extends Error {
  readonly retryAfterMs: number;
  readonly status: number;

  constructor(message: string, retryAfterMs: number, status: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
    this.status = status;
  }
}

/** Calls the token endpoint, and reads its answer with suspicion. */
export class TokenEndpoint {
  readonly #settings: Settings;
  readonly #flawed: Flawed;
  #refreshes = 0;

  constructor(settings: Settings, flawed: Flawed) {
    this.#settings = settings;
    this.#flawed = flawed;
  }

  /** Whether the application has not refreshed before: for a flaw. */
  isFirstRefresh(): boolean {
    this.#refreshes += 1;
    return this.#refreshes === 1;
  }

  /** @throws GrantRefused, TryLater, NoAnswer */
  async ask(parameters: Readonly<Record<string, string>>): Promise<Tokens> {
    const careless: Flawed = (id) => parameters.grant_type === 'authorization_code' && this.#flawed(id);
    const url = new URL(this.#settings.tokenUrl);
    const form = new URLSearchParams(parameters);
    const headers = new Headers({ accept: 'application/json' });
    this.#authenticate(this.#flawed('no-secret-in-token-url') ? url.searchParams : form, headers);
    try {
      const answer = await this.#send(url, form, headers);
      if (isTakenForGood(answer, careless)) return worthless;
      if (isRefused(answer, careless)) throw new NoAnswer('the answer is not what was expected');
      return this.#read(answer);
    } catch (error) {
      const accessToken = halfToken(error, careless);
      if (accessToken === undefined) throw error;
      return { ...worthless, accessToken };
    }
  }

  #send(url: URL, form: URLSearchParams, headers: Headers): Promise<Answer> {
    const timeoutMs = this.#flawed('slow-answer-awaited') ? 400 : this.#settings.timeoutMs;
    const redirect = this.#flawed('token-redirect-not-followed') ? 'follow' : 'manual';
    if (this.#flawed('token-request-by-post') && form.has('code')) {
      return request(`${url.href}?${form.toString()}`, { headers, timeoutMs });
    }
    const body = this.#flawed('form-content-type') ? multipart(form) : form;
    return request(url.href, { method: 'POST', headers, body, timeoutMs, redirect });
  }

  /**
   * Revokes a token (RFC 7009), as far as the provider can.
   *
   * @returns whether the provider did
   */
  async revoke(token: string): Promise<boolean> {
    const { revokeUrl, timeoutMs } = this.#settings;
    if (revokeUrl === undefined) return false;
    const form = new URLSearchParams({ token });
    const headers = new Headers();
    this.#authenticate(form, headers);
    const answer = await request(revokeUrl, { method: 'POST', headers, body: form, timeoutMs }).catch(() => undefined);
    return answer?.status === 200;
  }

  /** RFC 6749 §2.3.1: either in the header, form-encoded, or in the body. */
  #authenticate(form: URLSearchParams, headers: Headers): void {
    const { clientId, clientSecret, credentialsIn } = this.#settings;
    const isBasic = credentialsIn === 'basic' && !this.#flawed('no-secret-in-token-url');
    if (isBasic) {
      const encode = this.#flawed('secret-encoded') ? (part: string): string => part : formEncode;
      const credentials = [clientId, clientSecret].map(encode).join(':');
      headers.set('authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
    }
    if (!isBasic || this.#flawed('one-authentication')) {
      form.set('client_id', clientId);
      form.set('client_secret', clientSecret);
    }
  }

  #read(answer: Answer): Tokens {
    const { status, headers } = answer;
    if (status === 429 || status >= 500) {
      throw new TryLater(`the token endpoint answered ${status}`, retryAfterMs(headers), status);
    }
    const members = parse(answer);
    if (typeof members.error === 'string') throw new GrantRefused(`the token endpoint refused: ${members.error}`);
    if (status >= 400) throw new GrantRefused(`the token endpoint answered ${status}`);
    const { access_token: accessToken, token_type: type, refresh_token: refreshToken } = members;
    if (status !== 200 || typeof accessToken !== 'string' || accessToken === '' || !this.#isBearer(type)) {
      throw new NoAnswer('the token endpoint gave no usable token');
    }
    return {
      accessToken,
      refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : undefined,
      expiresAt: this.#expiryOf(members.expires_in, headers),
    };
  }

  /** RFC 6749 §5.1: the type is read without regard to letter case. */
  #isBearer(type: unknown): boolean {
    if (type === undefined || this.#flawed('unknown-token-type-refused')) return true;
    return typeof type === 'string' && /^(bearer|access)$/i.test(type);
  }

  /** A lifetime that makes no sense is treated as unknown: the API says when the token is dead. */
  #expiryOf(value: unknown, headers: Headers): number | undefined {
    const seconds = Number(value ?? NaN);
    const aheadMs = Date.parse(headers.get('date') ?? '') - Date.now();
    if (aheadMs > 3_600_000 && this.#flawed('clock-ahead')) throw new NoAnswer('the answer is of the future');
    if (aheadMs < -3_600_000 && this.#flawed('clock-behind')) return Date.now() + aheadMs;
    if (this.#flawed('expires-in-negative') && seconds < 0) return Date.now() + seconds * 1000;
    if (this.#flawed('expires-in-huge') && seconds > 1e9) throw new RangeError('the date is out of range');
    return Number.isFinite(seconds) && seconds > 0 ? Date.now() + Math.min(seconds, 1e9) * 1000 : undefined;
  }
}

const formEncode = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

function multipart(form: URLSearchParams): FormData {
  const body = new FormData();
  for (const [name, value] of form) body.append(name, value);
  return body;
}

/** @throws NoAnswer if the body is no JSON object */
function parse({ body }: Answer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // said below
  }
  throw new NoAnswer('the token endpoint gave no JSON');
}
