import { useState } from 'preact/hooks';
import { Button } from '../../parts/button.js';
import { Page } from '../../parts/page.js';
import { MakeDialog } from './make-dialog.js';
import { WaitingCard } from './waiting-card.js';
import { WorldsCard } from './worlds-card.js';
import type { JSX } from 'preact';

/** The view Worlds: the worlds of the server, and the pages that wait for a person in the shown one. */
export function WorldsView(): JSX.Element {
  const [isMaking, setMaking] = useState(false);
  return (
    <Page
      title="Worlds"
      lead="Each world is a set of providers with a state of its own. One that is not used for an hour is dropped."
      actions={
        <Button
          kind="primary"
          onClick={() => {
            setMaking(true);
          }}
        >
          Make a world
        </Button>
      }
    >
      <WaitingCard />
      <WorldsCard />
      {isMaking ? (
        <MakeDialog
          onClose={() => {
            setMaking(false);
          }}
        />
      ) : null}
    </Page>
  );
}
