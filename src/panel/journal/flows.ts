import { BlockList } from './block-list.js';
import { Flow } from './flow.js';
import { byId } from './in-order.js';
import type { Row } from './row.js';
import type { RowTest } from './row-filter.js';
import type { RowsChange } from './rows.js';

/** How rows are shown. */
export interface FlowsOptions {
  /** False: each row stands alone. */
  readonly isGrouped: boolean;
  /** The rows that are shown. Undefined: all. */
  readonly isWanted: RowTest | undefined;
}

/** A line of the list: a row, or the head of a flow. */
export interface ListLine {
  readonly flow: Flow;
  /** Undefined: the head of the flow. */
  readonly row: Row | undefined;
  /** Whether it is the last line of its flow. */
  readonly isLast: boolean;
}

/**
 * Rows in groups: one for each flow, with the flow that has the newest row first. A change costs as much as the flows
 * that it touches, however many rows there are.
 */
export class Flows {
  readonly #options: FlowsOptions;
  /** The flows of which a row is shown. */
  readonly #list = new BlockList<Flow>();
  /** All flows that have a name. */
  readonly #named = new Map<string, Flow>();
  #shown = 0;

  constructor(options: FlowsOptions) {
    this.#options = options;
  }

  /** Number of lines. */
  get lines(): number {
    return this.#list.lines;
  }

  /** Number of rows that are shown. */
  get shown(): number {
    return this.#shown;
  }

  apply({ isReset, added, dropped, replaced }: RowsChange): void {
    if (isReset) {
      this.#list.clear();
      this.#named.clear();
      this.#shown = 0;
    }
    this.#changeAll(replaced, 'remove');
    this.#changeAll(dropped, 'remove');
    this.#changeAll(added, 'add');
  }

  at(index: number): ListLine | undefined {
    const found = this.#list.at(index);
    if (found === undefined) return undefined;
    const { block: flow, line } = found;
    return { flow, row: flow.rowAt(line), isLast: line === flow.lines - 1 };
  }

  /** The index of the line of a row. Undefined if it is not shown. */
  indexOf(row: Row): number | undefined {
    const flow = this.#flowOf(row);
    const line = flow?.lineOf(row.id);
    return flow === undefined || line === undefined ? undefined : this.#list.indexOf(flow) + line;
  }

  /** The next row above (-1) or below (1) the line at an index, without heads. */
  rowBeside(index: number, step: 1 | -1): Row | undefined {
    // between two rows there is one head at most
    return this.at(index + step)?.row ?? this.at(index + 2 * step)?.row;
  }

  #nameOf({ flow }: Row): string | undefined {
    return this.#options.isGrouped ? flow : undefined;
  }

  #flowOf(row: Row): Flow | undefined {
    const name = this.#nameOf(row);
    return name === undefined ? this.#list.find(row.id) : this.#named.get(name);
  }

  #changeAll(rows: readonly Row[], change: 'add' | 'remove'): void {
    const ofFlow = new Map<string, Row[]>();
    for (const row of rows) {
      const name = this.#nameOf(row);
      const others = name === undefined ? undefined : ofFlow.get(name);
      if (others !== undefined) others.push(row);
      else if (name !== undefined) ofFlow.set(name, [row]);
      else {
        const flow = change === 'add' ? new Flow(undefined, this.#options.isWanted) : this.#list.find(row.id);
        this.#change(flow, [row], change);
      }
    }
    for (const [name, own] of ofFlow) {
      const known = this.#named.get(name);
      const flow = known ?? new Flow(name, this.#options.isWanted);
      if (known === undefined) this.#named.set(name, flow);
      this.#change(flow, own.sort(byId), change);
      if (flow.rows.length === 0) this.#named.delete(name);
    }
  }

  /** Changes a flow. It is not known if it is a row that is not shown. */
  #change(flow: Flow | undefined, rows: readonly Row[], change: 'add' | 'remove'): void {
    if (flow === undefined) return;
    if (flow.newest > 0) this.#list.remove(flow);
    this.#shown -= flow.shown.length;
    flow[change](rows);
    this.#shown += flow.shown.length;
    if (flow.newest > 0) this.#list.insert(flow);
  }
}
