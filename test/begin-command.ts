import { run } from '../src/commands/index.js';
import type { Surroundings } from '../src/commands/surroundings.js';

/** A command that runs in this process. */
export interface Running {
  readonly out: string[];
  readonly err: string[];
  readonly exit: Promise<number>;
  /** Gives a signal to the program. */
  readonly signal: (signal: NodeJS.Signals) => void;
}

/** Starts a command of the command line in this process. It has to take back its listeners for signals. */
export function beginCommand(args: readonly string[], surroundings: Partial<Surroundings>): Running {
  const [out, err]: [string[], string[]] = [[], []];
  const listeners = new Set<(signal: NodeJS.Signals) => void>();
  const exit = run(args, {
    env: {},
    isTerminal: false,
    isInteractive: false,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    stopped: new Promise(() => undefined),
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ...surroundings,
  });
  void exit.then(() => {
    if (listeners.size > 0) throw new Error('a listener for signals was left');
  });
  return {
    out,
    err,
    exit,
    signal(signal) {
      for (const listener of listeners) listener(signal);
    },
  };
}
