import { useRef, useState } from 'preact/hooks';
import { spacingAfter } from './spacing.js';

/** An interval for `useData`, and what measures its calls. */
export interface Spacing {
  readonly everyMs: number;
  readonly timed: <T>(load: () => Promise<T>) => Promise<T>;
}

/** Number of measurements that are kept. */
const kept = 3;

/** An interval that grows with the time that a call takes. */
export function useSpacing(firstMs: number): Spacing {
  const [everyMs, setEveryMs] = useState(firstMs);
  const took = useRef<readonly number[]>([]);
  return {
    everyMs,
    async timed(load) {
      const began = performance.now();
      const data = await load();
      took.current = [...took.current, performance.now() - began].slice(-kept);
      setEveryMs((now) => spacingAfter(now, took.current, firstMs));
      return data;
    },
  };
}
