import { isBelow, loopback, realProviderAt } from './provider-hosts.js';
import type { VisitedProvider } from './browser.js';

/** The pages of one authorization, at whichever provider it is. */
export class AuthorizationPages implements VisitedProvider {
  /** The authorization request, as soon as the browser was sent to it. */
  request: URL | undefined;
  readonly #application: URL;
  readonly #server: URL | undefined;

  /**
   * @param start the URL that is visited first: the request itself, or one of the application
   * @param baseUrl where the world is, if it is known
   */
  constructor(start: URL, baseUrl: string | undefined) {
    this.#application = start;
    this.#server = baseUrl === undefined ? undefined : new URL(baseUrl);
    this.at(start);
  }

  at(url: URL): URL | undefined {
    const found = this.#atServer(url);
    if (found === undefined) return undefined;
    this.request ??= this.#isRequest(found) ? found : undefined;
    return this.request !== undefined && isPageOf(this.request, found) ? found : undefined;
  }

  otherAt(url: URL): string | undefined {
    const real = realProviderAt(url);
    if (real !== undefined) {
      return this.#server === undefined
        ? `the real ${real}; give the application the URLs of the server, or call the method authorize of a world`
        : undefined;
    }
    const known = [this.#application, this.#server].map((each) => each?.hostname);
    if (known.includes(url.hostname) || loopback.includes(url.hostname)) return undefined;
    return 'neither the application, nor the server, nor this machine, so nothing was sent to it';
  }

  /** A URL as the server has it. Undefined: it is that of a real provider, and no server is known. */
  #atServer(url: URL): URL | undefined {
    const real = realProviderAt(url);
    if (real === undefined) return url;
    if (this.#server === undefined) return undefined;
    const { origin, pathname } = this.#server;
    return new URL(`${origin}${pathname.replace(/\/$/, '')}/${real}${url.pathname}${url.search}`);
  }

  /** Parameters tell an authorization request of a server that is known by another name, or not at all. */
  #isRequest(url: URL): boolean {
    const { searchParams } = url;
    const isKnown = this.#server !== undefined && isBelow(url, this.#server);
    return isKnown || (searchParams.has('client_id') && searchParams.has('response_type'));
  }
}

/**
 * The pages of an authorization have `authorization` in the query, or are its first URL. A callback on the same origin
 * has neither.
 */
const isPageOf = (request: URL, { origin, pathname, searchParams }: URL): boolean =>
  origin === request.origin && (searchParams.has('authorization') || pathname === request.pathname);
