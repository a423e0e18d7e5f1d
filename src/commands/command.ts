import type { GivenTexts, OptionTable, Values } from '../config/option.js';
import type { Surroundings } from './surroundings.js';

/** What was written on the command line beside the values of options. */
export interface CommandLine {
  /** Arguments beside options, before `--`. */
  readonly args: readonly string[];
  /** What follows `--`. */
  readonly following: readonly string[];
  /** The texts of the options that were given: for a command that reads others from a file. */
  readonly given: GivenTexts;
}

/** One command of the command line. */
export interface Command<T extends OptionTable = OptionTable> {
  readonly name: string;
  /** What the command does: one sentence without a full stop, for help texts and the reference page. */
  readonly summary: string;
  /** Arguments beside options, in commander's notation: `<file...>`. Absent: none are accepted. */
  readonly argument?: string;
  /** What follows `--`, as the usage line shows it: `-- COMMAND...`. Absent: nothing may follow. */
  readonly following?: string;
  readonly options: T;
  /** Members of `options` that the help text shows. Absent: all of them. */
  readonly shown?: readonly (keyof T & string)[];
  /**
   * Runs the command.
   *
   * @returns the exit code
   * @throws UsageError
   */
  readonly run: (values: Values<T>, surroundings: Surroundings, line: CommandLine) => Promise<number>;
}

/** Defines a command. The types of its values follow from its options. */
export function defineCommand<const T extends OptionTable>(command: Command<T>): Command {
  return command as unknown as Command;
}
