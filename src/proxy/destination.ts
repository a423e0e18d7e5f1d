import { BlockList, isIP } from 'node:net';
import { isHostOf, normalHost } from '../input/host-name.js';

/** What the proxy does with a host that a client asks for. */
export type Destination =
  | { readonly kind: 'provider'; readonly host: string; readonly port: number }
  | { readonly kind: 'pass'; readonly host: string; readonly port: number }
  | { readonly kind: 'refused'; readonly host: string; readonly reason: string };

/** Which hosts the proxy serves and passes. */
export interface DestinationRules {
  /** Hosts of the providers, in lower case; `{name}` is a variable. */
  readonly providerHosts: readonly string[];
  /** Hosts of providers that are not served here: to them, and to their siblings, `*` connects nobody. */
  readonly otherHosts?: () => readonly string[];
  /** Hosts to which clients are connected, in lower case: names, addresses, `*.example.test`, or `*` for all. */
  readonly pass: readonly string[];
  /** The name of the option that adds to `pass`. */
  readonly passOption: string;
}

/** The ports of HTTP and HTTPS. A provider has no others. */
export const providerPorts = [80, 443];

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
// a connection to "every address" reaches this machine
loopback.addAddress('0.0.0.0', 'ipv4');
loopback.addAddress('::', 'ipv6');

/** Addresses of private networks (RFC 1918, RFC 4193, RFC 3927, RFC 4291 §2.5.6). No provider is there. */
const inside = new BlockList();
for (const [address, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  inside.addSubnet(address, prefix, 'ipv4');
}
inside.addSubnet('fc00::', 7, 'ipv6');
inside.addSubnet('fe80::', 10, 'ipv6');

/** Whether an address is this machine: `127.0.0.0/8`, `::1`, `0.0.0.0`, `::`, or IPv4 written as IPv6. */
export function isLoopback(address: string): boolean {
  const version = isIP(address);
  return (
    version !== 0 &&
    loopback.check(address.replace(/^::ffff:(?=\d+\.)/i, ''), version === 6 && !address.includes('.') ? 'ipv6' : 'ipv4')
  );
}

/**
 * Decides what to do with a host and port, as they stand in `CONNECT` or in an absolute URL (RFC 9110 §7.2). Undefined
 * if the text is no host with an optional port.
 *
 * @param isLocal whether the client runs on this machine: others are not connected to its own services
 */
export function destinationOf(
  authority: string,
  defaultPort: number,
  { providerHosts, otherHosts = () => [], pass, passOption }: DestinationRules,
  isLocal: boolean,
): Destination | undefined {
  const parsed = parseAuthority(authority, defaultPort);
  if (parsed === undefined) return undefined;
  const { host, port } = parsed;
  const refused = (reason: string): Destination => ({ kind: 'refused', host, reason });

  if (providerHosts.some((each) => isHostOf(each, host))) {
    if (providerPorts.includes(port)) return { kind: 'provider', host, port };
    return refused(`${host} is served at the ports ${providerPorts.join(' and ')}, not at ${port}`);
  }
  if (pass.some((each) => each !== '*' && covers(each, host))) return { kind: 'pass', host, port };
  if (isLoopback(host) || host === 'localhost' || host.endsWith('.localhost')) {
    if (isLocal) return { kind: 'pass', host, port };
    return refused(
      `${host} is the machine of the proxy, and the client is on another; ${passOption} ${host} allows it`,
    );
  }
  if (!pass.includes('*')) return refused(`no provider has the host ${host}; ${passOption} ${host} connects to it`);
  const sibling = [...providerHosts, ...otherHosts()].find((each) => isSibling(host, each));
  if (sibling !== undefined) {
    return refused(`${host} may be a real service of the provider of ${sibling}; ${passOption} ${host} connects to it`);
  }
  if (isIP(host) !== 0 && !inside.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4')) {
    return refused(`${host} may be the address of a real provider; ${passOption} ${host} connects to it`);
  }
  return { kind: 'pass', host, port };
}

const authoritySyntax = /^(\[[^\]]*\]|[^:[\]]*)(?::(\d{1,5}))?$/;

/** The parts of an authority (RFC 3986 §3.2). A user in it is a mistake here (RFC 9110 §4.2.4). */
function parseAuthority(authority: string, defaultPort: number): { host: string; port: number } | undefined {
  const [, named, digits = defaultPort] = authoritySyntax.exec(authority) ?? [];
  const host = named === undefined ? undefined : normalHost(named);
  const port = Number(digits);
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port };
}

/** Whether a host of the option names this one. */
const covers = (pattern: string, host: string): boolean =>
  pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;

/** Whether two hosts share their domain: the last two labels. */
function isSibling(host: string, other: string): boolean {
  const domain = other.split('.').slice(-2).join('.');
  return host === domain || host.endsWith(`.${domain}`);
}
