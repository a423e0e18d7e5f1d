import type { Row } from './row.js';

/** What became of a request, from the mildest to the worst. */
export const outcomes = ['answered', 'in-progress', 'refused', 'fault', 'no-answer', 'server-error'] as const;
/** What became of a request. */
export type Outcome = (typeof outcomes)[number];

/** The word for each outcome. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  answered: 'Answered',
  'in-progress': 'In progress',
  refused: 'Refused',
  fault: 'Fault',
  'no-answer': 'No answer',
  'server-error': 'Server error',
};

/** The outcome of a request. The fault `pass` changes nothing: it is the right answer. */
export function outcomeOf({ durationMs, fault, status, reason }: Row): Outcome {
  if (durationMs === undefined) return 'in-progress';
  if (fault !== undefined && fault.kind !== 'pass') return 'fault';
  if (status === undefined) return 'no-answer';
  if (status >= 500) return 'server-error';
  return reason !== undefined || status >= 400 ? 'refused' : 'answered';
}

/** The worst outcome that occurs, given how often each one does. */
export const worstOf = (counts: Readonly<Record<Outcome, number>>): Outcome =>
  outcomes.findLast((outcome) => counts[outcome] > 0) ?? 'answered';
