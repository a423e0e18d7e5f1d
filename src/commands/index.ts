import { UsageError, options, readConfig } from '../config.js';
import { version } from '../package.js';
import { didYouMean } from '../input/did-you-mean.js';
import type { Surroundings } from './surroundings.js';

/** Options as the help tells them, by the name of the flag. */
type HelpTable = Readonly<
  Record<
    string,
    { readonly flag?: string; readonly env?: readonly string[]; readonly value: string; readonly help: string }
  >
>;

interface Command {
  readonly help: string;
  /** What follows the name, beside options. */
  readonly takes?: string;
  readonly options: () => HelpTable | Promise<HelpTable>;
  readonly run: (args: readonly string[], around: Surroundings) => Promise<number>;
}

/** Every command, with its line of help. Each is loaded when it is called: a health check need not load a server. */
const commands: Readonly<Record<string, Command>> = {
  serve: {
    help: 'serve the providers (this is what happens without a command)',
    options: () => options,
    run: async (args, around) => (await import('./serve.js')).serve(readConfig(args, around.env), around),
  },
  check: {
    help: 'check scenario files, or all in a folder; exit 1 with every mistake',
    takes: 'FILE…',
    options: () => ({}),
    run: async (args, around) => (await import('./check.js')).run(args, around),
  },
  scenarios: {
    help: 'list the scenarios that can be played',
    options: () => ({ fixtures: options.fixtures }),
    run: async (args, around) => (await import('./scenarios.js')).run(args, around),
  },
  providers: {
    help: 'list the providers and their URLs',
    options: () => ({}),
    run: async (args, around) => (await import('./providers.js')).run(args, around),
  },
  report: {
    help: 'what the clients of a world did wrong; exit 1 when it is grave',
    options: async () => (await import('./report.js')).options,
    run: async (args, around) => (await import('./report.js')).run(args, around),
  },
  healthcheck: {
    help: 'ask a running server for its health; exit 0 when it is well',
    options: () => ({ host: options.host, port: options.port }),
    run: async (args, around) => (await import('./healthcheck.js')).run(args, around),
  },
};

/**
 * Runs the command line.
 *
 * @returns the exit code: 0 well, 1 a finding (a bad file, no health), 2 wrong usage or a start that failed
 */
export async function run(args: readonly string[], around: Surroundings): Promise<number> {
  const [first = 'serve', ...rest] = args;
  if (args.includes('--help') || args.includes('-h') || first === 'help') {
    const asked = commands[first === 'help' ? String(rest[0]) : first];
    around.out(asked === undefined ? help() : await helpOf(first === 'help' ? String(rest[0]) : first, asked));
    return 0;
  }
  if (args.includes('--version')) {
    around.out(version);
    return 0;
  }
  const command = first.startsWith('-') ? commands.serve : commands[first];
  try {
    if (command === undefined) {
      throw new UsageError(
        `there is no command ${JSON.stringify(first)}${didYouMean(first, Object.keys(commands))}; there are ${Object.keys(commands).join(', ')}`,
      );
    }
    return await command.run(first.startsWith('-') ? args : rest, around);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    around.err(`understudy: ${error.message}`);
    return 2;
  }
}

function help(): string {
  const commandLines = Object.entries(commands).map(
    ([name, { help: text, takes = '' }]) => `  ${`${name} ${takes}`.padEnd(14)}${text}`,
  );
  return [
    'Usage: understudy [command] [options]',
    '',
    'Commands',
    ...commandLines,
    '',
    'Options of serve (and their environment variables)',
    ...optionLines(options),
    '',
    'Everywhere',
    `  ${'--help, --version'.padEnd(26)} what it says; after a command, --help tells its own options`,
  ].join('\n');
}

async function helpOf(name: string, { help: text, takes = '[options]', options: find }: Command): Promise<string> {
  const lines = optionLines(await find());
  return [
    `Usage: understudy ${name} ${takes}`,
    '',
    `  ${text}`,
    ...(lines.length === 0 ? [] : ['', 'Options', ...lines]),
  ].join('\n');
}

function optionLines(table: HelpTable): string[] {
  return Object.entries(table).map(([name, { flag, env, value, help: text }]) => {
    // what only the environment may say has variables and no flag
    const spelling =
      flag === undefined && env !== undefined ? `${String(env[0])}=${value}` : `--${flag ?? name} ${value}`;
    return `  ${spelling.padEnd(26)} ${text}${flag === undefined || env === undefined ? '' : `  [${env.join(', ')}]`}`;
  });
}
