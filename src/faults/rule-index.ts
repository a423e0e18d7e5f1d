import { firstSegment } from './path-pattern.js';
import type { ActiveRule } from './active-rule.js';
import type { Moment } from './fault.js';
import type { Match } from './rule.js';
import type { RequestFacts } from './chosen-fault.js';

type Values = Pick<Match, 'provider' | 'grantType' | 'clientId' | 'userId' | 'method' | 'path'> | RequestFacts;

/** Facts that a rule compares for equality. Of a path pattern, usually the first segment is such a fact. */
const facts = {
  provider: ({ provider }) => provider,
  grantType: ({ grantType }) => grantType,
  clientId: ({ clientId }) => clientId,
  userId: ({ userId }) => userId,
  method: ({ method }) => method,
  segment: ({ path }) => (path === undefined ? undefined : firstSegment(path)),
} as const satisfies Record<string, (values: Values) => string | undefined>;

type Name = keyof typeof facts;
const names = Object.keys(facts) as Name[];

interface Entry {
  readonly order: number;
  readonly rule: ActiveRule;
}

/** Rules that compare the same facts, by the values that they require. */
interface Table {
  readonly asks: readonly Name[];
  readonly byValues: Map<string, Entry[]>;
}

/**
 * Finds the candidate rules of a request in the order in which they were added. The time grows with the number of
 * different sets of facts, not with the number of rules.
 */
export class RuleIndex {
  readonly #tables = new Map<string, Map<string, Table>>();
  #next = 0;

  add(rule: ActiveRule): void {
    const entry = { order: this.#next, rule };
    this.#next += 1;
    const asks = asksOf(rule);
    for (const endpoint of rule.endpoints) {
      const table = entryOf(this.#at(rule.moment, endpoint), asks.join(), () => ({
        asks,
        byValues: new Map<string, Entry[]>(),
      }));
      entryOf(table.byValues, keyOf(asks, rule.match), () => []).push(entry);
    }
  }

  /** Removes a rule, if it is in the index. */
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

  find(request: RequestFacts, moment: Moment): readonly ActiveRule[] {
    const found: Entry[] = [];
    for (const { asks, byValues } of this.#at(moment, request.endpoint).values()) {
      found.push(...(byValues.get(keyOf(asks, request)) ?? []));
    }
    return found.sort((a, b) => a.order - b.order).map(({ rule }) => rule);
  }

  #at(moment: Moment, endpoint: string): Map<string, Table> {
    return entryOf(this.#tables, `${moment} ${endpoint}`, () => new Map<string, Table>());
  }
}

const asksOf = ({ match }: ActiveRule): Name[] => names.filter((name) => facts[name](match) !== undefined);

const keyOf = (asks: readonly Name[], values: Values): string =>
  JSON.stringify(asks.map((name) => facts[name](values)));

function entryOf<V>(map: Map<string, V>, key: string, make: () => V): V {
  const there = map.get(key);
  if (there !== undefined) return there;
  const made = make();
  map.set(key, made);
  return made;
}
