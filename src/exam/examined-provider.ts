import { isBelow, loopback, realProviderAt } from '../client/provider-hosts.js';
import { isHostOf } from '../input/host-name.js';
import type { VisitedProvider } from '../client/browser.js';
import type { RealProvider } from '../client/provider-hosts.js';
import type { ProviderAnswer } from '../admin/schemas/providers.js';

/** How the server of a provider is reached. */
export interface ProviderAddresses {
  /** Base URL of the provider for the exam. Default: the one that it tells. */
  readonly reachedAt?: string;
  /** Further base URLs of the provider: the application may know it by any of them. */
  readonly knownAs?: readonly string[];
  /** The providers of the world. Default: the built-in ones. */
  readonly providers?: readonly RealProvider[];
}

/** The provider of an exam, as the world has it: its URLs, policy and conventions. */
export class ExaminedProvider implements VisitedProvider {
  readonly info: ProviderAnswer;

  readonly #reachedAt: string;
  readonly #bases: readonly URL[];
  readonly #providers: readonly RealProvider[] | undefined;

  constructor(info: ProviderAnswer, { reachedAt = info.baseUrl, knownAs = [], providers }: ProviderAddresses = {}) {
    this.info = info;
    this.#providers = providers;
    this.#reachedAt = reachedAt;
    this.#bases = [info.baseUrl, reachedAt, ...knownAs].map((base) => new URL(base));
  }

  get name(): string {
    return this.info.name;
  }

  get policy(): ProviderAnswer['policy'] {
    return this.info.policy;
  }

  /** Where on this server a browser finds a URL of the provider. Undefined: the URL is not the provider's. */
  at(url: URL): URL | undefined {
    const base = this.#bases.find((each) => isBelow(url, each));
    if (base !== undefined) return new URL(this.#reachedAt + url.pathname.slice(base.pathname.length) + url.search);
    // a client that runs below the proxy sends the browser to the real host
    const isReal = url.origin === this.info.origin || this.info.hosts.some((host) => isHostOf(host, url.hostname));
    if (!isReal) return undefined;
    return new URL(this.#reachedAt + url.pathname + url.search);
  }

  /** Nothing is sent to the real host of another provider. */
  whyNotVisited(url: URL): string | undefined {
    const real = realProviderAt(url, this.#providers);
    return real === undefined || real === this.name ? undefined : `it leads to ${url.origin}, which is ${real}`;
  }

  /** Whether the server is known by a name of this machine: a client that reaches it is on this machine too. */
  get isOnLoopback(): boolean {
    return loopback.includes(new URL(this.info.baseUrl).hostname);
  }

  /** Whether the provider gives refresh tokens to a client that asks for a code. */
  get refreshes(): boolean {
    return this.policy.refreshTokenIssued && this.policy.grants.includes('refresh_token');
  }

  /** Whether the provider has an endpoint that revokes tokens (RFC 7009). */
  get revokes(): boolean {
    return this.info.paths.revoke.length > 0;
  }

  /** Where the state of a flow travels: see the conventions of a provider. */
  get statePlace(): ProviderAnswer['conventions']['statePlace'] {
    return this.info.conventions.statePlace;
  }
}
