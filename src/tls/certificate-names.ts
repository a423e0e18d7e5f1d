import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { UsageError } from '../config/option.js';
import { isHostName } from '../input/host-name.js';

/** Maximum number of names of an authority. */
const mostNames = 100;

/**
 * The names that the certificates of this server are made for: this machine, the hosts of the providers, and those of
 * `--tls-name`.
 *
 * @throws UsageError for a name that is neither a host name nor an IP address
 */
export function certificateNames(
  providerHosts: readonly string[],
  given: readonly string[],
  machine = hostname().toLowerCase(),
): readonly string[] {
  const own = ['localhost', '127.0.0.1', '::1', ...(isHostName(machine) ? [machine] : [])];
  const names = [...new Set([...own, ...providerHosts, ...given.map(checkedName)])];
  if (names.length <= mostNames) return names;
  throw new UsageError(`--tls-name is given ${given.length} names; a certificate is made for at most ${mostNames}`);
}

function checkedName(given: string): string {
  const name = given
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[(.*)\]$/, '$1');
  if ((isIP(name) !== 0 && !name.includes('%')) || (isHostName(name) && !/^[\d.]+$/.test(name))) return name;
  throw new UsageError(
    `--tls-name is ${JSON.stringify(given)}; expected a host name or an IP address, without scheme, port and wildcard`,
  );
}

/** The names of an authority that is made anew: those that are needed, then earlier ones as far as the limit allows. */
export const joinNames = (needed: readonly string[], earlier: readonly string[]): readonly string[] =>
  [...new Set([...needed, ...earlier])].slice(0, mostNames);
