import { useState } from 'preact/hooks';
import { Dialog } from '../../parts/dialog.js';
import { TextField } from '../../parts/field.js';
import { Form } from '../../parts/form.js';
import type { JSX } from 'preact';

interface SuppressDialogProps {
  readonly rule: string;
  readonly onSuppress: (reason: string) => void;
  readonly onClose: () => void;
}

/** The server takes rule and reason as one text of at most 2,000 characters. */
const longestReason = 1000;

/** Asks why the findings of a rule are suppressed. */
export function SuppressDialog({ rule, onSuppress, onClose }: SuppressDialogProps): JSX.Element {
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
          else onSuppress(text);
        }}
      >
        <p>
          This suppresses the rule for all clients and all providers. Its findings are listed separately, with your
          reason. The suppression is kept only in the URL of this page: another tab, CI and{' '}
          <code>understudy report</code> do not know it. The card Suppressed has lines to keep it in a scenario, a
          command or a test.
        </p>
        <TextField
          label="Reason"
          help="Why it may stay, for example a ticket."
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
