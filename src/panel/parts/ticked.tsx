import { Fragment } from 'preact';
import type { JSX } from 'preact';

/** A text in which what stands between backticks is code. */
export function Ticked({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {text.split('`').map((part, i) => (
        <Fragment key={i}>{i % 2 === 1 ? <code>{part}</code> : part}</Fragment>
      ))}
    </>
  );
}
