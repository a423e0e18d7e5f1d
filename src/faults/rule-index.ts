import type { ActiveRule } from './active-rule.js';
import type { Moment } from './fault.js';
import type { Match } from './rule.js';
import type { RequestFacts } from './script.js';

/** The facts that a rule asks for by their very value; a path it asks for by a pattern. */
const names = ['provider', 'grantType', 'clientId', 'userId', 'method'] as const;
type Name = (typeof names)[number];

interface Entry {
  readonly order: number;
  readonly rule: ActiveRule;
}

/** Rules that ask for the same facts, by the values that they ask for. */
interface Table {
  readonly asks: readonly Name[];
  readonly byValues: Map<string, Entry[]>;
}

/**
 * Finds the rules that a request may be meant by, in the order in which they were added. What it costs grows with how many
 * sets of facts are asked for, and not with the number of rules: those for others are never looked at.
 */
export class RuleIndex {
  readonly #tables = new Map<string, Map<string, Table>>();
  #next = 0;

  add(rule: ActiveRule): void {
    const entry = { order: this.#next, rule };
    this.#next += 1;
    const asks = asksOf(rule);
    for (const endpoint of rule.endpoints) {
      const table = entryOf(this.#at(rule.moment, endpoint), asks.join(), () => ({ asks, byValues: new Map<string, Entry[]>() }));
      entryOf(table.byValues, keyOf(asks, rule.match), () => []).push(entry);
    }
  }

  /** Takes out a rule; where it is not in, nothing changes. */
  remove(rule: ActiveRule): void {
    const asks = asksOf(rule);
    for (const endpoint of rule.endpoints) {
      const tables = this.#at(rule.moment, endpoint);
      const table = tables.get(asks.join());
      const key = keyOf(asks, rule.match);
      const left = table?.byValues.get(key)?.filter((entry) => entry.rule !== rule) ?? [];
      if (left.length > 0) table?.byValues.set(key, left);
      else table?.byValues.delete(key);
      if (table?.byValues.size === 0) tables.delete(asks.join());
    }
  }

  find(facts: RequestFacts, moment: Moment): readonly ActiveRule[] {
    const found: Entry[] = [];
    for (const { asks, byValues } of this.#at(moment, facts.endpoint).values()) found.push(...(byValues.get(keyOf(asks, facts)) ?? []));
    return found.sort((a, b) => a.order - b.order).map(({ rule }) => rule);
  }

  #at(moment: Moment, endpoint: string): Map<string, Table> {
    return entryOf(this.#tables, `${moment} ${endpoint}`, () => new Map<string, Table>());
  }
}

const asksOf = ({ match }: ActiveRule): Name[] => names.filter((name) => match[name] !== undefined);

const keyOf = (asks: readonly Name[], values: Match | RequestFacts): string => JSON.stringify(asks.map((name) => values[name]));

function entryOf<V>(map: Map<string, V>, key: string, make: () => V): V {
  const there = map.get(key);
  if (there !== undefined) return there;
  const made = make();
  map.set(key, made);
  return made;
}
