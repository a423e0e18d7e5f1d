import { useEffect, useRef, useState } from 'preact/hooks';
import { version } from './store.js';

/**
 * A number that grows when the journal changes, at most once in a while, and not while the tab is hidden.
 *
 * @param pauseMs tells the least time between two changes of the number, in milliseconds
 */
export function useJournalVersion(pauseMs: () => number): number {
  const [count, setCount] = useState(0);
  const pause = useRef(pauseMs);
  pause.current = pauseMs;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = performance.now();
    let seen = version.peek();
    const update = (): void => {
      timer = undefined;
      if (document.visibilityState !== 'visible' || version.peek() === seen) return;
      seen = version.peek();
      last = performance.now();
      setCount((before) => before + 1);
    };
    const schedule = (): void => {
      timer ??= setTimeout(update, Math.max(0, last + pause.current() - performance.now()));
    };
    const end = version.subscribe(schedule);
    document.addEventListener('visibilitychange', schedule);
    return () => {
      end();
      document.removeEventListener('visibilitychange', schedule);
      clearTimeout(timer);
    };
  }, []);
  return count;
}
