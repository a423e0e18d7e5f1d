import { useEffect, useRef, useState } from 'preact/hooks';
import { world } from '../navigation.js';
import { adminToken } from './admin-token.js';
import { ApiError } from './api-error.js';
import { changes } from './call.js';

/** What a view knows of something that it reads again and again. */
export interface Data<T> {
  /** The latest answer; undefined before the first. A failed call does not remove it. */
  readonly data: T | undefined;
  /** Why the latest call failed. */
  readonly problem: ApiError | undefined;
}

/** How often a view reads what it shows, in milliseconds. Other tabs and programs change the world as well. */
const defaultEveryMs = 2000;

/**
 * Reads something now, after each change by this tab, and at an interval while the tab is visible.
 *
 * @param load makes the call
 * @param inputs values on which `load` depends. The world and the admin token are watched in any case
 * @param everyMs the interval, in milliseconds
 * @param revision reads again when this number changes, and keeps what is shown until the answer
 */
export function useData<T>(
  load: () => Promise<T>,
  inputs: readonly unknown[] = [],
  everyMs = defaultEveryMs,
  revision = 0,
): Data<T> {
  const key = JSON.stringify([world.value, adminToken.value, ...inputs]);
  const [state, setState] = useState<Data<T> & { readonly key: string }>({ key, data: undefined, problem: undefined });
  const latest = useRef(load);
  latest.current = load;
  const read = useRef<() => void>(() => undefined);

  useEffect(() => {
    let isEnded = false;
    let isReading = false;
    let isAskedAgain = false;
    const once = async (): Promise<void> => {
      if (isReading) {
        isAskedAgain = true;
        return;
      }
      isReading = true;
      try {
        const data = await latest.current();
        if (!isEnded) setState({ key, data, problem: undefined });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (!isEnded) setState((old) => ({ key, data: old.key === key ? old.data : undefined, problem: error }));
      } finally {
        isReading = false;
      }
      if (isAskedAgain) {
        isAskedAgain = false;
        await once();
      }
    };
    read.current = () => {
      void once();
    };
    read.current();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') read.current();
    }, everyMs);
    return () => {
      isEnded = true;
      clearInterval(timer);
    };
  }, [key, everyMs]);

  const count = changes.value + revision;
  const firstCount = useRef(count);
  useEffect(() => {
    if (count !== firstCount.current) read.current();
  }, [count]);

  // what another world said is not shown in this one
  return state.key === key ? state : { data: undefined, problem: undefined };
}
