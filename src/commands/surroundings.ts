import type { Readable, Writable } from 'node:stream';
import type { Terminal } from './terminal.js';

/** The parts of the process that a command can use. Commands use only these, so tests need no process. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  /** Standard output, for lines that may be left out if it is slow. Used only if it is a terminal. */
  readonly terminal?: Terminal;
  /** Ends the process at once: a terminal that does not take its last lines would keep it alive. */
  readonly abandon?: () => void;
  /** Whether standard input is a terminal, which sends its signals to every process of the foreground. */
  readonly isInteractive: boolean;
  /** Standard input and output, for a command that speaks a protocol on them. Called only by such a command. */
  readonly streams?: () => { readonly input: Readable; readonly output: Writable };
  /** Writes a line to standard output. */
  readonly out: (line: string) => void;
  /** Writes a line to standard error. */
  readonly err: (line: string) => void;
  /** Resolves with the name of the signal that tells the program to stop. */
  readonly stopped: Promise<string>;
  /** Calls the listener for each signal, until the returned function is called. The program then goes on. */
  readonly onSignal: (listener: (signal: NodeJS.Signals) => void) => () => void;
}
