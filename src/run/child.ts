import { constants } from 'node:os';
// not Node's own: on Windows, npm and npx are files that it does not start
import spawn from 'cross-spawn';
import { UsageError } from '../config/option.js';
import type { ChildProcess } from 'node:child_process';
import type { Environment } from '../config/option.js';
import type { HeldSignals } from './held-signals.js';

/** How a command is run. */
export interface ChildOptions {
  readonly env: Environment;
  /** Whether the terminal sends its signals to the command by itself. */
  readonly isInteractive: boolean;
  readonly signals: HeldSignals;
}

/** A command that was not started. Its exit code is that of a shell. */
export class NotStarted extends UsageError {
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Signals that a terminal sends to every process of its foreground group: Ctrl+C and Ctrl+\. */
const fromTerminal: readonly string[] = ['SIGINT', 'SIGQUIT'];

/**
 * Runs a command with the standard streams of this process, and passes signals on. A second SIGINT kills it. A signal
 * that came before prevents its start.
 *
 * @returns its exit code, or 128 and the number of the signal that killed it
 * @throws NotStarted
 */
export async function runChild(
  [program = '', ...args]: readonly string[],
  { env, isInteractive, signals }: ChildOptions,
): Promise<number> {
  if (signals.early !== undefined) return signalCode(signals.early);
  const child = start(program, args, env);
  let interrupts = 0;
  signals.listen((signal) => {
    if (signal === 'SIGINT') interrupts += 1;
    if (interrupts > 1) child.kill('SIGKILL');
    else if (!isInteractive || !fromTerminal.includes(signal)) child.kill(signal);
  });
  return endOf(child, program);
}

function start(program: string, args: readonly string[], env: Environment): ChildProcess {
  try {
    return spawn(program, args, { env, stdio: 'inherit' });
  } catch (error) {
    throw notStarted(program, error as NodeJS.ErrnoException);
  }
}

function endOf(child: ChildProcess, program: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      // later errors are of a signal that cannot be sent, for example to a program of another user
      if (child.pid === undefined) reject(notStarted(program, error));
    });
    child.once('exit', (code, signal) => {
      resolve(signal === null ? Number(code) : signalCode(signal));
    });
  });
}

/** The exit code that a shell gives to a command that a signal ended. */
export const signalCode = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];

/**
 * The error of a command that was not started. Codes of POSIX shells: 127 for a command that was not found, 126 for one
 * that cannot be executed.
 */
export function notStarted(program: string, { code, message }: NodeJS.ErrnoException): NotStarted {
  const name = JSON.stringify(program);
  if (code === 'ENOENT' || program === '') {
    return new NotStarted(
      `the command ${name} was not found; it is a program with its path, or in a folder of PATH`,
      127,
    );
  }
  if (code === 'EACCES') return new NotStarted(`the command ${name} is not executable`, 126);
  return new NotStarted(`the command ${name} cannot be started: ${message}`, 126);
}
