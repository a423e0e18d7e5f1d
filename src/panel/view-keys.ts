import { useEffect, useRef } from 'preact/hooks';

/** What a view does on a key, by the name of the key. */
export type ViewKeys = Readonly<Record<string, () => void>>;

let current: (() => ViewKeys) | undefined;

/** Sets the keys of the view that is shown. They do not act while a person types, or after `g`. */
export function useViewKeys(keys: ViewKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const own = (): ViewKeys => latest.current;
    current = own;
    return () => {
      if (current === own) current = undefined;
    };
  }, []);
}

/** Runs the view's action for a key. Returns whether there is one. */
export function pressViewKey(key: string): boolean {
  const act = current?.()[key];
  act?.();
  return act !== undefined;
}
