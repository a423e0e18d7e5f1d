import type { JSX } from 'preact';
import type { Outcome } from '../../journal/outcome.js';
import type { Tone } from '../../parts/tone.js';

/** The tone of each outcome. */
export const toneOf: Readonly<Record<Outcome, Tone>> = {
  answered: 'good',
  'in-progress': 'info',
  refused: 'danger',
  fault: 'fault',
  'no-answer': 'warning',
  'server-error': 'danger',
};

/** The shape of each outcome, 20 by 20. */
const shapes: Readonly<Record<Outcome, string>> = {
  answered: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM6.5 10.2l2.4 2.4 4.6-5',
  'in-progress': 'M5 10h.01M10 10h.01M15 10h.01',
  refused: 'M6.9 2.5h6.2l4.4 4.4v6.2l-4.4 4.4H6.9l-4.4-4.4V6.9zM7.3 7.3l5.4 5.4M12.7 7.3l-5.4 5.4',
  fault: 'M11 2 4.5 11.5H9L8 18l7.5-10H11z',
  'no-answer': 'M3 6.5h14M3 6.5l3-3M3 6.5l3 3M17 13.5h-3M11 13.5H9M6 13.5H3',
  'server-error': 'M10 2.8 18 17H2zM10 8v4M10 14.4h.01',
};

/** The shape of an outcome. The word stands beside it. */
export function OutcomeMark({ outcome }: { readonly outcome: Outcome }): JSX.Element {
  return (
    <svg class={`icon outcome ${toneOf[outcome]}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={shapes[outcome]} />
    </svg>
  );
}
