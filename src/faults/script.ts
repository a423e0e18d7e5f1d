import { ActiveRule } from './active-rule.js';
import { RuleIndex } from './rule-index.js';
import { ruleOf } from './rule.js';
import type { Instant } from '../core/model.js';
import type { Moment } from './fault.js';
import type { Rule, RuleState, StoredRule } from './rule.js';
import type { RequestFacts, ChosenFault } from './chosen-fault.js';

/** Maximum number of rules in a world. */
export const ruleLimit = 1000;

/** Rules that cannot be added. No rule was added or changed. */
export class FaultsRefused extends Error {}

/** The fault rules of one world, in order. Each rule has its own counters. */
export class FaultScript {
  readonly #rules = new Map<string, ActiveRule>();
  /** Rules that have not ended. */
  readonly #index = new RuleIndex();
  /** Those of them that a request can end. */
  readonly #endable = new Set<ActiveRule>();
  readonly #chance: () => number;
  readonly #now: () => Instant;
  #lastNumber = 0;

  /**
   * @param chance draws in [0, 1) from the world's seed
   * @param now the virtual time
   */
  constructor(chance: () => number, now: () => Instant) {
    this.#chance = chance;
    this.#now = now;
  }

  get size(): number {
    return this.#rules.size;
  }

  /**
   * Appends rules: all or none. They must have passed the schema and `ruleMistakes`.
   *
   * @throws FaultsRefused
   */
  add(rules: readonly Rule[]): RuleState[] {
    const refusal = this.refusal(rules);
    if (refusal !== undefined) throw new FaultsRefused(refusal);
    const added = rules.map((rule) => new ActiveRule(rule, rule.id ?? this.#nextId(rules)));
    for (const rule of added) this.#put(rule);
    return added.map((rule) => rule.state());
  }

  /** Why these rules cannot be added, or undefined if they can. */
  refusal(rules: readonly Rule[]): string | undefined {
    const total = this.size + rules.length;
    if (total > ruleLimit) {
      return (
        `A world may have at most ${ruleLimit} faults; this would make ${total}. The existing ${this.size} are ` +
        'unchanged.'
      );
    }
    const taken = rules.find(({ id }) => id !== undefined && this.#rules.has(id));
    return taken === undefined ? undefined : `A fault with the id ${JSON.stringify(taken.id)} exists already.`;
  }

  list(): RuleState[] {
    return [...this.#rules.values()].map((rule) => this.#stateOf(rule));
  }

  get(id: string): RuleState | undefined {
    const rule = this.#rules.get(id);
    return rule && this.#stateOf(rule);
  }

  /** Removes a rule and releases the requests in its queue. */
  remove(id: string): boolean {
    const rule = this.#rules.get(id);
    if (rule === undefined) return false;
    rule.queue.release();
    this.#retire(rule);
    return this.#rules.delete(id);
  }

  /** Removes all rules. */
  clear(): void {
    for (const id of [...this.#rules.keys()]) this.remove(id);
  }

  /** Releases the requests in a rule's queue. Returns their number; undefined if there is no such rule. */
  release(id: string): number | undefined {
    return this.#rules.get(id)?.queue.release();
  }

  /** Replaces all rules by those of a snapshot, with their counters. */
  restore(states: readonly StoredRule[]): void {
    this.clear();
    for (const state of states) {
      const rule = new ActiveRule(ruleOf(state), state.id);
      rule.continue(state);
      this.#put(rule);
    }
  }

  /** Chooses the first rule that applies to a request. Each rule that is tried counts the request. */
  choose(facts: RequestFacts, moment: Moment): ChosenFault | undefined {
    if (moment === 'request') this.#endByRequest(facts);
    for (const rule of this.#index.find(facts, moment)) {
      const chosen = rule.take(facts, this.#chance, this.#now);
      if (rule.ended) this.#retire(rule);
      if (chosen !== undefined) return chosen;
    }
    return undefined;
  }

  #put(rule: ActiveRule): void {
    this.#rules.set(rule.id, rule);
    if (rule.ended) return;
    this.#index.add(rule);
    if (rule.endsAtRequest) this.#endable.add(rule);
  }

  /** Removes a rule from those that are tried. */
  #retire(rule: ActiveRule): void {
    this.#index.remove(rule);
    this.#endable.delete(rule);
  }

  #endByRequest(facts: RequestFacts): void {
    for (const rule of this.#endable) {
      rule.endByRequest(facts);
      if (rule.ended) this.#retire(rule);
    }
  }

  #stateOf(rule: ActiveRule): RuleState {
    rule.endByTime(this.#now());
    return rule.state();
  }

  #nextId(coming: readonly Rule[]): string {
    for (;;) {
      this.#lastNumber += 1;
      const id = `fault-${this.#lastNumber}`;
      if (!this.#rules.has(id) && !coming.some((rule) => rule.id === id)) return id;
    }
  }
}
