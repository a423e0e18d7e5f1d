import { counted, timeInUtc } from '../../format.js';
import { outcomeWords, outcomes } from '../../journal/outcome.js';
import { Link, route } from '../../navigation.js';
import { Badge } from '../../parts/badge.js';
import { OutcomeMark, toneOf } from './outcome-mark.js';
import { titleOf } from '../../api/provider-titles.js';
import type { JSX } from 'preact';
import type { Flow } from '../../journal/flow.js';
import type { Outcome } from '../../journal/outcome.js';

/** A count with the word of the outcome. Some have a plural. */
function countOf(outcome: Outcome, count: number): string {
  const word = outcomeWords[outcome].toLowerCase();
  return counted(count, word, /fault|error/.test(word) ? undefined : word);
}

interface FlowHeadProps {
  readonly flow: Flow;
  readonly height: number;
  readonly index: number;
  readonly total: number;
}

/** The head of a flow: whose it is, when it began, how it went. */
export function FlowHead({ flow, height, index, total }: FlowHeadProps): JSX.Element {
  const { name = '', first, provider, clientId, userId, worst, counts, rows, shown } = flow;
  const { filters } = route.value;
  return (
    <div
      role="listitem"
      class="line flow-head"
      style={{ height: `${height}px` }}
      aria-setsize={total}
      aria-posinset={index + 1}
      data-flow={name}
    >
      <div class="flow-box">
        <OutcomeMark outcome={worst} />
        <p class="flow-main">
          <span class="flow-who">
            <strong>{provider === undefined ? 'Flow' : titleOf(provider)}</strong>
            {userId === undefined ? null : (
              <>
                <bdi>{userId}</bdi> ·{' '}
              </>
            )}
            <bdi>{clientId ?? 'unknown client'}</bdi>
          </span>
          <span class="flow-about">
            {first === undefined ? null : <time>since {timeInUtc(first.at)}</time>}
            <span>
              {shown.length === rows.length
                ? counted(rows.length, 'request')
                : `${shown.length} of ${counted(rows.length, 'request')}`}
            </span>
          </span>
        </p>
        <span class="flow-counts">
          {worst === 'answered' ? <Badge tone="good">All {outcomeWords.answered.toLowerCase()}</Badge> : null}
          {outcomes.slice(1).map((each) =>
            counts[each] === 0 ? null : (
              <Badge key={each} tone={toneOf[each]}>
                {countOf(each, counts[each])}
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
