import { useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { counted } from '../../format.js';
import { lookNow } from '../../journal/store.js';
import { world } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { ProblemNote } from '../../parts/problem-note.js';
import type { JSX } from 'preact';

/** The button that removes all entries of the journal, after a question. */
export function ClearJournal({ total }: { readonly total: number }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const clear = useAction(async () => {
    await call('DELETE', '/journal');
    lookNow();
    setOpen(false);
    say('The journal is empty.');
  });
  const close = (): void => {
    setOpen(false);
    clear.forget();
  };
  return (
    <>
      <Button
        isDisabled={total === 0}
        onClick={() => {
          setOpen(true);
        }}
      >
        Clear…
      </Button>
      {isOpen ? (
        <Dialog
          title={`Clear the journal of the world ${world.value}?`}
          onClose={close}
          actions={
            <>
              <Button kind="danger" isBusy={clear.isBusy} onClick={clear.run}>
                Remove {counted(total, 'entry', 'entries')}
              </Button>
              <Button onClick={close}>Keep them</Button>
            </>
          }
        >
          <p>
            All entries go, also those that a filter hides, and the findings that rest on them. Clients, tokens and
            faults stay. This cannot be undone.
          </p>
          <ProblemNote problem={clear.problem} />
        </Dialog>
      ) : null}
    </>
  );
}
