import type { Provider } from '../../providers/provider.js';
import type { Scenario } from './schema/scenario.js';

/** A scenario, resolved while the server served these providers. */
interface Resolution {
  readonly served: readonly Provider[];
  readonly resolved: Scenario;
}

/**
 * Inline scenarios that were resolved. The scenario of a call that was sent before is the same object
 * (`src/admin/known-bodies.ts`), and is resolved once.
 */
export class Resolutions {
  #all = new WeakMap<Scenario, Resolution>();

  /** The resolved scenario. It is resolved again if the server serves other providers now. */
  async of(scenario: Scenario, served: readonly Provider[], resolve: () => Promise<Scenario>): Promise<Scenario> {
    // they may be forgotten meanwhile
    const all = this.#all;
    const known = all.get(scenario);
    if (known !== undefined && isSame(known.served, served)) return known.resolved;
    const resolved = await resolve();
    // providers of documents follow those that they are like, so each world makes its own
    if (resolved.definitions === undefined) all.set(scenario, { served, resolved });
    return resolved;
  }

  /** Forgets them: what they extend may have changed. */
  forget(): void {
    this.#all = new WeakMap();
  }
}

const isSame = (one: readonly Provider[], other: readonly Provider[]): boolean =>
  one.length === other.length && one.every((provider, i) => provider === other[i]);
