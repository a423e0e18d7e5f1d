import { UsageError } from '../config/option.js';
import { didYouMean } from '../input/did-you-mean.js';
import { version } from '../package.js';
import { commandHelp, parseCommand, programHelp } from './command-line.js';
import type { Command } from './command.js';
import type { Surroundings } from './surroundings.js';

/** The command that runs when none is named. */
const defaultName = 'serve';

/**
 * Every command by name, in the order of the help text. A command is loaded when it is called: a health check does not
 * load a server.
 */
export const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['serve', async () => (await import('./serve.js')).serve],
  ['run', async () => (await import('./run.js')).runCommandLine],
  ['exam', async () => (await import('./exam.js')).examCommand],
  ['mcp', async () => (await import('./mcp.js')).mcp],
  ['check', async () => (await import('./check.js')).check],
  ['scenarios', async () => (await import('./scenarios.js')).scenarios],
  ['providers', async () => (await import('./providers.js')).listProviders],
  ['report', async () => (await import('./report.js')).report],
  ['healthcheck', async () => (await import('./healthcheck.js')).healthcheck],
]);

/**
 * Runs the command line.
 *
 * @returns the exit code: 0 success, 1 a problem was found (a mistake in a file, a finding, an unhealthy server), 2 an
 *   error in the usage or at the start; the exit code of the command that `run` runs, or 3, 126, 127; 128 and the
 *   number of the signal that ended an exam
 */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await dispatch(args, surroundings);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    surroundings.err(`understudy: ${error.message}`);
    return 2;
  }
}

async function dispatch(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const [first = defaultName, ...rest] = args;
  const own = ownArguments(args);
  if (first === 'help') return printHelp(rest[0], surroundings);
  if (own.includes('--help') || own.includes('-h')) return printHelp(first, surroundings);
  if (own.includes('--version') || own.includes('-V')) {
    surroundings.out(version);
    return 0;
  }
  const command = await loadCommand(first.startsWith('-') ? defaultName : first);
  const { values, ...line } = parseCommand(command, first.startsWith('-') ? args : rest, surroundings.env);
  return command.run(values, surroundings, line);
}

/** The arguments before `--`. Those after it are never options of this program. */
function ownArguments(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return end < 0 ? args : args.slice(0, end);
}

/** @throws UsageError if there is no command of that name */
async function loadCommand(name: string): Promise<Command> {
  const load = commands.get(name);
  if (load !== undefined) return load();
  const names = [...commands.keys()];
  throw new UsageError(
    `there is no command ${JSON.stringify(name)}${didYouMean(name, names)}; there are ${names.join(', ')}`,
  );
}

/**
 * Prints the help of one command, or of the program if none is named.
 *
 * @throws UsageError if there is no command of that name
 */
async function printHelp(name: string | undefined, { out }: Surroundings): Promise<number> {
  if (name !== undefined && !name.startsWith('-')) {
    out(commandHelp(await loadCommand(name)));
    return 0;
  }
  const all = await Promise.all([...commands.values()].map((each) => each()));
  out(programHelp(all, await loadCommand(defaultName)));
  return 0;
}
