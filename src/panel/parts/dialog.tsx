import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from './button.js';
import type { ComponentChildren, JSX } from 'preact';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** Buttons at the foot, beside the one that closes. */
  readonly actions?: ComponentChildren;
  /** `drawer`: at the right side of the window, in full height. */
  readonly kind?: 'box' | 'drawer';
}

/** A modal dialog. Escape and a click beside it close it; the focus returns to where it was. */
export function Dialog({ title, onClose, children, actions, kind = 'box' }: DialogProps): JSX.Element {
  const place = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    place.current?.showModal();
    // a form begins at its first field, not at the button that closes it
    place.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={place}
      class={`dialog ${kind}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === place.current) onClose();
      }}
    >
      <div class="dialog-body">
        <header class="card-head">
          <h2 id={id}>{title}</h2>
          <Button kind="quiet" onClick={onClose} aria-label="Close">
            Close
          </Button>
        </header>
        {children}
        {actions === undefined ? null : <footer class="actions">{actions}</footer>}
      </div>
    </dialog>
  );
}
