/** What a command may touch of the process: the only door between the program and its surroundings. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Resolves with the name of the signal that asks the program to end. */
  readonly stopped: Promise<string>;
}
