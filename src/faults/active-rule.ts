import { pages } from './fault.js';
import { kindOf } from './kinds/index.js';
import { Queue } from './queue.js';
import { pathMatcher } from './path-pattern.js';
import { endpointsOf, momentOf, stepsOf } from './rule.js';
import type { FaultEndpoint, Moment } from './fault.js';
import type { Fault } from './kinds/index.js';
import type { Match, Rule, RuleState } from './rule.js';
import type { Strike, RequestFacts } from './strike.js';

/** A rule of a world with its counters. */
export class ActiveRule {
  readonly id: string;
  readonly queue = new Queue();
  readonly moment: Moment;
  /** Endpoints at which the rule applies: the one in `match`, or all at which its faults have a meaning. */
  readonly endpoints: readonly FaultEndpoint[];
  readonly #rule: Rule;
  readonly #steps: readonly Fault[];
  readonly #times: number;
  readonly #path: (path: string) => boolean;
  readonly #anyCase: (path: string) => boolean;
  #seen = 0;
  #hits = 0;

  constructor(rule: Rule, id: string) {
    this.id = id;
    this.#rule = rule;
    this.#steps = stepsOf(rule);
    this.#path = pathMatcher(rule.match.path ?? '*');
    this.#anyCase = pathMatcher((rule.match.path ?? '*').toLowerCase());
    this.moment = momentOf(rule);
    this.endpoints = endpointsOf(rule).filter((endpoint) => this.#isAt(rule.match.endpoint, endpoint));
    this.#times = rule.times ?? (Array.isArray(rule.fault) ? this.#steps.length : Infinity);
  }

  get match(): Match {
    return this.#rule.match;
  }

  /** Whether the rule was applied as often as `times` allows. */
  get ended(): boolean {
    return this.#hits >= this.#times;
  }

  /**
   * Applies the rule to a request that the index found, or returns undefined. Compares the path pattern, which the
   * index does not.
   */
  take(facts: RequestFacts, chance: () => number): Strike | undefined {
    if (!this.#isAtPath(facts)) return undefined;
    const fault = this.#steps[this.#hits % this.#steps.length] as Fault;
    const kind = kindOf(fault);
    this.#seen += 1;
    const { skip = 0, probability } = this.#rule;
    if (this.#seen <= skip || (kind.repeatsAnswer === true && !facts.answeredBefore())) return undefined;
    if (probability !== undefined && chance() >= probability) return undefined;
    this.#hits += 1;
    return { id: this.id, kind, behaviour: kind.play(fault), queue: this.queue };
  }

  count(seen: number, hits: number): void {
    this.#seen = seen;
    this.#hits = hits;
  }

  state(): RuleState {
    const { match, skip = 0, probability, fault } = this.#rule;
    const finite = (count: number): number | null => (Number.isFinite(count) ? count : null);
    return {
      id: this.id,
      match,
      skip,
      times: finite(this.#times),
      ...(probability === undefined ? {} : { probability }),
      fault,
      seen: this.#seen,
      hits: this.#hits,
      remaining: finite(this.#times - this.#hits),
      waiting: this.queue.size,
    };
  }

  #isAtPath({ path, ignoresLetterCase }: RequestFacts): boolean {
    return ignoresLetterCase === true ? this.#anyCase(path.toLowerCase()) : this.#path(path);
  }

  /**
   * The redirect back to the client is the answer of the authorization endpoint, whichever page sends it (RFC 6749
   * §4.1.2).
   */
  #isAt(wanted: FaultEndpoint | undefined, actual: FaultEndpoint): boolean {
    if (wanted === undefined || wanted === actual) return true;
    return this.moment === 'redirect-back' && wanted === 'authorize' && (pages as readonly string[]).includes(actual);
  }
}
