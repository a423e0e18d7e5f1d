import { capital, counted } from '../../format.js';
import { Link } from '../../navigation.js';
import { Card } from '../../parts/page.js';
import { EntryLink } from './entry-links.js';
import { shownFilter } from './finding-filters.js';
import { usersInWords } from './overview.js';
import type { JSX } from 'preact';
import type { Report } from '../../../client/index.js';
import type { Placed } from './overview.js';

type Refused = NonNullable<Report['refused']>;

interface RefusedCardProps {
  readonly refused: readonly Placed<Refused>[];
  readonly isWorldShown: boolean;
}

/** Number of entries of a reason that have a link of their own. The timeline has all. */
const linked = 5;

/**
 * Requests that were refused, by reason. Not each of them is a mistake of the client. The report does not tell them by
 * what findings are filtered by, so a filter hides them.
 */
export function RefusedCard({ refused: all, isWorldShown }: RefusedCardProps): JSX.Element | null {
  const isFiltered = Object.values(shownFilter()).some((value) => value !== undefined);
  const refused = isFiltered ? [] : all.filter(({ item }) => item.count > 0);
  if (refused.length === 0) return null;
  const total = refused.reduce((sum, { item }) => sum + item.count, 0);
  return (
    <Card title="Refused requests" actions={<span class="quiet">{counted(total, 'request')}</span>}>
      {refused.map(({ item, world, isEnded }) => (
        <div key={world} class="refused-world">
          {isWorldShown ? <h3>World {world}</h3> : null}
          <ul class="refused-reasons">
            {item.reasons.map((reason) => (
              <Reason key={reason.request.entry} reason={reason} world={world} isEnded={isEnded} />
            ))}
          </ul>
          {item.more > 0 ? <p class="quiet small">and {counted(item.more, 'further reason')}</p> : null}
        </div>
      ))}
    </Card>
  );
}

type ReasonProps = Omit<Placed<Refused>, 'item'> & { readonly reason: Refused['reasons'][number] };

function Reason({ reason, world, isEnded }: ReasonProps): JSX.Element {
  const { count, request, entries, userIds, description, explanation } = reason;
  const users = usersInWords(userIds);
  const text = capital(count === 1 ? explanation : (description ?? explanation));
  return (
    <li>
      <p class="refused-reason" title={text}>
        <span class="strong">{count} ×</span> {text}
        {users === '' ? null : <span class="quiet small"> {users}</span>}
      </p>
      <EntryLink request={request} world={world} isEnded={isEnded} />
      {count === 1 || isEnded ? null : (
        <p class="small">
          {entries.slice(1, linked).map((id) => (
            <span key={id}>
              <Link view="timeline" world={world} filters={{ entry: String(id) }}>
                #{id}
              </Link>{' '}
            </span>
          ))}
          {count > linked ? '… ' : null}
          {request.reason === null ? null : (
            <Link view="timeline" world={world} filters={{ reason: request.reason }}>
              Show all in the timeline
            </Link>
          )}
        </p>
      )}
    </li>
  );
}
