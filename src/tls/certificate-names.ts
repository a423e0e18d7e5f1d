import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { UsageError, flagOf } from '../config/option.js';
import { isHostName } from '../input/host-name.js';
import type { NameOption } from '../config/option.js';

/** Maximum number of names of an authority. */
const mostNames = 200;

/**
 * The names that the certificates of this server are made for: this machine, the hosts of the providers, and those of
 * the option `tlsName`.
 *
 * @param nameOption how an error names an option
 * @throws UsageError for a name that is neither a host name nor an IP address
 */
export function certificateNames(
  providerHosts: readonly string[],
  given: readonly string[],
  nameOption: NameOption = flagOf,
  machine = hostname().toLowerCase(),
): readonly string[] {
  const own = ['localhost', '127.0.0.1', '::1', ...(isHostName(machine) ? [machine] : [])];
  const option = nameOption('tlsName');
  const names = [...new Set([...own, ...providerHosts, ...given.map((each) => checkedName(each, option))])];
  if (names.length <= mostNames) return names;
  throw new UsageError(
    `the hosts of the providers and ${option} are ${names.length} names; ` +
      `a certificate is made for at most ${mostNames}`,
  );
}

function checkedName(given: string, option: string): string {
  const name = given
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[(.*)\]$/, '$1');
  if ((isIP(name) !== 0 && !name.includes('%')) || (isHostName(name) && !/^[\d.]+$/.test(name))) return name;
  throw new UsageError(
    `${option} is ${JSON.stringify(given)}; expected a host name or an IP address, without scheme, port and wildcard`,
  );
}

/** The names of an authority that is made anew: those that are needed, then earlier ones as far as the limit allows. */
export const joinNames = (needed: readonly string[], earlier: readonly string[]): readonly string[] =>
  [...new Set([...needed, ...earlier])].slice(0, mostNames);
