import { useState } from 'preact/hooks';
import { Button } from '../../parts/button.js';
import { Page } from '../../parts/page.js';
import { MakeDialog } from './make-dialog.js';
import { WaitingCard } from './waiting-card.js';
import { WorldsCard } from './worlds-card.js';
import type { JSX } from 'preact';

const lead =
  'A world is one isolated copy of all providers, with clients, users, tokens, clock, faults and journal of its own. ' +
  'It is dropped after some time without requests to its URLs, which begin with /w/. This panel counts too.';

/** The view Worlds: the worlds of the server, and the pages that wait for a person in the shown one. */
export function WorldsView(): JSX.Element {
  const [isMaking, setMaking] = useState(false);
  return (
    <Page
      title="Worlds"
      lead={lead}
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
