import { hostname, isHostOf, variablesOfHost } from '../input/host-name.js';
import type { Provider } from '../providers/provider.js';

/** What is looked up about one provider for each request. */
export interface Addressed {
  readonly provider: Provider;
  /** Paths of its endpoints and pages, without those of its API. In lower case. */
  readonly protocolPaths: ReadonlySet<string>;
  /** Paths in lower case, each with the letter case that is routed. Undefined: the provider heeds letter case. */
  readonly canonicalPaths: readonly (readonly [string, string])[] | undefined;
}

/** Finds the provider of a request by the name in its path, or by its host. */
export class ProviderTables {
  readonly #byName: ReadonlyMap<string, Addressed>;
  readonly #byHost = new Map<string, Provider>();
  readonly #byPattern: (readonly [string, Provider])[] = [];

  /** The last header Host that was looked up, and what was found: a client sends the same one in each request. */
  #lastHeader: string | undefined;
  #lastFound: Provider | undefined;

  constructor(providers: readonly Provider[]) {
    this.#byName = new Map(providers.map((provider) => [provider.name, addressed(provider)]));
    for (const provider of providers) {
      for (const host of provider.hosts) {
        if (host.includes('{')) this.#byPattern.push([host, provider]);
        else this.#byHost.set(host, provider);
      }
    }
  }

  named(name: string): Addressed | undefined {
    return this.#byName.get(name);
  }

  /** The provider that is at the host of a header Host. */
  atHeader(header: string | undefined): Provider | undefined {
    if (header === undefined || header !== this.#lastHeader) {
      this.#lastHeader = header;
      this.#lastFound = this.at(hostname(header));
    }
    return this.#lastFound;
  }

  /** The provider that is at a host, given in lower case and without a port. */
  at(host: string): Provider | undefined {
    return this.#byHost.get(host) ?? this.#byPattern.find(([pattern]) => isHostOf(pattern, host))?.[1];
  }
}

const tables = new WeakMap<readonly Provider[], ProviderTables>();

/** The tables of a list of providers. They are made once for each list. */
export function tablesOf(providers: readonly Provider[]): ProviderTables {
  const known = tables.get(providers);
  if (known !== undefined) return known;
  const made = new ProviderTables(providers);
  tables.set(providers, made);
  return made;
}

/** The host of a provider that a host of a request is, with its variables: `{shop}.example.test`. Undefined: none. */
export function patternOf({ hosts }: Provider, host: string): string | undefined {
  // a host without variables counts first, as in `at`
  return hosts.includes(host) ? host : hosts.find((pattern) => isHostOf(pattern, host));
}

/** The variables in the host of a request, by name: of `{shop}.example.test` the variable `shop`. */
export function hostVariables(provider: Provider, host: string): Readonly<Record<string, string>> {
  const pattern = patternOf(provider, host);
  const variables = pattern === undefined ? undefined : variablesOfHost(pattern, host);
  return variables ?? {};
}

function addressed(provider: Provider): Addressed {
  const { endpoints, policy, accountPages = [] } = provider;
  const { authorize, token, refresh = [], revoke, introspect, tokenInfo, userinfo } = endpoints;
  const { metadata, jwks = [], login, api } = endpoints;
  const protocol = [
    ...authorize,
    ...token,
    ...refresh,
    ...revoke,
    ...introspect,
    ...tokenInfo,
    ...userinfo,
    ...metadata,
    ...jwks,
    login,
    ...accountPages.map(({ path }) => path),
  ];
  return {
    provider,
    protocolPaths: new Set(protocol.map((path) => path.toLowerCase())),
    canonicalPaths:
      policy.pathLetterCase === 'ignored'
        ? [...protocol, ...api].map((path) => [path.toLowerCase(), path] as const)
        : undefined,
  };
}
