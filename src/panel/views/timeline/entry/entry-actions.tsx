import { useState } from 'preact/hooks';
import { worldUrl } from '../../../api/address.js';
import { call, queryOf } from '../../../api/call.js';
import { useAction } from '../../../api/use-action.js';
import { Link, go, world } from '../../../navigation.js';
import { say } from '../../../parts/announcer.js';
import { Button } from '../../../parts/button.js';
import { CopyButton } from '../../../parts/copy-button.js';
import { ProblemNote } from '../../../parts/problem-note.js';
import { curl } from './curl.js';
import { ExpectationDialog } from './expectation-dialog.js';
import { familyOf } from './family-of.js';
import { faultFrom } from './fault-from.js';
import { rowsOfFlow } from '../flow-entries.js';
import type { JSX } from 'preact';
import type { EntryView, Family } from '../../../../client/index.js';

/** What a person can do with an entry. */
export function EntryActions({ entry }: { readonly entry: EntryView }): JSX.Element {
  const [isExpecting, setExpecting] = useState(false);
  const rule = faultFrom(entry);
  const open = useAction(() => openFamily(entry));
  return (
    <>
      <div class="actions entry-actions">
        <CopyButton text={curl(entry, worldUrl(world.value))} what="request as curl" label="Copy as curl" />
        {rule === undefined ? null : (
          <Link class="button quiet" view="faults" filters={{ new: JSON.stringify(rule) }}>
            Make this a fault
          </Link>
        )}
        <Button
          kind="quiet"
          onClick={() => {
            setExpecting(true);
          }}
        >
          Make this an expectation
        </Button>
        {entry.provider === undefined ? null : (
          <Button kind="quiet" isBusy={open.isBusy} onClick={open.run}>
            Open its token family
          </Button>
        )}
        {entry.flow === undefined ? null : (
          <Link class="button quiet" filters={{ flow: entry.flow, show: 'sequence', at: String(entry.id) }}>
            Show the sequence
          </Link>
        )}
      </div>
      <ProblemNote problem={open.problem} />
      {isExpecting ? (
        <ExpectationDialog
          entry={entry}
          onClose={() => {
            setExpecting(false);
          }}
        />
      ) : null}
    </>
  );
}

/** Goes to the token family that an entry issued or used. */
async function openFamily({ id, flow, provider }: EntryView): Promise<void> {
  const { families } = await call<{ families: Family[] }>('GET', `/lineage${queryOf({ provider, limit: 10_000 })}`);
  const inFlow = rowsOfFlow(flow).map((row) => row.id);
  const family = familyOf(families, id, inFlow);
  if (family === undefined) say(`Entry ${id} belongs to no token family: no token was issued or used.`);
  else go({ view: 'tokens', filters: { family: family.id } });
}
