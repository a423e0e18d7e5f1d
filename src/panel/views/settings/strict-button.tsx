import { useState } from 'preact/hooks';
import { useAction } from '../../api/use-action.js';
import { say } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import { Confirm } from '../../parts/confirm.js';
import type { JSX } from 'preact';
import type { Values } from './difference.js';

interface StrictButtonProps {
  readonly title: string;
  readonly onSave: (change: Values) => Promise<void>;
}

/** Sets all fields to what the RFCs ask, by the preset of the API. */
export function StrictButton({ title, onSave }: StrictButtonProps): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const strict = useAction(async () => {
    await onSave({ preset: 'rfc' });
    setAsking(false);
    say(`${title} is as strict as the RFCs`);
  });
  return (
    <>
      <Button
        onClick={() => {
          setAsking(true);
        }}
      >
        Set to the RFCs…
      </Button>
      {isAsking ? (
        <Confirm
          title={`Set ${title} to what the RFCs ask?`}
          does="Set to the RFCs"
          isBusy={strict.isBusy}
          problem={strict.problem}
          onConfirm={strict.run}
          onClose={() => {
            setAsking(false);
          }}
        >
          <p>
            Every setting gets the strict value, except for lifetimes, interaction, callsPerSecond and errors. The
            password grant is removed. It behaves like no real provider then; use it to see what your client relies on.
          </p>
        </Confirm>
      ) : null}
    </>
  );
}
