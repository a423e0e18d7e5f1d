import { faultKind } from '../../fault-kinds.js';
import { capital } from '../../format.js';
import { faultInWords, limitsInWords, matchInWords } from './fault-words.js';
import { defined } from '../../parts/defined.js';
import type { FaultState } from '../../../client/index.js';

/** A rule in words, for the list and its filter. */
export interface FaultLine {
  readonly state: FaultState;
  readonly what: string;
  readonly limits: string;
  /** Everything that the filter looks at, in small letters. */
  readonly text: string;
}

/** Rules in words, in the order in which they are tried. */
export const faultLines = (faults: readonly FaultState[]): readonly FaultLine[] =>
  faults.map((state) => {
    const what = capital(`${matchInWords({ ...state.match })} ${faultInWords(state.fault)}`);
    const limits = limitsInWords({ ...state });
    return {
      state,
      what,
      limits,
      text: `${state.id} ${what} ${limits} ${JSON.stringify(state.match)} ${JSON.stringify(state.fault)}`.toLowerCase(),
    };
  });

/** The lines that have each word of a text. */
export function filteredLines(lines: readonly FaultLine[], text = ''): readonly FaultLine[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return lines.filter((line) => words.every((word) => line.text.includes(word)));
}

/** How many more requests a rule applies to, in words. */
export const remainingInWords = ({ remaining }: FaultState): string =>
  remaining === null ? 'no limit' : String(remaining);

/** Whether a rule keeps requests waiting, or can: these can be released. */
export const isHolding = ({ fault, waiting }: FaultState): boolean =>
  waiting > 0 || (Array.isArray(fault) ? fault : [fault]).some(({ kind }) => faultKind(kind).isHolding === true);

/** A state as a rule that can be added again: without its id and its counters. */
export function ruleAgain(state: FaultState): Readonly<Record<string, unknown>> {
  const { match, skip, times, probability, for: time, until, fault } = state;
  return {
    match,
    ...defined({
      skip: skip === 0 ? undefined : skip,
      times: times === null || (Array.isArray(fault) && times === fault.length) ? undefined : times,
      probability,
      for: time,
      until,
    }),
    fault,
  };
}
