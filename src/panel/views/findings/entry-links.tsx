import { dayAndTime } from '../../format.js';
import { Link } from '../../navigation.js';
import type { JSX } from 'preact';
import type { FindingCase } from '../../../client/index.js';

type CaseRequest = FindingCase['requests'][number];

interface Place {
  readonly world: string;
  /** The entries of a world that ended cannot be shown. */
  readonly isEnded: boolean;
}

interface EntryLinkProps extends Place {
  readonly request: CaseRequest;
}

/** A journal entry in one line. It leads to the timeline. */
export function EntryLink({ request, world, isEnded }: EntryLinkProps): JSX.Element {
  const { entry, at, method, path, status, reason, role } = request;
  const line = (
    <>
      <span class="proof-id">
        #{entry} {dayAndTime(at)}
      </span>{' '}
      <code>
        {method} {path}
      </code>{' '}
      <span class="proof-answer">
        {status ?? 'no answer'}
        {reason === null ? '' : ` ${reason}`}
      </span>
      {role === undefined ? null : <span class="quiet"> {role}</span>}
    </>
  );
  if (isEnded) return <span class="proof-entry">{line}</span>;
  return (
    <Link class="proof-entry" view="timeline" world={world} filters={{ entry: String(entry) }}>
      {line}
    </Link>
  );
}

interface EntryListProps extends Place {
  readonly requests: readonly CaseRequest[];
  readonly label: string;
}

/** Journal entries, one on each line. */
export function EntryList({ requests, label, ...place }: EntryListProps): JSX.Element | null {
  if (requests.length === 0) return null;
  return (
    <ul class="proof-list" aria-label={label}>
      {requests.map((request) => (
        <li key={request.entry}>
          <EntryLink request={request} {...place} />
        </li>
      ))}
    </ul>
  );
}
