import { Breakable } from './breakable.js';
import { CopyButton } from './copy-button.js';
import type { JSX } from 'preact';

/** A short value, such as a URL or an id, with a button that copies it. */
export function CopyValue({ text, what }: { readonly text: string; readonly what: string }): JSX.Element {
  return (
    <span class="copy-value">
      <code>
        <Breakable text={text} />
      </code>
      <CopyButton text={text} what={what} />
    </span>
  );
}
