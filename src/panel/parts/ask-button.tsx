import { useState } from 'preact/hooks';
import { useAction } from '../api/use-action.js';
import { Button } from './button.js';
import { Confirm } from './confirm.js';
import type { ComponentChildren, JSX } from 'preact';

interface AskButtonProps {
  readonly label: string;
  /** The question, with the name of what is lost. */
  readonly title: string;
  /** The word on the button that does it. */
  readonly does: string;
  /** What happens. */
  readonly children: ComponentChildren;
  readonly act: () => Promise<void>;
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly isDisabled?: boolean;
  readonly 'aria-label'?: string;
}

/** A button that asks before something is lost. */
export function AskButton({ label, title, does, children, act, ...button }: AskButtonProps): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const action = useAction(async () => {
    await act();
    setAsking(false);
  });
  return (
    <>
      <Button
        {...button}
        onClick={() => {
          action.forget();
          setAsking(true);
        }}
      >
        {label}
      </Button>
      {isAsking ? (
        <Confirm
          title={title}
          does={does}
          isBusy={action.isBusy}
          problem={action.problem}
          onConfirm={action.run}
          onClose={() => {
            setAsking(false);
          }}
        >
          <p>{children}</p>
        </Confirm>
      ) : null}
    </>
  );
}
