import { Button } from './button.js';
import type { ComponentChildren, JSX } from 'preact';

interface FormProps {
  readonly children: ComponentChildren;
  readonly onSend: () => void;
  readonly class?: string;
  /** The word on the button at the foot. Without it, the form has a button of its own. */
  readonly does?: string;
  readonly isBusy?: boolean;
  readonly isDisabled?: boolean;
  readonly onCancel?: () => void;
}

/** A form that is sent by the program: by its button, or by Enter. */
export function Form({ children, onSend, class: name = 'stack', does, onCancel, ...button }: FormProps): JSX.Element {
  return (
    <form
      class={name}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {children}
      {does === undefined ? null : (
        <div class="actions">
          <Button kind="primary" type="submit" {...button}>
            {does}
          </Button>
          {onCancel === undefined ? null : <Button onClick={onCancel}>Cancel</Button>}
        </div>
      )}
    </form>
  );
}
