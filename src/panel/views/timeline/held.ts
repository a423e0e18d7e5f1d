import { computed, signal } from '@preact/signals';

/** Whether the person paused the list. */
export const isPaused = signal(false);
/** Whether the list is scrolled away from its newest entry: what a person reads must not move. */
export const isScrolled = signal(false);

/** Why the list shows no new entries. Undefined: it shows them. */
export const heldBy = computed(() => {
  if (isPaused.value) return 'pause';
  return isScrolled.value ? 'scroll' : undefined;
});
