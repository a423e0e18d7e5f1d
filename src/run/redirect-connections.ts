import { isIP } from 'node:net';
import { isHostOf } from '../input/host-name.js';
import { destinationOf } from '../proxy/destination.js';
import type { Environment } from '../config/option.js';
import type { DestinationRules } from '../proxy/destination.js';

/** Variable with the hosts of the providers, separated by commas. */
export const hostsVariable = 'UNDERSTUDY_HOSTS';

/** Variable with the hosts to which the proxy passes, separated by commas: see `DestinationRules`. */
export const passVariable = 'UNDERSTUDY_PASS';

/** A connection that a program opens. */
interface Target {
  readonly host?: unknown;
  readonly port?: unknown;
  readonly servername?: unknown;
  /** A local socket, which has no host. */
  readonly path?: unknown;
}

/** The address of the server at a port of a provider. */
interface Address {
  readonly host: string;
  readonly port: number;
}

/** `net.Socket.prototype`, or an object like it. */
export interface Connector {
  connect: (...args: never[]) => unknown;
}

/**
 * Makes every connection of this process to a host of a provider lead to the server: HTTP clients, agents and
 * dispatchers of any library end in `Socket.connect`, also those that read no proxy variable. Nothing is loaded for it,
 * because every Node process runs this. Other connections are untouched, except to other hosts of the providers'
 * domains and, if the run is isolated, to the ports of HTTP: these are refused, as the proxy refuses them.
 *
 * `say` gets one line if the variables are missing; nothing is changed then.
 */
export function redirectConnections(prototype: Connector, env: Environment, say: (line: string) => void): void {
  const providerHosts = (env[hostsVariable] ?? '').split(',').filter((host) => host !== '');
  const addresses = new Map([
    [80, addressOf(env.UNDERSTUDY_URL)],
    [443, addressOf(env.UNDERSTUDY_TLS_URL)],
  ]);
  if (providerHosts.length === 0 || [...addresses.values()].includes(undefined)) {
    say(
      `understudy: connections of this process are not redirected, because ${hostsVariable}, UNDERSTUDY_URL or ` +
        'UNDERSTUDY_TLS_URL is not set',
    );
    return;
  }
  const isProvider = (host: string): boolean => providerHosts.some((each) => isHostOf(each, host));
  const pass = (env[passVariable] ?? '*').split(',');
  const connect = prototype.connect as (...args: unknown[]) => unknown;
  prototype.connect = function (this: Connector, ...args: unknown[]): unknown {
    const target = targetOf(args);
    const port = Number(target.port);
    if (typeof target.path === 'string') return connect.apply(this, args);
    // a client that resolved the name itself connects to an address, and names the host for TLS only
    const { host, reason } = destination(target.host, port, {
      providerHosts,
      pass: addresses.has(port) ? pass : ['*'],
      passOption: '--proxy-pass',
    });
    if (isProvider(host) || (port === 443 && isProvider(String(target.servername)))) {
      const address = addresses.get(port) ?? refusing(target, 'a provider serves the ports 80 and 443 only');
      return connect.apply(this, withTarget(args, address));
    }
    return connect.apply(this, reason === undefined ? args : withTarget(args, refusing(target, reason)));
  };
}

/** The host of a connection as hosts are compared, and why it is refused, as the proxy would refuse it. */
function destination(named: unknown, port: number, rules: DestinationRules): { host: string; reason?: string } {
  const name = typeof named === 'string' ? named : 'localhost';
  const found = destinationOf(name.includes(':') ? `[${name}]` : name, port, rules, true);
  // a client that resolves names itself connects to the addresses of all kinds of hosts
  if (found?.kind !== 'refused' || (isIP(name) !== 0 && rules.pass.includes('*'))) return { host: found?.host ?? name };
  return { host: found.host, reason: found.reason };
}

function addressOf(url: string | undefined): Address | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) };
}

/** `connect(options)`, `connect(port, host)`, or, as Node calls it, `connect([options, listener])`. */
function targetOf(args: readonly unknown[]): Target {
  const [first, second] = args;
  if (Array.isArray(first)) return targetOf(first as unknown[]);
  if (typeof first === 'object' && first !== null) return first;
  return { host: second, port: first };
}

/** The arguments with another target. Node's array stays the same one: Node recognizes it by a mark. */
function withTarget(args: readonly unknown[], target: object): unknown[] {
  const [first, ...rest] = args;
  if (Array.isArray(first)) {
    first.splice(0, 1, { ...(first[0] as object), ...target });
    return [first, ...rest];
  }
  if (typeof first === 'object') return [{ ...first, ...target }, ...rest];
  const [host, ...others] = rest;
  return [{ port: first, host, ...target }, ...others];
}

/** Makes the look-up fail as if nothing listened: the real host must not be contacted. */
function refusing({ host, port }: Target, why: string): object {
  const address = `${String(host)}:${String(port)}`;
  const error = Object.assign(new Error(`connect ECONNREFUSED ${address}: ${why} (understudy run)`), {
    code: 'ECONNREFUSED',
    syscall: 'connect',
  });
  return {
    // no look-up is made for an address
    host: 'refused.invalid',
    lookup(_host: string, _options: object, callback: (error: Error) => void): void {
      setImmediate(callback, error);
    },
  };
}
