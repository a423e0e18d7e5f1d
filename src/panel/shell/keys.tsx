import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { go } from '../navigation.js';
import { Button } from '../parts/button.js';
import { Dialog } from '../parts/dialog.js';
import { views } from '../views/index.js';
import { viewNames } from '../route.js';
import { pressViewKey } from '../view-keys.js';
import type { JSX } from 'preact';

/** Keys, with a space between two, and what they do. */
interface Key {
  readonly keys: string;
  readonly does: string;
}

const isOpen = signal(false);
/** Whether `g` was pressed: the next key names a view. */
let isGoing = false;
/** Time to press the second key after `g`, in milliseconds. */
const secondKeyMs = 1500;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');

/** Whether the key does something by itself: Enter on a link or a button. */
const isOnControl = ({ key, target }: KeyboardEvent): boolean =>
  key === 'Enter' && target instanceof HTMLElement && target.matches('a, button, summary');

function press(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const { key } = event;
  if (isGoing) {
    isGoing = false;
    const view = viewNames.find((name) => views[name].key === key);
    if (view !== undefined) {
      event.preventDefault();
      go({ view });
      document.getElementById('content')?.focus();
    }
  } else if (key === 'g') {
    isGoing = true;
    setTimeout(() => {
      isGoing = false;
    }, secondKeyMs);
  } else if (key === '?') {
    event.preventDefault();
    isOpen.value = true;
  } else if (key === '/') {
    const field = document.querySelector<HTMLInputElement>('[data-filter]');
    if (field === null) return;
    event.preventDefault();
    field.focus();
    field.select();
  } else if (!isOnControl(event) && document.querySelector('dialog[open]') === null && pressViewKey(key)) {
    event.preventDefault();
  }
}

/** Says which key shows the keys, and shows them. */
export function KeysHint(): JSX.Element {
  return (
    <p class="keys-hint small">
      <Button
        kind="quiet"
        onClick={() => {
          isOpen.value = true;
        }}
      >
        Keys: <kbd>?</kbd>
      </Button>
    </p>
  );
}

/** Listens to the keys of the panel, and shows their list. */
export function Keys(): JSX.Element | null {
  useEffect(() => {
    addEventListener('keydown', press);
    return () => {
      removeEventListener('keydown', press);
    };
  }, []);
  if (!isOpen.value) return null;
  return (
    <Dialog
      title="Keys"
      onClose={() => {
        isOpen.value = false;
      }}
    >
      <dl class="keys">
        <Row keys="?" does="This list" />
        <Row keys="/" does="Search in the view" />
        <Row keys="Esc" does="Close a dialog or an open entry" />
        <Row keys="j k" does="Timeline: next and previous entry" />
        <Row keys="Enter" does="Timeline: open the entry" />
        <Row keys="p" does="Timeline: pause and go on" />
        {viewNames.map((name) => (
          <Row key={name} keys={`g ${views[name].key}`} does={views[name].title} />
        ))}
      </dl>
    </Dialog>
  );
}

function Row({ keys, does }: Key): JSX.Element {
  return (
    <div>
      <dt>
        {keys.split(' ').map((each) => (
          <kbd key={each}>{each}</kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  );
}
