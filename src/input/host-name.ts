import { isIP } from 'node:net';

/** A host name (RFC 952, RFC 1123 §2.1), with the underscore that container names may have. */
const hostName = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/** Whether a text in lower case is the name of a host. IPv4 addresses match too. */
export const isHostName = (text: string): boolean => hostName.test(text);

const hostVariable = /\{[^}]*\}/;

/**
 * Whether a host, in lower case, is one that a pattern stands for. A pattern is a host, or has variables:
 * `{shop}.example.test`. A variable is one label of the name, or a part of one.
 */
export const isHostOf = (pattern: string, host: string): boolean =>
  pattern.includes('{') ? hostExpression(pattern).test(host) : pattern === host;

/** The variables of a pattern as a host has them, by name. Undefined: the pattern does not stand for the host. */
export function variablesOfHost(pattern: string, host: string): Readonly<Record<string, string>> | undefined {
  const values = hostExpression(pattern).exec(host)?.slice(1);
  const names = [...pattern.matchAll(/\{([^}]*)\}/g)].map(([, name]) => String(name));
  return values && Object.fromEntries(names.map((name, i) => [name, String(values[i])]));
}

const hostExpression = (pattern: string): RegExp =>
  new RegExp(`^${pattern.split(hostVariable).map(escaped).join('([a-z0-9-]{1,63})')}$`);

const escaped = (text: string): string => text.replaceAll('.', String.raw`\.`);

/**
 * The domain in which all hosts of a pattern are: `example.test` for `{shop}.example.test`. A host is its own domain.
 * Undefined: they have no such domain, or only one like `test`, which is no host's own.
 */
export function domainOf(pattern: string): string | undefined {
  if (!pattern.includes('{')) return pattern;
  const labels = pattern.split('.');
  const domain = labels.slice(labels.findLastIndex((label) => label.includes('{')) + 1);
  return domain.length < 2 ? undefined : domain.join('.');
}

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

/** The name in a Host header, in lower case. */
export function hostname(host = ''): string {
  const port = host.lastIndexOf(':');
  return (port < 0 ? host : host.slice(0, port)).toLowerCase();
}
