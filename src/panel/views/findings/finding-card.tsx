import { titleOf } from '../../api/provider-titles.js';
import { counted } from '../../format.js';
import { Link } from '../../navigation.js';
import { Badge } from '../../parts/badge.js';
import { Button } from '../../parts/button.js';
import { Clause } from '../../parts/clause.js';
import { EntryList } from './entry-links.js';
import { usersInWords } from './overview.js';
import type { JSX } from 'preact';
import type { Finding, FindingCase, Severity, SuppressedFinding } from '../../../client/index.js';
import type { Tone } from '../../parts/tone.js';
import type { Placed } from './overview.js';

/** The colour of a severity. The word stands beside it. */
export const severityTones: Readonly<Record<Severity, Tone>> = { error: 'danger', warning: 'warning', note: 'info' };

interface FindingCardProps {
  readonly placed: Placed<Finding | SuppressedFinding>;
  /** Whether the world is named: the report is on several. */
  readonly isWorldShown: boolean;
  readonly onSuppress?: (rule: string) => void;
}

/** A verdict on one client, with what proves it. */
export function FindingCard({ placed, isWorldShown, onSuppress }: FindingCardProps): JSX.Element {
  const { item, world, isEnded } = placed;
  const { rule, severity, verdict, clause, advice, provider, clientId, userIds, count, cases } = item;
  const hidden = count - cases.length;
  return (
    <article class={`finding severity-${severity}`} aria-label={`${severity}: ${rule}`}>
      <header>
        <Badge tone={severityTones[severity]}>{severity}</Badge>
        <code class="strong">{rule}</code>
        <span class="quiet small">
          <bdi>{clientId ?? 'unknown client'}</bdi> at {titleOf(provider)}
          {userIds.length === 0 ? '' : ', '}
          <bdi>{usersInWords(userIds)}</bdi>
          {isWorldShown ? `, world ${world}` : ''}
          {isWorldShown && isEnded ? ' (ended)' : ''}
        </span>
        {onSuppress === undefined ? null : (
          <Button
            kind="quiet"
            class="finding-suppress"
            title="For all clients, kept only in the URL of this page"
            aria-label={`Suppress ${rule}`}
            onClick={() => {
              onSuppress(rule);
            }}
          >
            Suppress…
          </Button>
        )}
      </header>
      <h3>{verdict}</h3>
      {'reason' in item ? (
        <p>
          <span class="strong">Suppressed because:</span> {item.reason}
        </p>
      ) : null}
      <p class="finding-advice">
        <span class="strong">What to do:</span> {advice}
      </p>
      <p class="quiet small">
        <Clause text={clause} />
      </p>
      <ul class="finding-cases" aria-label="Proof">
        {cases.map((each, i) => (
          <Case key={i} shown={each} world={world} isEnded={isEnded} />
        ))}
      </ul>
      {hidden > 0 ? <p class="quiet small">and {counted(hidden, 'more case')} of the same kind</p> : null}
    </article>
  );
}

interface CaseProps {
  readonly shown: FindingCase;
  readonly world: string;
  readonly isEnded: boolean;
}

function Case({ shown: { says, requests, family }, world, isEnded }: CaseProps): JSX.Element {
  return (
    <li>
      <p>
        {says}{' '}
        {family === undefined || isEnded ? null : (
          <Link
            class="small nowrap"
            title="The code and all tokens that came from it"
            view="tokens"
            world={world}
            filters={{ family }}
          >
            Token family
          </Link>
        )}
      </p>
      <EntryList requests={requests} label="Entries" world={world} isEnded={isEnded} />
    </li>
  );
}
