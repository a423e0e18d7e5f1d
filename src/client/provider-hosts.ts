import { providers } from '../providers/index.js';
import type { ProviderName } from '../providers/index.js';

/** Names of this machine. A server that was started at one of them is found at all of them. */
export const loopback: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Whether a URL is at a base URL or below it. */
export function isBelow(url: URL, base: URL): boolean {
  const isHost = url.hostname === base.hostname || [url, base].every(({ hostname }) => loopback.includes(hostname));
  const isServer = isHost && url.port === base.port && url.protocol === base.protocol;
  return isServer && `${url.pathname}/`.startsWith(base.pathname.replace(/\/*$/, '/'));
}

/** The provider whose real host a URL has. Undefined: it has none. */
export function realProviderAt({ hostname, origin }: URL): ProviderName | undefined {
  return providers.find((each) => each.hosts.includes(hostname) || each.origin === origin)?.name;
}
