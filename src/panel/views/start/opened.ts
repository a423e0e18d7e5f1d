import { effect, signal } from '@preact/signals';
import { route } from '../../navigation.js';

const key = 'understudy-opened';

/** What the tab has opened of the last two steps, in any world: `entry`, `findings`. */
export const opened = signal<readonly string[]>((sessionStorage.getItem(key) ?? '').split(' '));

effect(() => {
  const { view, filters } = route.value;
  const what = view === 'timeline' && filters.entry !== undefined ? 'entry' : view;
  if ((what !== 'entry' && what !== 'findings') || opened.peek().includes(what)) return;
  opened.value = [...opened.peek(), what];
  sessionStorage.setItem(key, opened.value.join(' '));
});
