import { useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { world } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import { Confirm } from '../../parts/confirm.js';
import type { JSX } from 'preact';

interface PlayButtonProps {
  readonly name: string;
  readonly kind?: 'primary' | 'secondary';
}

/** Plays a scenario in the world of the page, after a question: it resets the world. */
export function PlayButton({ name, kind = 'secondary' }: PlayButtonProps): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const close = (): void => {
    setAsking(false);
  };
  const play = useAction(async () => {
    await call('PUT', '/scenario', { name });
    say(`The world “${world.value}” plays ${name}`);
    close();
  });
  return (
    <>
      <Button
        kind={kind}
        aria-label={`Play ${name}`}
        onClick={() => {
          play.forget();
          setAsking(true);
        }}
      >
        Play
      </Button>
      {isAsking ? (
        <Confirm
          title={`Play ${name} in the world “${world.value}”?`}
          does="Reset and play"
          isBusy={play.isBusy}
          problem={play.problem}
          onConfirm={play.run}
          onClose={close}
        >
          <p>
            This resets the world: its tokens, codes, faults, changed settings and its journal are gone. The clients and
            users are those of the scenario.
          </p>
        </Confirm>
      ) : null}
    </>
  );
}
