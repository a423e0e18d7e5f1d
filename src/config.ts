import { clientOptions } from './config/client-options.js';
import { UsageError, readValue } from './config/option.js';
import { proxyOptions } from './config/proxy-options.js';
import { serverOptions } from './config/server-options.js';
import { tlsOptions } from './config/tls-options.js';
import { suggest } from './input/did-you-mean.js';
import type { Option, Values } from './config/option.js';

/**
 * Every setting of a server. The command line, the environment, the help text, the reference pages, `Config` and the
 * `StartOptions` of the library come from these tables. Editors show the doc comment of a row, which equals its help
 * text; a type that is written out keeps these comments in the declarations.
 */
export const options: typeof serverOptions & typeof clientOptions & typeof tlsOptions & typeof proxyOptions = {
  ...serverOptions,
  ...clientOptions,
  ...tlsOptions,
  ...proxyOptions,
};

/** The settings of a server. Frozen: they do not change after the start. */
export type Config = Values<typeof options>;

/** Settings of the command alone: a program awaits `start()`, and its output is its own. */
const commandOnly = ['readyFile', 'quiet'] as const;

/** Settings of a server that a program starts. */
export type ProgramConfig = Omit<Config, (typeof commandOnly)[number]>;

/** Defaults that differ if a program starts the server. */
export const programDefaults = {
  port: 0,
  tlsPort: 0,
  proxyPort: 0,
  logLevel: 'silent',
} as const satisfies Partial<ProgramConfig>;

/**
 * Checks the settings of a server that a program starts. `defaults` replace those of the command line.
 *
 * @throws UsageError that names the option, the value and what was expected
 */
export function configOf(
  given: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>> = {},
): Config {
  refuseUnknownNames(Object.keys(given));
  const values = Object.entries<Option<unknown>>(options).map(([name, option]) => {
    const value = given[name];
    // JavaScript callers may pass undefined members
    if (value === undefined) return [name, defaults[name] ?? option.fallback];
    return [name, readValue(option, { name, texts: textsOf(value) })];
  });
  return Object.freeze(Object.fromEntries(values)) as Config;
}

/** The texts of a value, as the command line would give them. */
function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}

function refuseUnknownNames(names: readonly string[]): void {
  const known = Object.keys(options).filter((name) => !commandOnly.some((each) => each === name));
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UsageError(`there is no option ${JSON.stringify(unknown)}${suggest(unknown, known)}`);
}
