import { useEffect, useState } from 'preact/hooks';

/** Time for which a value must stay the same, in milliseconds. */
const quietMs = 200;

/** A value as soon as it does not change any more: a call for each letter that is typed would be too many. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, quietMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return settled;
}
