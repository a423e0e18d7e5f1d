/** What a table finds: a method and a path. */
export interface Route {
  readonly method: string;
  /** With `:name` for a segment that varies. */
  readonly path: string;
}

interface CompiledRoute<T> {
  readonly route: T;
  /** In lower case if the table ignores case. */
  readonly segments: readonly string[];
  /** Names of the parameters, each with the index of its segment. */
  readonly parameters: readonly (readonly [number, string])[];
}

/** A route that matches a request, with the path parameters by name. */
export interface Match<T> {
  readonly route: T;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Finds the route of a method and a path. Of several routes the first in the list wins. A parameter is the text of
 * its segment.
 *
 * A router library does not fit. Fastify's router has decoded the path already, and a second one would decode it again.
 * In the paths of a scenario `*`, `(` and `::` are ordinary text, and the same path may occur twice.
 */
export class PathTable<T extends Route> {
  /** By method and number of segments: `GET 3`. */
  readonly #routes = new Map<string, CompiledRoute<T>[]>();
  /** By method and path: routes without parameters, which no earlier route with parameters hides. */
  readonly #fixed = new Map<string, Map<string, Match<T>>>();
  readonly #methods = new Set<string>();
  readonly #ignoreCase: boolean;

  constructor(routes: readonly T[], ignoreCase: boolean) {
    this.#ignoreCase = ignoreCase;
    for (const route of routes) this.#add(route);
  }

  #add(route: T): void {
    const names = route.path.split('/');
    const key = `${route.method} ${names.length}`;
    const parameters = [...names.entries()].filter(([, name]) => name.startsWith(':'));
    const compiled: CompiledRoute<T> = {
      route,
      segments: this.#comparable(route.path).split('/'),
      parameters: parameters.map(([i, name]) => [i, name.slice(1)]),
    };
    this.#methods.add(route.method);
    if (compiled.parameters.length === 0 && this.find(route.method, route.path) === undefined) {
      const fixed = this.#fixed.get(route.method) ?? new Map<string, Match<T>>();
      this.#fixed.set(route.method, fixed.set(this.#comparable(route.path), { route, params: {} }));
    }
    this.#routes.set(key, [...(this.#routes.get(key) ?? []), compiled]);
  }

  find(method: string, path: string): Match<T> | undefined {
    if (this.#routes.size === 0) return undefined;
    const fixed = this.#fixed.get(method)?.get(this.#comparable(path));
    if (fixed !== undefined) return fixed;
    const sent = path.split('/');
    const comparable = this.#ignoreCase ? path.toLowerCase().split('/') : sent;
    const found = this.#routes.get(`${method} ${sent.length}`)?.find((each) => isMatch(each.segments, comparable));
    if (found === undefined) return undefined;
    const params: Record<string, string> = {};
    for (const [i, name] of found.parameters) params[name] = sent[i] as string;
    return { route: found.route, params };
  }

  /** The methods that this path allows (RFC 9110 §10.2.1). Empty if no route has this path. */
  allowedMethods(path: string): string[] {
    return [...this.#methods].filter((method) => this.find(method, path) !== undefined);
  }

  #comparable(path: string): string {
    return this.#ignoreCase ? path.toLowerCase() : path;
  }
}

/**
 * Whether each segment equals the pattern's, or the pattern has a parameter there. Both have equally many. An empty
 * segment is no value of a parameter.
 */
function isMatch(pattern: readonly string[], segments: readonly string[]): boolean {
  for (let i = 0; i < pattern.length; i += 1) {
    const expected = pattern[i] as string;
    if (expected !== segments[i] && (segments[i] === '' || !expected.startsWith(':'))) return false;
  }
  return true;
}
