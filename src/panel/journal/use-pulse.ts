import { useEffect, useRef, useState } from 'preact/hooks';
import { version } from './store.js';

/**
 * A number that grows when the journal changes, at most once in a while, and not while the tab is hidden.
 *
 * @param pauseMs tells the least time between two changes of the number, in milliseconds
 */
export function usePulse(pauseMs: () => number): number {
  const [pulse, setPulse] = useState(0);
  const pause = useRef(pauseMs);
  pause.current = pauseMs;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = performance.now();
    let seen = version.peek();
    const ring = (): void => {
      timer = undefined;
      if (document.visibilityState !== 'visible' || version.peek() === seen) return;
      seen = version.peek();
      last = performance.now();
      setPulse((before) => before + 1);
    };
    const plan = (): void => {
      timer ??= setTimeout(ring, Math.max(0, last + pause.current() - performance.now()));
    };
    const end = version.subscribe(plan);
    document.addEventListener('visibilitychange', plan);
    return () => {
      end();
      document.removeEventListener('visibilitychange', plan);
      clearTimeout(timer);
    };
  }, []);
  return pulse;
}
