import { counted, timeInUtc } from '../../format.js';
import { outcomeWords } from '../../journal/outcome.js';
import { Link, route } from '../../navigation.js';
import { Badge } from '../../parts/badge.js';
import { OutcomeMark, toneOf } from './outcome-mark.js';
import { titleOf } from '../../api/provider-titles.js';
import type { JSX } from 'preact';
import type { Flow } from '../../journal/flow.js';
import type { Outcome } from '../../journal/outcome.js';

/** The outcomes that a head counts. */
const counting: readonly Outcome[] = ['refused', 'fault', 'no-answer', 'server-error', 'in-progress'];
const words: Readonly<Record<Outcome, (count: number) => string>> = {
  answered: (count) => `${count} answered`,
  'in-progress': (count) => `${count} in progress`,
  refused: (count) => `${count} refused`,
  fault: (count) => counted(count, 'fault'),
  'no-answer': (count) => `${count} without answer`,
  'server-error': (count) => counted(count, 'server error'),
};

interface FlowHeadProps {
  readonly flow: Flow;
  readonly height: number;
  readonly position: number;
  readonly total: number;
}

/** The head of a flow: whose it is, when it began, how it went. */
export function FlowHead({ flow, height, position, total }: FlowHeadProps): JSX.Element {
  const { name = '', first, provider, clientId, userId, worst, counts, rows, shown } = flow;
  const { filters } = route.value;
  return (
    <div
      role="listitem"
      class="line flow-head"
      style={{ height: `${height}px` }}
      aria-setsize={total}
      aria-posinset={position}
      data-flow={name}
    >
      <div class="flow-box">
        <OutcomeMark outcome={worst} />
        <p class="flow-main">
          <span class="flow-who">
            <strong>{provider === undefined ? 'Flow' : titleOf(provider)}</strong>
            {clientId ?? 'unknown client'}
            {userId === undefined ? null : ` for ${userId}`}
          </span>
          <span class="flow-about">
            {first === undefined ? null : (
              <time>
                since <span class="flow-date">{timeInUtc(first.at).slice(0, -8)}</span>
                {timeInUtc(first.at).slice(-8)}
              </time>
            )}
            <span>
              {shown.length === rows.length
                ? counted(rows.length, 'request')
                : `${shown.length} of ${counted(rows.length, 'request')}`}
            </span>
          </span>
        </p>
        <span class="flow-counts">
          {worst === 'answered' ? <Badge tone="good">All {outcomeWords.answered.toLowerCase()}</Badge> : null}
          {counting.map((each) =>
            counts[each] === 0 ? null : (
              <Badge key={each} tone={toneOf[each]}>
                {words[each](counts[each])}
              </Badge>
            ),
          )}
        </span>
        <Link
          class="button quiet"
          filters={{ ...filters, flow: name, show: 'sequence' }}
          aria-label={`Sequence of flow ${name}`}
        >
          Sequence
        </Link>
      </div>
    </div>
  );
}
