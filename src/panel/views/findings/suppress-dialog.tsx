import { useState } from 'preact/hooks';
import { Dialog } from '../../parts/dialog.js';
import { TextField } from '../../parts/field.js';
import { Form } from '../../parts/form.js';
import type { JSX } from 'preact';

interface SuppressDialogProps {
  readonly rule: string;
  readonly onAccept: (reason: string) => void;
  readonly onClose: () => void;
}

/** The server takes rule and reason as one text of at most 2,000 characters. */
const longestReason = 1000;

/** Asks why the findings of a rule are accepted. */
export function SuppressDialog({ rule, onAccept, onClose }: SuppressDialogProps): JSX.Element {
  const [reason, setReason] = useState('');
  const [mistake, setMistake] = useState<string>();
  return (
    <Dialog title={`Suppress ${rule}`} onClose={onClose}>
      <Form
        does="Suppress"
        onCancel={onClose}
        onSend={() => {
          const text = reason.trim();
          if (text === '') setMistake('Give a reason. The report shows it.');
          else if (text.length > longestReason) setMistake(`Use at most ${longestReason} characters.`);
          else onAccept(text);
        }}
      >
        <p>
          The findings of this rule are accepted, of every client and provider. They are listed separately, with your
          reason. Nothing changes on the server: the suppression is in the address of this page.
        </p>
        <TextField
          label="Reason"
          help="Why it is accepted, for example a ticket."
          value={reason}
          mistake={mistake}
          isFirst
          onText={(text) => {
            setReason(text);
            setMistake(undefined);
          }}
        />
      </Form>
    </Dialog>
  );
}
