import { CopyButton } from './copy-button.js';
import type { JSX } from 'preact';

/** A text for a file or a terminal, with a button that copies it. It can be scrolled by keyboard. */
export function CodeBlock({ text, what }: { readonly text: string; readonly what: string }): JSX.Element {
  return (
    <div class="code-block">
      <pre tabindex={0} role="region" aria-label={what}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} what={what} />
    </div>
  );
}
