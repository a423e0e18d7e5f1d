import { useEffect, useState } from 'preact/hooks';

/** Time for which a value must stay the same, in milliseconds. */
const quietMs = 200;

/** The value after 200 ms without a change, so that typing makes one call. */
export function useDebounced<T>(value: T): T {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setDebounced(value);
    }, quietMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return debounced;
}
