import { useRef, useState } from 'preact/hooks';
import { nextInterval, sampleCount } from './poll-interval.js';

/** An interval for `useData`, and what measures its calls. */
export interface PollInterval {
  readonly everyMs: number;
  readonly timed: <T>(load: () => Promise<T>) => Promise<T>;
}

/** An interval that grows with the time that a call takes. */
export function usePollInterval(firstMs: number): PollInterval {
  const [everyMs, setEveryMs] = useState(firstMs);
  const took = useRef<readonly number[]>([]);
  return {
    everyMs,
    async timed(load) {
      const began = performance.now();
      const data = await load();
      took.current = [...took.current, performance.now() - began].slice(-sampleCount);
      setEveryMs((now) => nextInterval(now, took.current, firstMs));
      return data;
    },
  };
}
