import { isIP } from 'node:net';
import { UsageError, flagOf } from '../config/option.js';
import { isHostOf, normalHost } from '../input/host-name.js';
import type { NameOption } from '../config/option.js';
import type { Provider } from '../providers/provider.js';
import type { DestinationRules } from './destination.js';

/**
 * The rules from the providers and the hosts of the option `proxyPass`.
 *
 * @param nameOption how an error names an option
 * @throws UsageError for a text that is no host, and for a host of a provider
 */
export function destinationRules(
  providers: readonly Provider[],
  pass: readonly string[],
  nameOption: NameOption = flagOf,
): DestinationRules {
  const providerHosts = hostsOf(providers);
  const passOption = nameOption('proxyPass');
  return { providerHosts, pass: pass.map((given) => passedHost(given, providerHosts, passOption)), passOption };
}

/** The hosts of providers. */
export const hostsOf = (providers: readonly Provider[]): readonly string[] => providers.flatMap(({ hosts }) => hosts);

function passedHost(given: string, providerHosts: readonly string[], option: string): string {
  if (given === '*') return given;
  const wildcard = given.startsWith('*.') ? '*.' : '';
  const named = given.slice(wildcard.length);
  const hostname = normalHost(isIP(named) === 6 ? `[${named}]` : named);
  if (hostname === undefined || /:\d+$/.test(named.replace(/^\[.*\]$|^.*:.*:.*$/, ''))) {
    throw new UsageError(
      `${option} is ${JSON.stringify(given)}; expected a host without scheme and port, *.example.test, or *`,
    );
  }
  const provided = providerHosts.find(
    (host) => isHostOf(host, hostname) || (wildcard !== '' && host.endsWith(`.${hostname}`)),
  );
  if (provided === undefined) return wildcard + hostname;
  throw new UsageError(`${option} ${given} includes ${provided}, a host of a provider, which is never passed`);
}
