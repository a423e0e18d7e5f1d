import { useRef, useState } from 'preact/hooks';
import { ApiError } from './api-error.js';

/** Something that a person starts, such as a call behind a button. */
export interface Action<A extends readonly unknown[]> {
  readonly run: (...given: A) => void;
  readonly isBusy: boolean;
  /** Why the latest run failed. */
  readonly problem: ApiError | undefined;
  /** Forgets the problem. */
  readonly forget: () => void;
}

/** Wraps a call for a button: one run at a time, and its failure is kept for the page. */
export function useAction<A extends readonly unknown[]>(perform: (...given: A) => Promise<unknown>): Action<A> {
  const [state, setState] = useState<{ isBusy: boolean; problem: ApiError | undefined }>({
    isBusy: false,
    problem: undefined,
  });
  const isRunning = useRef(false);
  const once = async (given: A): Promise<void> => {
    isRunning.current = true;
    setState({ isBusy: true, problem: undefined });
    try {
      await perform(...given);
      setState({ isBusy: false, problem: undefined });
    } catch (error) {
      const problem = error instanceof ApiError ? error : new ApiError(0, { detail: String(error) });
      setState({ isBusy: false, problem });
    } finally {
      isRunning.current = false;
    }
  };
  return {
    ...state,
    run: (...given) => {
      if (!isRunning.current) void once(given);
    },
    forget: () => {
      setState({ isBusy: false, problem: undefined });
    },
  };
}
