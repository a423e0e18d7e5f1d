import { signal } from '@preact/signals';
import { route } from '../navigation.js';
import type { JSX } from 'preact';

/** Time for which a message is shown, in milliseconds. */
const shownMs = 5000;

const message = signal<{ readonly text: string; readonly view: string }>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows a short message at the foot of the view, and has a screen reader say it. */
export function say(text: string): void {
  clearTimeout(timer);
  message.value = { text, view: route.value.view };
  timer = setTimeout(() => {
    message.value = undefined;
  }, shownMs);
}

/** Shows the messages of `say`. */
export function Announcer(): JSX.Element {
  const said = message.value;
  return (
    <div class="announcer" role="status">
      {said?.view === route.value.view ? <p class="toast">{said.text}</p> : null}
    </div>
  );
}
