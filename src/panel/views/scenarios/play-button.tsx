import { call } from '../../api/call.js';
import { world } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { AskButton } from '../../parts/ask-button.js';
import { resetWarning } from '../../parts/reset-warning.js';
import type { JSX } from 'preact';

interface PlayButtonProps {
  readonly name: string;
  readonly kind?: 'primary' | 'secondary';
}

/** Plays a scenario in the world of the page, after a question: it resets the world. */
export function PlayButton({ name, kind = 'secondary' }: PlayButtonProps): JSX.Element {
  return (
    <AskButton
      kind={kind}
      label="Play…"
      aria-label={`Play ${name}`}
      title={`Play ${name} in the world “${world.value}”?`}
      does="Reset and play"
      act={async () => {
        await call('PUT', '/scenario', { name });
        say(`The world “${world.value}” plays ${name}`);
      }}
    >
      {resetWarning} The clients and users are those of the scenario.
    </AskButton>
  );
}
