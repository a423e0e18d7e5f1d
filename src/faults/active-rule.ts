import { millisecondsOf } from '../input/duration.js';
import { endOfTime } from '../input/instant.js';
import { pages } from './fault.js';
import { happensWith, kindOf } from './kinds/index.js';
import { Queue } from './queue.js';
import { patternMatcher, requestMatcher } from './request-matcher.js';
import { endpointsOf, momentOf, stepsOf } from './rule.js';
import type { Instant } from '../core/model.js';
import type { FaultEndpoint, Moment } from './fault.js';
import type { Fault } from './kinds/index.js';
import type { Match, Rule, RuleState, StoredRule } from './rule.js';
import type { ChosenFault, RequestFacts } from './chosen-fault.js';

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
  readonly #matches: (facts: RequestFacts) => boolean;
  readonly #isEnd: ((facts: RequestFacts) => boolean) | undefined;
  #seen = 0;
  #hits = 0;
  /** Virtual time at which `for` ends the rule. */
  #endsAt = Infinity;
  #isOver = false;

  constructor(rule: Rule, id: string) {
    this.id = id;
    this.#rule = rule;
    this.#steps = stepsOf(rule);
    this.#matches = patternMatcher(rule.match);
    this.#isEnd = rule.until && requestMatcher(rule.until);
    this.moment = momentOf(rule);
    this.endpoints = endpointsOf(rule).filter((endpoint) => this.#isAt(rule.match.endpoint, endpoint));
    this.#times = rule.times ?? (Array.isArray(rule.fault) ? this.#steps.length : Infinity);
  }

  get match(): Match {
    return this.#rule.match;
  }

  /** Whether the rule has ended. It stays so. */
  get ended(): boolean {
    return this.#isOver || this.#hits >= this.#times;
  }

  /** Whether a request can end the rule. */
  get endsAtRequest(): boolean {
    return this.#isEnd !== undefined;
  }

  /** Ends the rule at the time of `for`. */
  endByTime(now: Instant): void {
    if (now >= this.#endsAt) this.#isOver = true;
  }

  /** Ends the rule if the request is the one of `until`. The requests in its queue continue. */
  endByRequest(facts: RequestFacts): void {
    if (this.#isEnd?.(facts) !== true) return;
    this.#isOver = true;
    this.queue.release();
  }

  /**
   * Applies the rule to a request that the index found, or returns undefined. Compares what the index does not. The
   * time of `for` begins at the first request that the rule applies to.
   */
  take(facts: RequestFacts, chance: () => number, now: () => Instant): ChosenFault | undefined {
    if (!this.#matches(facts)) return undefined;
    if (this.#endsAt !== Infinity) this.endByTime(now());
    if (this.#isOver) return undefined;
    const fault = this.#steps[this.#hits % this.#steps.length] as Fault;
    const kind = kindOf(fault);
    this.#seen += 1;
    const { skip = 0, probability } = this.#rule;
    if (this.#seen <= skip || (kind.repeatsAnswer === true && !facts.answeredBefore())) return undefined;
    if (probability !== undefined && chance() >= probability) return undefined;
    if (this.#hits === 0 && this.#rule.for !== undefined) {
      this.#endsAt = Math.min(now() + millisecondsOf(this.#rule.for), endOfTime);
    }
    this.#hits += 1;
    return { id: this.id, kind, happens: happensWith(fault), behaviour: kind.play(fault), queue: this.queue };
  }

  /** Continues where a snapshot was taken. */
  continue({ seen, hits, endsAt, ended = false }: StoredRule): void {
    this.#seen = seen;
    this.#hits = hits;
    this.#isOver = ended;
    if (endsAt !== undefined) this.#endsAt = Date.parse(endsAt);
  }

  state(): RuleState {
    const { match, skip = 0, probability, for: time, until, fault } = this.#rule;
    const finite = (count: number): number | null => (Number.isFinite(count) ? count : null);
    return {
      id: this.id,
      match,
      skip,
      times: finite(this.#times),
      ...(probability === undefined ? {} : { probability }),
      ...(time === undefined ? {} : { for: time }),
      ...(until === undefined ? {} : { until }),
      fault,
      seen: this.#seen,
      hits: this.#hits,
      remaining: finite(this.#times - this.#hits),
      waiting: this.queue.size,
      ...(this.#endsAt === Infinity ? {} : { endsAt: new Date(this.#endsAt).toISOString() }),
      ended: this.ended,
    };
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
