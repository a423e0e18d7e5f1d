import { say } from './announcer.js';
import { Button } from './button.js';
import type { JSX } from 'preact';

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for the label: `Copy client ID`. */
  readonly what: string;
  /** The visible text. Default: `Copy`. */
  readonly label?: string;
}

/** Copies a text to the clipboard, and says so. */
export function CopyButton({ text, what, label = 'Copy' }: CopyButtonProps): JSX.Element {
  return (
    <Button
      kind="quiet"
      class="copy"
      aria-label={label === 'Copy' ? `Copy ${what}` : label}
      onClick={() => {
        copyText(text).then(
          () => {
            say(`Copied ${what}`);
          },
          () => {
            say('The browser blocks copying on this page. Select the text, then press Ctrl+C or ⌘C.');
          },
        );
      }}
    >
      {label}
    </Button>
  );
}

/** Pages without HTTPS have no clipboard API, except on the loopback interface. */
async function copyText(text: string): Promise<void> {
  // the type says that it always exists
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard !== undefined) {
    await clipboard.writeText(text);
    return;
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'hidden';
  document.body.append(field);
  field.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without HTTPS
  const isCopied = document.execCommand('copy');
  field.remove();
  if (!isCopied) throw new Error('not copied');
}
