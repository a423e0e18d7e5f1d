import type { ComponentChildren, JSX } from 'preact';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: () => void;
  /** `primary`: the one main action of a place. `danger`: something is lost. `quiet`: without a frame. */
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly type?: 'button' | 'submit';
  readonly isBusy?: boolean;
  readonly isDisabled?: boolean;
  /** Set for a button that is on or off. */
  readonly isPressed?: boolean;
  /** Set for a button that opens something. */
  readonly isExpanded?: boolean;
  readonly class?: string;
  readonly title?: string;
  readonly 'aria-label'?: string;
}

/** A button. While it is busy, it can be pressed, but says that it works. */
export function Button({
  children,
  onClick,
  kind = 'secondary',
  type = 'button',
  isBusy = false,
  isDisabled = false,
  isPressed,
  isExpanded,
  class: more = '',
  title,
  'aria-label': label,
}: ButtonProps): JSX.Element {
  return (
    <button
      type={type}
      class={`button ${kind} ${more}`.trim()}
      title={title}
      disabled={isDisabled}
      aria-busy={isBusy}
      aria-pressed={isPressed}
      aria-expanded={isExpanded}
      aria-label={label}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
