import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { ProblemNote } from './problem-note.js';
import type { ComponentChildren, JSX } from 'preact';
import type { ApiError } from '../api/api-error.js';

interface ConfirmProps {
  /** The question, with the name of what is lost. */
  readonly title: string;
  /** What happens. */
  readonly children: ComponentChildren;
  /** The word on the button. */
  readonly does: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly isBusy?: boolean;
  readonly problem?: ApiError | undefined;
}

/** Asks before something is lost. */
export function Confirm({ title, children, does, onConfirm, onClose, isBusy, problem }: ConfirmProps): JSX.Element {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" isBusy={isBusy === true} onClick={onConfirm}>
            {does}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </>
      }
    >
      <ProblemNote problem={problem} />
      {children}
    </Dialog>
  );
}
