import { requestTime, timeInUtc } from '../../format.js';
import { outcomeOf, outcomeWords } from '../../journal/outcome.js';
import { sentence } from '../../journal/sentence.js';
import { Link, route } from '../../navigation.js';
import { Badge } from '../../parts/badge.js';
import { ownPath } from '../../journal/own-path.js';
import { MarkedFingerprints, entriesWithPinned } from '../../parts/fingerprint.js';
import { OutcomeMark, toneOf } from './outcome-mark.js';
import { titleOf } from '../../api/provider-titles.js';
import type { JSX } from 'preact';
import type { Flow } from '../../journal/flow.js';
import type { Row } from '../../journal/row.js';

/** How a row stands in the list. */
export type RowPosition = 'inner' | 'last' | 'alone' | 'plain';

interface EntryRowProps {
  readonly row: Row;
  readonly height: number;
  readonly flow: Flow;
  readonly position: RowPosition;
  readonly isOpen: boolean;
  readonly isCursor: boolean;
  readonly index: number;
  readonly total: number;
}

/** A request in the list: its reason first, then what was asked and how it ended. */
export function EntryRow({ row, height, flow, position, isOpen, isCursor, index, total }: EntryRowProps): JSX.Element {
  const outcome = outcomeOf(row);
  const words = sentence(row);
  // the head of a group says whose it is
  const isInGroup = position === 'inner' || position === 'last';
  const { request, provider, grantType, clientId, fault, status, durationMs } = row;
  return (
    <div
      role="listitem"
      class={`line entry ${position} ${toneOf[outcome]}${isCursor ? ' cursor' : ''}`}
      style={{ height: `${height}px` }}
      aria-setsize={total}
      aria-posinset={index + 1}
      data-entry={row.id}
    >
      <Link class="entry-link" filters={{ ...route.value.filters, entry: String(row.id) }} isCurrent={isOpen}>
        <OutcomeMark outcome={outcome} />
        <span class="entry-main">
          <span class="entry-sentence" title={words}>
            <MarkedFingerprints text={words} />
          </span>
          <span class="entry-about">
            <span>#{row.id}</span>
            {isInGroup || provider === undefined ? null : <span>{titleOf(provider)}</span>}
            <code title={request.path}>
              {request.method} {ownPath(row)}
            </code>
            {grantType === undefined ? null : <span class="entry-grant">{grantType}</span>}
            {isInGroup && clientId === flow.clientId ? null : <span class="entry-client">{clientId}</span>}
            {entriesWithPinned.value.has(row.id) ? <span class="fingerprint lit">same secret</span> : null}
            {fault === undefined ? null : (
              <span class="entry-fault">
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
            <time>{timeInUtc(row.at)}</time>
            {durationMs === undefined ? null : <span>{requestTime(durationMs)}</span>}
          </span>
        </span>
      </Link>
    </div>
  );
}
