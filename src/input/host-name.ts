import { isIP } from 'node:net';

/** A host name (RFC 952, RFC 1123 §2.1), with the underscore that container names may have. */
const hostName = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/** Whether a text in lower case is the name of a host. IPv4 addresses match too. */
export const isHostName = (text: string): boolean => hostName.test(text);

/** Whether an address to listen on means every interface. It is no name of this machine, and no host of a URL. */
export const isWildcard = (address: string): boolean => ['0.0.0.0', '::', '0', '::0', ''].includes(address);

/**
 * A host in the one spelling that hosts are compared in: lower case, international names in Punycode, IPv4 with four
 * numbers, IPv6 without brackets, no dot at the end. Undefined if the text is no host.
 *
 * @param text as in a URL: an IPv6 address has brackets
 */
export function normalHost(text: string): string | undefined {
  const url = `http://${text}`;
  if (/[\s/?#@\\]/.test(text) || !URL.canParse(url)) return undefined;
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.+$/, '');
  return isIP(host) !== 0 || isHostName(host) ? host : undefined;
}
