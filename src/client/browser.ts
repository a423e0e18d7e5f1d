import { CookieJar } from 'tough-cookie';
import { fillForm } from './page-form.js';
import { whyUnanswered } from '../input/fetch-error.js';
import { timeLimit } from '../input/time-limit.js';

/** Maximum number of requests of one visit. Browsers give up after 20 redirects. */
const requestLimit = 20;

/** Maximum size of a page that is read, in bytes. */
const pageBytes = 5_000_000;

/** A person who logs in at the provider. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly password: string;
}

/** A page as the browser got it. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** The provider as a browser asks about it. */
export interface VisitedProvider {
  /** Is told of each URL before the browser visits it. */
  beforeVisit?(url: URL): void;
  /** Where a browser finds a URL of the provider. Undefined: the URL is not the provider's. */
  at(url: URL): URL | undefined;
  /** Why nothing may be sent to a URL, as a clause such as `it leads to …`. Undefined: it may be visited. */
  whyNotVisited(url: URL): string | undefined;
}

/** How a URL is visited. */
export interface VisitOptions {
  /** Default: GET. */
  readonly method?: string;
  /** Fields of a form, sent as the body. */
  readonly fields?: URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the person answers on the consent page. Default: allow. */
  readonly decision?: 'allow' | 'deny';
  /** The scopes to allow, if the consent page asks for each scope. Default: all scopes. */
  readonly scopes?: readonly string[] | undefined;
  /** Changes the URL that is visited first. */
  readonly onStart?: (url: URL) => URL;
  /** Changes the redirect back to the client before it is followed. Undefined: it is not followed. */
  readonly onCallback?: (callback: URL) => URL | undefined;
  /** Ends the visit at the first URL of the provider, before it is asked for. */
  readonly stopsAtProvider?: boolean;
}

/** A visit: all requests from a URL to the page at which redirects and login pages end. */
export interface Visit {
  /** The last page. Undefined: the visit ended without one. */
  readonly page: Page | undefined;
  /** The redirect back to the client, as the provider sent it. Undefined: the provider sent none. */
  readonly callback: URL | undefined;
  /** The fields of the form that leads back to the client (response_mode=form_post). Undefined: a redirect does. */
  readonly callbackFields: URLSearchParams | undefined;
  /** Every URL, in order. */
  readonly visited: readonly string[];
  /** The statuses of their answers. A URL that was not answered is the last one, and has none. */
  readonly statuses: readonly number[];
  /** Why there is no last page, if it is not what was asked for. */
  readonly failure: string | undefined;
  /** Whether the visit ended at the provider: a refusal, or a login page that was not to be filled in. */
  readonly endedAtProvider: boolean;
}

/** A request of a visit. */
interface Step {
  readonly url: URL;
  readonly method: string;
  readonly fields?: URLSearchParams | undefined;
}

/**
 * A browser without a screen: it keeps cookies, follows redirects, and answers the login and consent pages of the
 * provider as one person. The cookies of the provider are kept apart: another person can log in while the application
 * knows the browser.
 */
export class Browser {
  person: Person;
  readonly #provider: VisitedProvider;
  readonly #timeoutMs: number;
  readonly #signal: AbortSignal;
  #inProgress = new AbortController();
  readonly #application = newJar();
  #providerJar = newJar();

  constructor(person: Person, provider: VisitedProvider, timeoutMs: number, signal: AbortSignal) {
    this.person = person;
    this.#provider = provider;
    this.#timeoutMs = timeoutMs;
    this.#signal = signal;
  }

  /** Logs out at the provider, by forgetting its cookies. The next person to log in is this one. */
  logOutAtProvider(person: Person): void {
    this.#providerJar = newJar();
    this.person = person;
  }

  /** Ends the requests in progress. Later ones are made. */
  endRequests(): void {
    this.#inProgress.abort();
    this.#inProgress = new AbortController();
  }

  /** Whether the application gave this browser a cookie, so that it can tell it from others. */
  async isKnown(): Promise<boolean> {
    const { cookies } = await this.#application.serialize();
    return cookies.length > 0;
  }

  /**
   * Visits a URL. What a server does is no error: see `failure`.
   *
   * @throws ArgumentError if the consent page asks for each scope, and not for one of the given ones
   */
  async visit(start: string | URL, options: VisitOptions = {}): Promise<Visit> {
    const visited: string[] = [];
    const statuses: number[] = [];
    let callback: URL | undefined;
    let callbackFields: URLSearchParams | undefined;
    const url = options.onStart === undefined ? new URL(start) : options.onStart(new URL(start));
    let step: Step = { url, method: options.method ?? 'GET', fields: options.fields };
    const end = (page?: Page, failure?: string): Visit => ({
      page,
      callback,
      callbackFields,
      visited,
      statuses,
      failure,
      endedAtProvider: this.isProvider(step.url),
    });
    for (;;) {
      this.#provider.beforeVisit?.(step.url);
      if (options.stopsAtProvider === true && this.isProvider(step.url)) return end();
      if (visited.length === requestLimit) {
        return end(undefined, `it made more than ${requestLimit} requests, the last to ${loopOf(visited)}`);
      }
      // nothing is ever sent to a real provider
      const why = this.#provider.whyNotVisited(step.url);
      if (why !== undefined) return end(undefined, why);
      visited.push(step.url.href);
      // relative redirects and cookies belong to the server, also below the name of the real host
      step = { ...step, url: this.#provider.at(step.url) ?? step.url };
      const page = await this.#request(step, visited.length === 1 ? options.headers : undefined);
      if (typeof page === 'string') return end(undefined, page);
      statuses.push(page.status);
      const next = this.#next(page, step, options);
      if (next === undefined) return end(page);
      const leaves = this.isProvider(step.url) && !this.isProvider(next.url);
      step = next;
      if (!leaves) continue;
      callback = new URL(next.url);
      callbackFields = page.headers.has('location') ? undefined : next.fields;
      const followed = options.onCallback === undefined ? callback : options.onCallback(new URL(callback));
      if (followed === undefined) return end();
      step = { ...next, url: followed };
    }
  }

  /** Whether a URL is one of the provider. */
  isProvider(url: URL): boolean {
    return this.#provider.at(url) !== undefined;
  }

  /** Where a page leads: its redirect, or its form if it is the provider's. */
  #next({ status, headers, body }: Page, { url, method, fields }: Step, options: VisitOptions): Step | undefined {
    const location = headers.get('location');
    if (status >= 300 && status < 400 && location !== null) {
      // a browser follows no redirect to another scheme, such as javascript:
      if (!URL.canParse(location, url.href) || !/^https?:/.test(new URL(location, url.href).href)) return undefined;
      const target = new URL(location, url);
      // 307 and 308 keep the method and the body (RFC 9110 §15.4.8, §15.4.9)
      return status >= 307 ? { url: target, method, fields } : { url: target, method: 'GET' };
    }
    if (!this.isProvider(url) || status >= 400 || !body.includes('<form')) return undefined;
    const form = fillForm(body, { ...this.person, decision: options.decision ?? 'allow', scopes: options.scopes });
    return { url: new URL(form.action, url), method: 'POST', fields: form.fields };
  }

  /** @returns the page, or why there is none */
  async #request({ url, method, fields }: Step, headers: VisitOptions['headers']): Promise<Page | string> {
    const jar = this.isProvider(url) ? this.#providerJar : this.#application;
    const cookie = await jar.getCookieString(url.href);
    try {
      using limit = timeLimit(this.#timeoutMs, this.#signal, this.#inProgress.signal);
      const answer = await fetch(url, {
        method,
        redirect: 'manual',
        // an idle connection would break when a check restarts the application
        headers: {
          accept: 'text/html,*/*;q=0.8',
          connection: 'close',
          ...headers,
          ...(cookie === '' ? {} : { cookie }),
        },
        signal: limit.signal,
        ...(fields === undefined ? {} : { body: fields }),
      });
      for (const each of answer.headers.getSetCookie()) await jar.setCookie(each, url.href, { ignoreError: true });
      return { url: url.href, status: answer.status, headers: answer.headers, body: await textOf(answer) };
    } catch (error) {
      return `${method} ${originAndPath(url)} had no answer: ${whyUnanswered(error)}`;
    }
  }
}

/** Applications under exam run on localhost and on names of a network of containers, which are no public suffixes. */
const newJar = (): CookieJar => new CookieJar(undefined, { rejectPublicSuffixes: false, looseMode: true });

async function textOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > pageBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A URL without its query, which may have secrets. */
export const originAndPath = ({ origin, pathname }: URL): string => origin + pathname;

/** The last URLs of a loop, without their queries, which have codes. */
function loopOf(visited: readonly string[]): string {
  return [...new Set(visited.slice(-4).map((url) => originAndPath(new URL(url))))].join(' → ');
}
