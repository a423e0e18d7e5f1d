import { callServer, callWorld, worldPath } from '../../api/call.js';
import { go, world } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { AskButton } from '../../parts/ask-button.js';
import { resetWarning } from '../../parts/reset-warning.js';
import type { JSX } from 'preact';

interface WorldButtonProps {
  readonly id: string;
}

/** Resets a world, after a question. */
export const ResetWorld = ({ id }: WorldButtonProps): JSX.Element => (
  <AskButton
    kind="quiet"
    label="Reset…"
    aria-label={`Reset ${id}`}
    title={`Reset the world “${id}”?`}
    does={`Reset ${id}`}
    act={async () => {
      await callWorld(id, 'POST', '/reset');
      say(`Reset ${id}`);
    }}
  >
    {resetWarning} It starts again from its scenario.
  </AskButton>
);

/** Drops a world, after a question. */
export const DropWorld = ({ id }: WorldButtonProps): JSX.Element => (
  <AskButton
    kind="quiet"
    label="Drop…"
    aria-label={`Drop ${id}`}
    title={`Drop the world “${id}”?`}
    does={`Drop ${id}`}
    act={async () => {
      await callServer('DELETE', worldPath(id));
      if (world.value === id) go({ view: 'worlds', world: 'default' });
      say(`Dropped ${id}`);
    }}
  >
    The world and all its state are removed. Clients that use its URLs get 404.
  </AskButton>
);
