import type { TellMistake } from './body.js';

/** A path with the variables as the router has them: `/{tenant}/token` becomes `/:tenant/token`. */
export const routedPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** The key of the path of an endpoint in `pathHosts`: as the router has it. */
const keyOf = (member: string, path: string): string => (member === 'api' ? `${path.replace(/\/$/, '')}/*` : path);

/** What a provider has beside its paths, for reading these. */
export interface PathHostsOptions {
  /** All hosts of the provider. */
  readonly hosts: readonly string[];
  /** Hosts of paths of the provider that it is like. */
  readonly inherited: ReadonlyMap<string, readonly string[]> | undefined;
  /** Reports a path whose hosts differ between the lists that can have it in common. */
  readonly tellConflict: TellMistake;
}

/** Collects the hosts of paths that do not answer at all hosts of their provider. */
export class PathHosts {
  readonly #options: PathHostsOptions;
  /** Hosts by key. None: the path answers at all hosts. */
  readonly #found = new Map<string, readonly string[]>();

  constructor(options: PathHostsOptions) {
    this.#options = options;
  }

  /** Undefined: each path answers at each host. */
  get found(): ReadonlyMap<string, readonly string[]> | undefined {
    const limited = new Map([...this.#found].filter(([, hosts]) => hosts.length > 0));
    return limited.size === 0 ? undefined : limited;
  }

  /**
   * Adds paths of another provider. They answer at those of their hosts that this provider has too; if it has none of
   * them, at all of its hosts.
   */
  inherit(member: string, paths: readonly string[]): readonly string[] {
    const { hosts, inherited } = this.#options;
    for (const path of paths) {
      const kept = inherited?.get(keyOf(member, path))?.filter((host) => hosts.includes(host));
      this.#add(member, path, { hosts: kept ?? [], isInherited: true });
    }
    return paths;
  }

  /**
   * Reads paths that may stand after a host. Mistakes are told.
   *
   * @returns the paths as they are routed. One that has several hosts is there once
   */
  read(member: string, places: readonly string[], tell: TellMistake): readonly string[] {
    const at = `endpoints.${member}`;
    const paths: string[] = [];
    const ofMember = new Map<string, readonly string[]>();
    for (const place of places) {
      const [host, written] = splitPlace(place);
      const path = routedPath(written);
      const before = ofMember.get(path);
      // with a host and without: kept twice, so that `tellCollisions` reports it
      if (before === undefined || before.length === 0 || host === '') paths.push(path);
      if (host === '') {
        ofMember.set(path, []);
        continue;
      }
      if (!this.#options.hosts.includes(host)) tell(at, `${host} is not among the hosts of this file`);
      if (before?.includes(host) === true) tell(at, `${place} is listed twice`);
      ofMember.set(path, [...(before ?? []), host]);
    }
    for (const [path, hosts] of ofMember) this.#add(member, path, { hosts, isInherited: false });
    return paths;
  }

  /** Of a path that two lists have, the hosts in the first one count. */
  #add(member: string, path: string, { hosts, isInherited }: { hosts: readonly string[]; isInherited: boolean }): void {
    const key = keyOf(member, path);
    const before = this.#found.get(key);
    if (before === undefined) this.#found.set(key, hosts);
    // other lists have no path in common: `tellCollisions` reports it
    if (before === undefined || member !== 'refresh' || areSame(before, hosts)) return;
    const whose = isInherited ? ' (as in the provider that this one is like)' : '';
    const differing = `${path} is at ${shown(hosts)}${whose}, but in endpoints.token at ${shown(before)}`;
    this.#options.tellConflict('endpoints.refresh', `${differing}: a path has the same hosts in both lists`);
  }
}

/** Whether two lists have the same hosts, in any order and number. */
const areSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.every((each) => others.includes(each)) && others.every((each) => some.includes(each));

const shown = (hosts: readonly string[]): string => (hosts.length === 0 ? 'all hosts' : hosts.join(' and '));

/** The host, or an empty text, and the path. */
function splitPlace(place: string): readonly [string, string] {
  const end = place.indexOf('/');
  return [place.slice(0, end), place.slice(end)];
}
