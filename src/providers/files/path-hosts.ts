import type { TellMistake } from './body.js';

/** A path with the variables as the router has them: `/{tenant}/token` becomes `/:tenant/token`. */
export const routedPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** The key of the path of an endpoint in `pathHosts`: as the router has it. */
const keyOf = (member: string, path: string): string => (member === 'api' ? `${path.replace(/\/$/, '')}/*` : path);

/** Collects the hosts of paths that do not answer at all hosts of their provider. */
export class PathHosts {
  readonly #hosts: readonly string[];
  readonly #inherited: ReadonlyMap<string, readonly string[]>;
  readonly #found = new Map<string, readonly string[]>();

  /**
   * @param hosts all hosts of the provider
   * @param inherited those of the paths of the provider that it is like
   */
  constructor(hosts: readonly string[], inherited: ReadonlyMap<string, readonly string[]> = new Map()) {
    this.#hosts = hosts;
    this.#inherited = inherited;
  }

  /** Undefined: each path answers at each host. */
  get found(): ReadonlyMap<string, readonly string[]> | undefined {
    return this.#found.size === 0 ? undefined : this.#found;
  }

  /** The paths of another provider. They keep those of their hosts that this provider has; without any, all are. */
  inherit(member: string, paths: readonly string[]): readonly string[] {
    for (const path of paths) {
      const key = keyOf(member, path);
      const kept = this.#inherited.get(key)?.filter((host) => this.#hosts.includes(host)) ?? [];
      if (kept.length > 0) this.#found.set(key, kept);
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
      // with a host and without: twice here, which is told with the other collisions
      if (before === undefined || host === '') paths.push(path);
      if (host === '') continue;
      if (!this.#hosts.includes(host)) tell(at, `${host} is not among the hosts of this file`);
      if (before?.includes(host) === true) tell(at, `${place} stands there twice`);
      ofMember.set(path, [...(before ?? []), host]);
    }
    for (const [path, hosts] of ofMember) {
      const key = keyOf(member, path);
      const others = this.#found.get(key);
      if (others !== undefined && String(others) !== String(hosts)) tell(at, `${path} has other hosts in another list`);
      this.#found.set(key, hosts);
    }
    return paths;
  }
}

/** The host, or an empty text, and the path. */
function splitPlace(place: string): readonly [string, string] {
  const end = place.indexOf('/');
  return [place.slice(0, end), place.slice(end)];
}
