import { requestTime, timeOfDay } from '../../format.js';
import { outcomeOf, outcomeWords } from '../../journal/outcome.js';
import { sentence } from '../../journal/sentence.js';
import { Link, route } from '../../navigation.js';
import { Badge } from '../../parts/badge.js';
import { OutcomeMark, toneOf } from './outcome-mark.js';
import type { JSX } from 'preact';
import type { Row } from '../../journal/row.js';

interface EntryRowProps {
  readonly row: Row;
  readonly height: number;
  /** How it stands in the list: in a group, as the last of it, or alone. */
  readonly place: 'inner' | 'last' | 'alone';
  readonly isOpen: boolean;
  readonly isCursor: boolean;
  readonly position: number;
  readonly total: number;
}

/** A request in the list: its reason first, then what was asked and how it ended. */
export function EntryRow({ row, height, place, isOpen, isCursor, position, total }: EntryRowProps): JSX.Element {
  const outcome = outcomeOf(row);
  const words = sentence(row);
  const { request, provider, grantType, clientId, fault, status, durationMs } = row;
  return (
    <div
      role="listitem"
      class={`line entry ${place} ${toneOf[outcome]}${isCursor ? ' cursor' : ''}`}
      style={{ height: `${height}px` }}
      aria-setsize={total}
      aria-posinset={position}
      data-entry={row.id}
    >
      <Link class="entry-link" filters={{ ...route.value.filters, entry: String(row.id) }} isCurrent={isOpen}>
        <OutcomeMark outcome={outcome} />
        <span class="entry-main">
          <span class="entry-sentence" title={words}>
            {words}
          </span>
          <span class="entry-about">
            {place === 'alone' && provider !== undefined ? <span>{provider}</span> : null}
            <code title={request.path}>
              {request.method} {request.path}
            </code>
            {grantType === undefined ? null : <span>{grantType}</span>}
            {clientId === undefined ? null : <span>{clientId}</span>}
            {fault === undefined ? null : (
              <span>
                fault {fault.kind} ({fault.id})
              </span>
            )}
          </span>
        </span>
        <span class="entry-end">
          <Badge tone={toneOf[outcome]}>
            {status === undefined ? null : `${status} `}
            {outcomeWords[outcome]}
          </Badge>
          <span class="entry-time">
            <time>{timeOfDay(row.at)}</time>
            {durationMs === undefined ? null : <span>{requestTime(durationMs)}</span>}
          </span>
        </span>
      </Link>
    </div>
  );
}
