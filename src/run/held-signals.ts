/** Receives signals from the start of the run to its end, so that none ends this program before it has cleaned up. */
export interface HeldSignals {
  /** The first signal that came while there was no listener. */
  readonly early: NodeJS.Signals | undefined;
  /** Gives the signals from now on to a listener. */
  readonly listen: (listener: (signal: NodeJS.Signals) => void) => void;
}

/** Holds signals while `use` runs. */
export async function holdSignals<T>(
  onSignal: (listener: (signal: NodeJS.Signals) => void) => () => void,
  use: (signals: HeldSignals) => Promise<T>,
): Promise<T> {
  let early: NodeJS.Signals | undefined;
  let listener = (signal: NodeJS.Signals): void => {
    early ??= signal;
  };
  const forget = onSignal((signal) => {
    listener(signal);
  });
  try {
    return await use({
      get early() {
        return early;
      },
      listen(next) {
        listener = next;
      },
    });
  } finally {
    forget();
  }
}
