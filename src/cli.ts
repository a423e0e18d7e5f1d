import { UsageError, options, readConfig } from './config.js';
import { version } from './package.js';
import type { Config } from './config.js';

/** What a command may touch of the process: the only door between the program and its surroundings. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Resolves with the name of the signal that asks the program to end. */
  readonly stopped: Promise<string>;
}

type Command = (args: readonly string[], around: Surroundings) => Promise<number>;

/** Every command, with its line of help. Each is loaded when it is called: a health check need not load a server. */
const commands: Readonly<Record<string, { help: string; run: Command }>> = {
  serve: { help: 'serve the providers (this is what happens without a command)', run: async (args, around) => (await import('./serve.js')).serve(readConfig(args, around.env), around) },
  check: { help: 'FILE…: check scenario files; exit 1 with every mistake', run: async (args, around) => (await import('./commands/check.js')).run(args, around) },
  scenarios: { help: 'list the scenarios that can be played', run: async (args, around) => (await import('./commands/scenarios.js')).run(args, around) },
  providers: { help: 'list the providers and their URLs', run: async (args, around) => (await import('./commands/providers.js')).run(args, around) },
  report: { help: '--url URL --world ID --format FORMAT --fail-on SEVERITY: what the clients did wrong; exit 1 when it is that grave', run: async (args, around) => (await import('./commands/report.js')).run(args, around) },
  healthcheck: { help: 'ask a running server for its health; exit 0 when it is well', run: async (args, around) => (await import('./commands/healthcheck.js')).run(args, around) },
};

/**
 * Runs the command line.
 *
 * @returns the exit code: 0 well, 1 a finding (a bad file, no health), 2 wrong usage or a start that failed
 */
export async function run(args: readonly string[], around: Surroundings): Promise<number> {
  const [first = 'serve', ...rest] = args;
  if (args.includes('--help') || args.includes('-h') || first === 'help') {
    around.out(help());
    return 0;
  }
  if (args.includes('--version')) {
    around.out(version);
    return 0;
  }
  const command = first.startsWith('-') ? commands.serve : commands[first];
  try {
    if (command === undefined) throw new UsageError(`there is no command ${JSON.stringify(first)}; there are ${Object.keys(commands).join(', ')}`);
    return await command.run(first.startsWith('-') ? args : rest, around);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    around.err(`understudy: ${error.message}`);
    return 2;
  }
}

function help(): string {
  const commandLines = Object.entries(commands).map(([name, { help: text }]) => `  ${name.padEnd(14)}${text}`);
  const optionLines = Object.values(options as Record<keyof Config, { flag?: string; env: readonly string[]; value: string; help: string }>).map(({ flag, env, value, help: text }) => {
    const spelling = flag === undefined ? `${String(env[0])}=${value}` : `--${flag} ${value}`;
    return `  ${spelling.padEnd(26)}${text}${flag === undefined ? '' : `  [${env.join(', ')}]`}`;
  });
  return ['Usage: understudy [command] [options]', '', 'Commands', ...commandLines, '', 'Options of serve (and their environment variables)', ...optionLines, '', 'Everywhere', `  ${'--help, --version'.padEnd(26)}what it says`].join('\n');
}
