import { call } from '../../api/call.js';
import { counted } from '../../format.js';
import { lookNow } from '../../journal/follow.js';
import { world } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { AskButton } from '../../parts/ask-button.js';
import type { JSX } from 'preact';

/** The button that removes all entries of the journal, after a question. */
export function ClearJournal({ total }: { readonly total: number }): JSX.Element {
  return (
    <AskButton
      label="Clear…"
      isDisabled={total === 0}
      title={`Clear the journal of the world ${world.value}?`}
      does={`Remove ${counted(total, 'entry', 'entries')}`}
      act={async () => {
        await call('DELETE', '/journal');
        lookNow();
        say('The journal is empty.');
      }}
    >
      All entries go, also those that a filter hides, and the findings that rest on them. Clients, tokens and faults
      stay. This cannot be undone.
    </AskButton>
  );
}
