import type { JSX } from 'preact';

/** A text in which code stands between backticks. */
export function CodeText({ text }: { readonly text: string }): JSX.Element {
  return <>{text.split('`').map((part, i) => (i % 2 === 0 ? part : <code key={i}>{part}</code>))}</>;
}
