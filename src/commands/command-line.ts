import { Command as Parser, CommanderError, Option as ParserOption } from 'commander';
import { didYouMean } from '../input/did-you-mean.js';
import { UsageError, readOptions } from '../config/option.js';
import type { Environment, GivenTexts, Option, OptionTable, Values } from '../config/option.js';
import type { Command, CommandLine } from './command.js';

/** The values and arguments of a command, from the command line and the environment. */
interface Parsed extends CommandLine {
  readonly values: Values<OptionTable>;
}

/** Width of help texts in columns. It does not depend on the terminal, so that the output is the same everywhere. */
const helpWidth = 100;

/**
 * Reads the arguments of one command; its options also from the environment.
 *
 * @throws UsageError
 */
export function parseCommand(command: Command, args: readonly string[], env: Environment): Parsed {
  const parser = parserOf(command);
  const { own, following } = splitArguments(command, args);
  try {
    parser.parse(own, { from: 'user' });
  } catch (error) {
    throw error instanceof CommanderError ? new UsageError(messageOf(error)) : error;
  }
  const unexpected = parser.args[mostArguments(command)];
  if (unexpected !== undefined) {
    const isPlain = command.following === undefined && command.argument === undefined;
    const form = isPlain ? '' : `; expected understudy ${formOf(command)}`;
    throw new UsageError(`unexpected argument ${JSON.stringify(unexpected)}${form}`);
  }
  const given = givenTexts(parser);
  return { values: readOptions(command.options, given, env), args: parser.args, following, given };
}

/** How many arguments beside options a command has at most. */
function mostArguments({ argument }: Command): number {
  if (argument === undefined) return 0;
  return argument.includes('...') ? Infinity : 1;
}

/** How the command is called: `run [options] -- COMMAND...`. */
const formOf = (command: Command): string => `${command.name} ${usageOf(command)}`;

const usageOf = ({ argument = '', following = '' }: Command): string =>
  ['[options]', argument, following].filter((part) => part !== '').join(' ');

/** Separates what follows `--`, if the command runs it. All arguments are own ones otherwise. */
function splitArguments(
  { following }: Command,
  args: readonly string[],
): { readonly own: readonly string[]; readonly following: readonly string[] } {
  if (following === undefined) return { own: args, following: [] };
  const end = args.indexOf('--');
  return end < 0 ? { own: args, following: [] } : { own: args.slice(0, end), following: args.slice(end + 1) };
}

/** The texts of all given options. An option without a value has the text `true`. */
function givenTexts(parser: Parser): GivenTexts {
  const given = Object.entries(parser.opts<Record<string, readonly string[] | true>>());
  return Object.fromEntries(given.map(([member, texts]) => [member, texts === true ? ['true'] : texts]));
}

/** The help text of one command. */
export function commandHelp(command: Command): string {
  const parser = parserOf(command);
  // added to the program, so that the usage line begins with its name
  newParser('understudy').addCommand(parser);
  return [parser.helpInformation().trimEnd(), ...environmentLines(command)].join('\n');
}

/** The help text of the program: every command, and the options of the default command. */
export function programHelp(commands: readonly Command[], defaultCommand: Command): string {
  const parser = newParser('understudy')
    .usage('[command] [options]')
    .helpCommand('help [command]', 'Print the help of a command')
    .option('-V, --version', 'Print the version');
  for (const command of commands) parser.addCommand(parserOf(command));
  const defaultHelp = commandHelp(defaultCommand);
  const defaultOptions = defaultHelp.slice(defaultHelp.indexOf('Options:') + 'Options:'.length);
  return `${parser.helpInformation()}\nOptions of ${defaultCommand.name}, the default command:${defaultOptions}`;
}

function newParser(name: string): Parser {
  // process.exit and the streams of the process belong to main.ts: errors are thrown, and help is returned as text
  return new Parser(name)
    .helpOption('-h, --help', 'Print this help')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, getOutHelpWidth: () => helpWidth });
}

function parserOf(command: Command): Parser {
  const { name, summary, argument, following, options, shown = Object.keys(options) } = command;
  const parser = newParser(name).description(summary).allowExcessArguments();
  if (argument !== undefined) parser.argument(argument);
  if (following !== undefined) parser.usage(usageOf(command));
  const flags = Object.values(options).flatMap(({ flag }) => (flag === undefined ? [] : [`--${flag}`]));
  for (const [member, option] of Object.entries(options)) {
    if (option.flag === undefined) continue;
    parser.addOption(parserOption(option, flags).hideHelp(!shown.includes(member)));
  }
  return parser;
}

function parserOption({ flag, value, help, ...rest }: Option<unknown>, flags: readonly string[]): ParserOption {
  if (value === '') return new ParserOption(`--${String(flag)}`, help + remarks(rest));
  const spelling = `--${String(flag)} <${value}>`;
  return new ParserOption(spelling, help + remarks(rest)).argParser((text: string, before?: readonly string[]) => {
    // commander accepts a flag as the value, as in `--port --host x`
    if (flags.includes(text)) throw new UsageError(`option '${spelling}' argument missing`);
    return [...(before ?? []), text];
  });
}

/** Allowed values, default and variables of an option: ` (a, b; default: a) [NAME]`. */
function remarks({ allowed = [], fallback, env }: Pick<Option<unknown>, 'allowed' | 'fallback' | 'env'>): string {
  const isText = typeof fallback === 'string' || typeof fallback === 'number';
  const parts = [...(allowed.length === 0 ? [] : [allowed.join(', ')]), ...(isText ? [`default: ${fallback}`] : [])];
  return (parts.length === 0 ? '' : ` (${parts.join('; ')})`) + (env.length === 0 ? '' : ` [${env.join(', ')}]`);
}

/** Options that only the environment sets. */
function environmentLines({ options, shown = Object.keys(options) }: Command): string[] {
  const lines = Object.entries(options)
    .filter(([member, { flag }]) => flag === undefined && shown.includes(member))
    .map(([, { env, value, help }]) => `  ${String(env[0])}=${value}  ${help}`);
  return lines.length === 0 ? [] : ['', 'Environment variables without an option:', ...lines];
}

/** The message of the parser as one line: it puts its suggestion on a second line. */
function messageOf({ message }: CommanderError): string {
  const line = message.replace(/^error: /, '').replace(/\n\(Did you mean (.*)\?\)$/, '; did you mean "$1"?');
  // options that `run` answers before it calls this parser
  const [, unknown = ''] = /^unknown option '(--[^']+)'$/.exec(line) ?? [];
  return line + didYouMean(unknown, ['--version', '--help']);
}
