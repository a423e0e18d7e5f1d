import { isHostOf } from '../input/host-name.js';
import { timeLimit } from '../input/time-limit.js';
import { providers as builtIn } from '../providers/index.js';
import type { AdminCall } from './http.js';

/** Names of this machine. A server that was started at one of them is found at all of them. */
export const loopback: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Whether a URL is at a base URL or below it. */
export function isBelow(url: URL, base: URL): boolean {
  const isHost = url.hostname === base.hostname || [url, base].every(({ hostname }) => loopback.includes(hostname));
  const isServer = isHost && url.port === base.port && url.protocol === base.protocol;
  return isServer && `${url.pathname}/`.startsWith(base.pathname.replace(/\/*$/, '/'));
}

interface ProvidersAnswer {
  readonly providers: readonly RealProvider[];
}

/** A provider, as far as its real hosts tell it. */
export interface RealProvider {
  readonly name: string;
  readonly origin: string;
  /** In lower case; `{name}` is a variable. */
  readonly hosts: readonly string[];
}

/**
 * The providers of a world, after the built-in ones.
 *
 * @param timeoutMs maximum time of the answer, in milliseconds
 * @throws UnderstudyError if the world refuses the call, Error if it does not answer, the reason of the signal if it
 *   aborts: a host that is not known to be real would be visited
 */
export async function realProviders(
  call: AdminCall,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<readonly RealProvider[]> {
  try {
    using limit = timeLimit(timeoutMs, signal);
    const { providers } = await call<ProvidersAnswer>('GET', '/providers', undefined, limit.signal);
    return [...builtIn, ...providers];
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw error;
  }
}

/** The provider whose real host a URL has. Undefined: it has none. `providers`: default: the built-in ones. */
export function realProviderAt(
  { hostname, origin }: URL,
  providers: readonly RealProvider[] = builtIn,
): string | undefined {
  const isAt = ({ hosts, origin: real }: RealProvider): boolean =>
    real === origin || hosts.some((host) => isHostOf(host, hostname));
  return providers.find(isAt)?.name;
}
