import { capital, counted, dayAndTime } from '../../format.js';
import { outcomeOf } from '../../journal/outcome.js';
import { isLoaded, journalRows } from '../../journal/store.js';
import { Link } from '../../navigation.js';
import type { JSX } from 'preact';

/** Says that no client came yet, and shows the latest request as soon as one did. */
export function FirstRequest(): JSX.Element | null {
  if (!isLoaded.value) return null;
  const rows = journalRows();
  const latest = rows.list.at(-1);
  if (latest === undefined) {
    return (
      <section class="card start-waiting" aria-label="First request">
        <span class="start-pulse" aria-hidden="true" />
        <p>
          <span class="strong">Waiting for the first request…</span>{' '}
          <span class="quiet">
            It appears here as soon as a client or a browser sends one to a provider of this world.
          </span>
        </p>
      </section>
    );
  }
  const { id, request, status, at, explanation } = latest;
  return (
    <section class="card start-waiting" aria-label="Latest request">
      <span class={`start-pulse arrived ${outcomeOf(latest)}`} aria-hidden="true" />
      <p>
        <span class="strong">{counted(rows.list.length, 'request')}.</span>{' '}
        <span class="quiet">The latest at {dayAndTime(at)}:</span>{' '}
        <Link view="timeline" filters={{ entry: String(id) }}>
          {request.method} {request.path}
        </Link>{' '}
        <span class="quiet">{status === undefined ? 'in progress' : `answered ${status}`}</span>
        {explanation === undefined ? null : <span class="start-reason">{capital(explanation)}</span>}
      </p>
      <Link class="button secondary" view="timeline">
        See the timeline
      </Link>
    </section>
  );
}
