import { isBelow, loopback, realProviderAt } from './provider-hosts.js';
import type { VisitedProvider } from './browser.js';
import type { RealProvider } from './provider-hosts.js';

/** The world whose provider is visited. */
export interface KnownWorld {
  /** Undefined: any world of the server. */
  readonly id: string | undefined;
  readonly baseUrl: string;
  readonly token: string | undefined;
}

/** The pages of one authorization, at whichever provider it is. */
export class AuthorizationPages implements VisitedProvider {
  /** The authorization request, as soon as the browser was sent to it. */
  request: URL | undefined;
  readonly #application: URL;
  readonly #world: KnownWorld | undefined;
  readonly #server: URL | undefined;
  readonly #providers: readonly RealProvider[] | undefined;

  /**
   * @param start the URL that is visited first: the request itself, or one of the application
   * @param world the world to visit, if it is known
   * @param providers the providers of that world. Default: the built-in ones
   */
  constructor(start: URL, world: KnownWorld | undefined, providers?: readonly RealProvider[]) {
    this.#application = start;
    this.#world = world;
    this.#providers = providers;
    this.#server = world === undefined ? undefined : new URL(world.baseUrl);
    this.beforeVisit(start);
  }

  beforeVisit(url: URL): void {
    const found = this.#atServer(url);
    if (found !== undefined && this.#isRequest(found)) this.request ??= found;
  }

  at(url: URL): URL | undefined {
    const found = this.#atServer(url);
    return found !== undefined && this.request !== undefined && isPageOf(this.request, found) ? found : undefined;
  }

  whyNotVisited(url: URL): string | undefined {
    const leads = `it leads to ${url.origin}, which is`;
    const real = realProviderAt(url, this.#providers);
    if (real !== undefined) {
      return this.#server === undefined
        ? `${leads} the real ${real}; give the application the URLs of the server, or call the method authorize of ` +
            'a world'
        : undefined;
    }
    const known = [this.#application, this.#server].map((each) => each?.hostname);
    if (!known.includes(url.hostname) && !loopback.includes(url.hostname)) {
      return `${leads} neither the application, nor the server, nor this machine, so nothing was sent to it`;
    }
    const other = this.#otherWorld(url);
    return other === undefined
      ? undefined
      : `it leads to the world ${JSON.stringify(other)}, and authorize was called on the world ` +
          `${JSON.stringify(this.#world?.id)}; give the application the URLs of this one`;
  }

  /** The world of an authorization request, if it is another one than asked for. Undefined: the URL does not tell. */
  #otherWorld(url: URL): string | undefined {
    if (this.#world?.id === undefined || this.request?.href !== url.href) return undefined;
    const { id, baseUrl } = this.#world;
    const server = new URL(baseUrl.replace(/\/w\/[^/]+$/, ''));
    const [, named] = /\/w\/([^/]+)\//.exec(url.pathname) ?? [];
    const found = named ?? (isBelow(url, server) ? 'default' : id);
    return found === id ? undefined : found;
  }

  /** A URL as the server has it. Undefined: it is that of a real provider, and no server is known. */
  #atServer(url: URL): URL | undefined {
    const real = realProviderAt(url, this.#providers);
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
