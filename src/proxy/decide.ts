import { unknownWorld } from '../http/request-world.js';
import { hostsOf } from './destination-rules.js';
import { destinationOf, isLoopback } from './destination.js';
import { forLocalClient, forRemoteClient } from './lookup.js';
import { worldOfCredentials } from './proxy-world.js';
import type { IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import type { Problem } from '../http/problem.js';
import type { ServedWorlds } from '../http/request-world.js';
import type { DestinationRules } from './destination.js';

/** What the proxy does with one request. */
export type Decision =
  | { readonly kind: 'provider'; readonly host: string; readonly port: number; readonly worldId: string }
  | { readonly kind: 'pass'; readonly host: string; readonly port: number; readonly lookup: LookupFunction }
  | Refusal;

/** An answer of the proxy itself. */
export interface Refusal {
  readonly kind: 'refuse';
  readonly problem: Problem;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Decides on a request of a client: its credentials name a world, and its URL a host.
 *
 * @param authority host and port as the client wrote them
 */
export function decide(
  { headers, socket }: IncomingMessage,
  authority: string,
  defaultPort: number,
  rules: Pick<DestinationRules, 'pass' | 'passOption'>,
  served: ServedWorlds,
): Decision {
  const worldId = worldOfCredentials(headers['proxy-authorization']);
  if (worldId === undefined || served.worlds.use(worldId) === undefined) return withoutWorld(worldId, served);
  const isLocal = isLoopback(String(socket.remoteAddress));
  const { worlds } = served;
  // of this world, now: providers of files and of a world come and go
  const providerHosts = hostsOf(worlds.providersIn(worldId));
  const otherHosts = (): readonly string[] => [...worlds.formerHosts, ...worlds.definedLists().flatMap(hostsOf)];
  const destination = destinationOf(authority, defaultPort, { ...rules, providerHosts, otherHosts }, isLocal);
  if (destination === undefined) {
    return refuse(
      400,
      'This is no host',
      'expected a host and a port without a user, such as services.mailup.com:443',
      {},
    );
  }
  if (destination.kind === 'refused') {
    return refuse(502, 'Host not served', destination.reason, { served: providerHosts });
  }
  if (destination.kind === 'provider') return { ...destination, worldId };
  return { ...destination, lookup: isLocal ? forLocalClient : forRemoteClient };
}

/** The decision to refuse. `members` are added to the problem document. */
export const refuse = (
  status: number,
  title: string,
  detail: string,
  members: Readonly<Record<string, unknown>> = {},
): Refusal => ({ kind: 'refuse', problem: { title, status, detail: `The proxy: ${detail}.`, ...members } });

/** RFC 9110 §15.5.8: the answer says which credentials are expected. */
function withoutWorld(id: string | undefined, { worlds, listed }: ServedWorlds): Refusal {
  const problem =
    id === undefined
      ? {
          title: 'The credentials name no world',
          detail: 'Expected Basic with the id of a world as user name: http://WORLD@127.0.0.1:8888.',
        }
      : unknownWorld(id, listed ? worlds : undefined);
  return {
    kind: 'refuse',
    problem: { ...problem, status: 407 },
    headers: { 'proxy-authenticate': 'Basic realm="understudy world"' },
  };
}
