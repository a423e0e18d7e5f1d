import { counted } from '../../format.js';
import { Card } from '../../parts/page.js';
import { EntryLink } from './entry-links.js';
import type { JSX } from 'preact';
import type { Report } from '../../../client/index.js';
import type { Placed } from './overview.js';

/** Requests that were refused, by reason. Not each of them is a mistake of the client. */
export function RefusedCard({
  refused,
  isWorldShown,
}: {
  readonly refused: readonly Placed<NonNullable<Report['refused']>>[];
  readonly isWorldShown: boolean;
}): JSX.Element | null {
  if (refused.length === 0) return null;
  const total = refused.reduce((sum, { item }) => sum + item.count, 0);
  return (
    <Card title="Refused requests" actions={<span class="quiet">{counted(total, 'request')}</span>}>
      {refused.map(({ item, world, isEnded }) => (
        <div key={world} class="refused-world">
          {isWorldShown ? <h3>World {world}</h3> : null}
          <ul class="refused-reasons">
            {item.reasons.map(({ count, request, explanation }) => (
              <li key={`${request.entry}`}>
                <p>
                  <span class="strong">{count} ×</span> {explanation}
                </p>
                <EntryLink request={request} world={world} isEnded={isEnded} />
              </li>
            ))}
          </ul>
          {item.more > 0 ? <p class="quiet small">and {counted(item.more, 'further reason')}</p> : null}
        </div>
      ))}
    </Card>
  );
}
