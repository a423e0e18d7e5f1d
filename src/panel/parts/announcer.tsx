import { signal } from '@preact/signals';
import type { JSX } from 'preact';

/** Time for which a message is shown, in milliseconds. */
const shownMs = 5000;

const message = signal('');
let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows a short message at the foot of the page, and has a screen reader say it. */
export function say(text: string): void {
  clearTimeout(timer);
  message.value = text;
  timer = setTimeout(() => {
    message.value = '';
  }, shownMs);
}

/** The place of the messages of `say`. */
export function Announcer(): JSX.Element {
  return (
    <div class="announcer" role="status">
      {message.value === '' ? null : <p class="toast">{message.value}</p>}
    </div>
  );
}
