import { ProcessGroup } from './process-group.js';
import type { CommandToRun, ProcessOptions } from './process-group.js';

/** How a command is run to its end. */
export interface RunToEndOptions extends ProcessOptions {
  /** Gets the processes as soon as they were started. */
  readonly started: (group: ProcessGroup) => void;
  /** Ends the command. */
  readonly limit: AbortSignal;
  /** Ends it without time to finish. */
  readonly atOnce: AbortSignal;
}

/**
 * Runs a command to its end. No process is left: also those that it started in the background are ended.
 *
 * @returns its exit code; undefined if it was ended by the limit
 * @throws NotStarted
 */
export async function runToEnd(command: CommandToRun, options: RunToEndOptions): Promise<number | undefined> {
  const { started, limit, atOnce } = options;
  const group = await ProcessGroup.start(command, options);
  started(group);
  const limited = new Promise<undefined>((resolve) => {
    const end = (): void => {
      resolve(undefined);
    };
    limit.addEventListener('abort', end);
    if (limit.aborted) end();
  });
  const exitCode = await Promise.race([group.exit, limited]);
  await group.end(atOnce);
  return exitCode;
}
