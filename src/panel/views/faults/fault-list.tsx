import { useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { counted, timeInUtc } from '../../format.js';
import { Link, filter, setFilters } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { Badge } from '../../parts/badge.js';
import { Button } from '../../parts/button.js';
import { ShowMore } from '../../parts/show-more.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { faultLines, filteredLines, isHolding, remainingInWords, ruleAgain } from './fault-state.js';
import { TextFilter } from '../../parts/filter-field.js';
import type { JSX } from 'preact';
import type { FaultState } from '../../../client/index.js';
import type { FaultLine } from './fault-state.js';

/** Number of rules that are shown, and added by each "Show more". */
const pageSize = 25;

/** The rules in the order in which they are tried, with a filter. */
export function FaultList({ faults }: { readonly faults: readonly FaultState[] }): JSX.Element {
  const [shown, setShown] = useState(pageSize);
  const text = filter('text') ?? '';
  const id = filter('id');
  const all = faultLines(faults);
  const lines = id === undefined ? filteredLines(all, text) : all.filter(({ state }) => state.id === id);
  if (id !== undefined) return <OneFault id={id} line={lines[0]} />;
  return (
    <div class="stack">
      {faults.length > 5 || text !== '' ? <TextFilter label="Search" name="text" placeholder="mailup refused" /> : null}
      {lines.length === faults.length ? null : (
        <p class="quiet small" role="status">
          {lines.length === 0 ? 'No fault has these words.' : `${lines.length} of ${counted(faults.length, 'fault')}`}
        </p>
      )}
      <ol class="faults">
        {lines.slice(0, shown).map((line) => (
          <FaultRow key={line.state.id} line={line} />
        ))}
      </ol>
      {lines.length <= shown ? null : (
        <div class="actions">
          <ShowMore
            hidden={lines.length - shown}
            step={pageSize}
            onMore={() => {
              setShown(shown + pageSize);
            }}
          />
          <span class="quiet small">
            {shown} of {lines.length.toLocaleString('en')} are shown. The first ones are tried first.
          </span>
        </div>
      )}
    </div>
  );
}

/** The rule that a link names, and the way to all others. */
function OneFault({ id, line }: { readonly id: string; readonly line: FaultLine | undefined }): JSX.Element {
  return (
    <div class="stack">
      {line === undefined ? (
        <p class="note">The fault {id} is not there any more: it was removed, or the world was reset.</p>
      ) : (
        <ol class="faults">
          <FaultRow line={line} />
        </ol>
      )}
      <div>
        <Link class="button secondary" filters={{}}>
          Show all faults
        </Link>
      </div>
    </div>
  );
}

function FaultRow({ line }: { readonly line: FaultLine }): JSX.Element {
  const { state, what, limits } = line;
  const path = `/faults/${encodeURIComponent(state.id)}`;
  const remove = async (): Promise<void> => {
    await call('DELETE', path);
    say(`Removed the fault ${state.id}`);
  };
  const release = async (): Promise<void> => {
    const { released } = await call<{ released: number }>('POST', `${path}/release`);
    say(`Released ${counted(released, 'request')}`);
  };
  const action = useAction((perform: () => Promise<void>) => perform());
  return (
    <li class={state.ended ? 'ended' : ''}>
      <div class="fault-words">
        <p>
          <span class="strong">{what}</span>
          {limits === '' ? null : <span class="quiet"> · {limits}</span>}
        </p>
        <p class="fault-facts">
          {state.ended ? <Badge tone="quiet">ended</Badge> : <Badge tone="fault">in force</Badge>}
          {state.waiting > 0 ? <Badge tone="warning">{counted(state.waiting, 'request')} waiting</Badge> : null}
          <code>{state.id}</code>
          <span>
            <span class="quiet">seen</span> {state.seen.toLocaleString('en')}
          </span>
          <span>
            <span class="quiet">hits</span> {state.hits.toLocaleString('en')}
          </span>
          <span>
            <span class="quiet">left</span> {state.ended ? 0 : remainingInWords(state)}
          </span>
          {state.endsAt === undefined || state.ended ? null : (
            <span>
              <span class="quiet">until</span> {timeInUtc(state.endsAt)}
            </span>
          )}
        </p>
      </div>
      <div class="actions">
        {isHolding(state) ? (
          <Button
            isBusy={action.isBusy}
            isDisabled={state.waiting === 0}
            onClick={() => {
              action.run(release);
            }}
          >
            Release
          </Button>
        ) : null}
        {state.hits > 0 ? (
          <Link
            class="button quiet"
            view="timeline"
            filters={{ text: state.id }}
            aria-label={`Requests of ${state.id}`}
          >
            Requests
          </Link>
        ) : null}
        <Button
          kind="quiet"
          aria-label={`Again… A fault like ${state.id}`}
          onClick={() => {
            setFilters({ new: JSON.stringify(ruleAgain(state)) });
          }}
        >
          Again…
        </Button>
        <Button
          kind="quiet"
          isBusy={action.isBusy}
          onClick={() => {
            action.run(remove);
          }}
          aria-label={`Remove ${state.id}`}
        >
          Remove
        </Button>
      </div>
      <ProblemNote problem={action.problem} />
    </li>
  );
}
