import { capital, counted } from '../../format.js';
import { journalRows } from '../../journal/store.js';
import { Link, world as shownWorld } from '../../navigation.js';
import { Card } from '../../parts/page.js';
import { EntryLink } from './entry-links.js';
import { shownFilter } from './finding-filters.js';
import { selectRefused, usersInWords } from './overview.js';
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

/** Requests that were refused, by reason. Not each of them is a mistake of the client. */
export function RefusedCard({ refused: all, isWorldShown }: RefusedCardProps): JSX.Element | null {
  const filters = shownFilter();
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const refused = all
    .map((each) => {
      const { item, world } = each;
      if (!isFiltered) return each;
      const rowOf = (id: number) => (world === shownWorld.value ? journalRows().get(id) : undefined);
      const reasons = selectRefused(item.reasons, filters, rowOf);
      return { ...each, item: { more: 0, reasons, count: reasons.reduce((sum, { count }) => sum + count, 0) } };
    })
    .filter(({ item }) => item.count > 0);
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
  return (
    <li>
      <p>
        <span class="strong">{count} ×</span> {capital(count === 1 ? explanation : (description ?? explanation))}
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
