import { callServer, callWorld, worldPath } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { go, world } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { Confirm } from '../../parts/confirm.js';
import type { JSX } from 'preact';

/** What a person asked for, before it is confirmed. */
export interface WorldQuestion {
  readonly does: 'reset' | 'drop';
  readonly id: string;
}

interface WorldConfirmProps {
  readonly question: WorldQuestion;
  readonly onClose: () => void;
}

/** Asks before a world is reset or dropped, and does it. */
export function WorldConfirm({ question: { does, id }, onClose }: WorldConfirmProps): JSX.Element {
  const action = useAction(async () => {
    if (does === 'reset') {
      await callWorld(id, 'POST', '/reset');
    } else {
      await callServer('DELETE', worldPath(id));
      if (world.value === id) go({ view: 'worlds', world: 'default' });
    }
    onClose();
    say(does === 'reset' ? `Reset ${id}` : `Dropped ${id}`);
  });
  return (
    <Confirm
      title={does === 'reset' ? `Reset the world ${id}?` : `Drop the world ${id}?`}
      does={does === 'reset' ? `Reset ${id}` : `Drop ${id}`}
      onConfirm={action.run}
      onClose={onClose}
      isBusy={action.isBusy}
      problem={action.problem}
    >
      <p>
        {does === 'reset'
          ? 'Its tokens, codes, journal, faults and changes are removed. It starts again from its scenario.'
          : 'The world and all its state are removed. Clients that use its URLs get 404.'}
      </p>
    </Confirm>
  );
}
