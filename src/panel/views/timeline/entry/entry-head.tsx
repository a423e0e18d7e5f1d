import { requestTime, timeInUtc } from '../../../format.js';
import { outcomeOf, outcomeWords } from '../../../journal/outcome.js';
import { sentence } from '../../../journal/sentence.js';
import { Link, route } from '../../../navigation.js';
import { Badge } from '../../../parts/badge.js';
import { WithFingerprints } from '../../../parts/fingerprint.js';
import { rowsOfFlow } from '../flow-entries.js';
import { toneOf } from '../outcome-mark.js';
import { titleOf } from '../../../api/provider-titles.js';
import type { JSX } from 'preact';
import type { Row } from '../../../journal/row.js';

/** The id, and the way to its neighbours of the same flow. */
export function EntryTop({ id, flow }: { readonly id: number; readonly flow: string | undefined }): JSX.Element {
  const ids = rowsOfFlow(flow).map((row) => row.id);
  const [before, after] = [ids.findLast((each) => each < id), ids.find((each) => each > id)];
  return (
    <header class="entry-top">
      <span class="quiet">Entry {id}</span>
      <nav class="actions" aria-label="Entries of the same flow">
        <Neighbour id={before} label="Previous" />
        <Neighbour id={after} label="Next" />
      </nav>
    </header>
  );
}

function Neighbour({ id, label }: { readonly id: number | undefined; readonly label: string }): JSX.Element | null {
  if (id === undefined) return null;
  return (
    <Link
      class="button quiet"
      aria-label={`${label} entry of the flow`}
      filters={{ ...route.value.filters, entry: String(id) }}
    >
      {label}
    </Link>
  );
}

/** What happened, in a sentence, and the facts that the list has too. */
export function EntryHead({ row }: { readonly row: Row }): JSX.Element {
  const { provider, endpoint, grantType, clientId, userId, at, realAt, durationMs, status, reason, fault } = row;
  const outcome = outcomeOf(row);
  return (
    <>
      <h2 class="entry-title">
        <WithFingerprints text={sentence(row)} />
      </h2>
      <p class="entry-badges">
        <Badge tone={toneOf[outcome]}>
          {status === undefined ? '' : `${status} `}
          {outcomeWords[outcome]}
        </Badge>
        {reason === undefined ? null : <Badge tone="quiet">{reason}</Badge>}
        {provider === undefined ? null : <Badge tone="quiet">{titleOf(provider)}</Badge>}
        <Badge tone="quiet">{endpoint}</Badge>
        {grantType === undefined ? null : <Badge tone="quiet">{grantType}</Badge>}
      </p>
      <dl class="entry-facts">
        <Fact label="Virtual time" text={timeInUtc(at)} />
        {timeInUtc(at) === timeInUtc(realAt) ? null : <Fact label="Real time" text={timeInUtc(realAt)} />}
        {durationMs === undefined ? null : <Fact label="Took" text={requestTime(durationMs)} />}
        {clientId === undefined ? null : <Fact label="Client" text={clientId} />}
        {userId === undefined ? null : <Fact label="User" text={userId} />}
        {fault === undefined ? null : (
          <div>
            <dt>Fault</dt>
            <dd>
              <Link view="faults" filters={{ id: fault.id }}>
                {fault.id}
              </Link>{' '}
              ({fault.kind})
            </dd>
          </div>
        )}
      </dl>
    </>
  );
}

function Fact({ label, text }: { readonly label: string; readonly text: string }): JSX.Element {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <WithFingerprints text={text} />
      </dd>
    </div>
  );
}
