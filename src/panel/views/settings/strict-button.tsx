import { say } from '../../parts/announcer.js';
import { AskButton } from '../../parts/ask-button.js';
import type { JSX } from 'preact';
import type { Values } from './difference.js';

interface StrictButtonProps {
  readonly title: string;
  readonly onSave: (change: Values) => Promise<void>;
}

/** Sets all fields to what the RFCs ask, by the preset of the API. */
export function StrictButton({ title, onSave }: StrictButtonProps): JSX.Element {
  return (
    <AskButton
      label="Set to the RFCs…"
      title={`Set ${title} to what the RFCs ask?`}
      does="Set to the RFCs"
      act={async () => {
        await onSave({ preset: 'rfc' });
        say(`${title} is as strict as the RFCs`);
      }}
    >
      Every setting gets the strict value, except for lifetimes, interaction, callsPerSecond and errors. The password
      grant is removed. No real provider behaves like this. It shows which leniency your client relies on.
    </AskButton>
  );
}
