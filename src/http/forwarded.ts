import { arrivalOf } from './connection/arrival.js';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';

/** What the proxy in front of this server says about a request that it passed on. */
export interface Forwarded {
  /** Host and port that the client asked for. */
  readonly host: string | undefined;
  readonly protocol: 'http' | 'https' | undefined;
}

/** Gives what a proxy says about a request. */
export type ReadForwarded = (request: IncomingMessage) => Forwarded;

const nothing: Forwarded = { host: undefined, protocol: undefined };

/** Without the setting `trustProxy`, no header about a proxy counts: any client can send one. */
export const ignoreForwarded: ReadForwarded = () => nothing;

/**
 * Makes the function that believes the header Forwarded (RFC 7239), or else X-Forwarded-Host and X-Forwarded-Proto.
 * Each request is read once. Headers with a mistake are ignored together, with a line in the log. A request by
 * Understudy's own forward proxy comes from a client: its headers do not count.
 */
export function believeForwarded(log: FastifyBaseLogger): ReadForwarded {
  const read = new WeakMap<IncomingMessage, Forwarded>();
  return (request) => {
    const before = read.get(request);
    if (before !== undefined) return before;
    if (arrivalOf(request) !== undefined) return nothing;
    const found = forwardedIn(request.headers);
    if (typeof found === 'string') log.warn(`what a proxy says about a request is ignored: ${found}`);
    const forwarded = typeof found === 'string' ? nothing : found;
    read.set(request, forwarded);
    return forwarded;
  };
}

/**
 * Reads the headers of a proxy. Where they list several proxies, the last one counts: it is the one that speaks to this
 * server, and a client can send the others itself. Returns what is wrong with a header that cannot be read.
 */
function forwardedIn(headers: IncomingHttpHeaders): Forwarded | string {
  if (headers.forwarded === undefined) {
    return checked({ host: lastOf(headers['x-forwarded-host']), proto: lastOf(headers['x-forwarded-proto']) });
  }
  const element = lastElement(headers.forwarded);
  if (element === undefined) return 'the header Forwarded does not follow RFC 7239 §4';
  return checked({ host: element.get('host'), proto: element.get('proto') });
}

const lastOf = (header: string | string[] | undefined): string | undefined =>
  header === undefined ? undefined : String(header).split(',').at(-1)?.trim();

/** A name, an IPv4 address, or an IPv6 address in brackets, with an optional port (RFC 9110 §7.2). */
const hostWithPort = /^(?:\[[\da-f:.]+\]|[a-z\d][\w.-]*)(?::\d{1,5})?$/i;

function checked({ host, proto }: Record<'host' | 'proto', string | undefined>): Forwarded | string {
  if (host !== undefined && !(hostWithPort.test(host) && URL.canParse(`http://${host}`))) {
    return `${JSON.stringify(host.slice(0, 100))} is no host`;
  }
  const protocol = proto?.toLowerCase();
  if (protocol === undefined || protocol === 'http' || protocol === 'https') return { host, protocol };
  return `${JSON.stringify(protocol.slice(0, 100))} is no protocol; expected http or https`;
}

// RFC 9110 §5.6.2 and §5.6.4
const tokenPattern = /([!#$%&'*+.^_`|~\w-]+)/.source;
const quotedPattern = /"((?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*)"/.source;

/** Separators, then one pair, or the end (RFC 7239 §4). */
const pair = new RegExp(`([\\t ,;]*)(?:${tokenPattern}=(?:${tokenPattern}|${quotedPattern})[\\t ]*(?=[,;]|$)|$)`, 'y');

/** The pairs of the last element of a header Forwarded, by name in lower case. Undefined if the header is malformed. */
function lastElement(header: string): ReadonlyMap<string, string> | undefined {
  let element = new Map<string, string>();
  pair.lastIndex = 0;
  while (pair.lastIndex < header.length) {
    const found = pair.exec(header);
    if (found === null) return undefined;
    const [, separators = '', name, token, quoted = ''] = found;
    if (name === undefined) break;
    if (separators.includes(',')) element = new Map();
    // RFC 7239 §4: each parameter must not occur more than once in an element
    if (element.has(name.toLowerCase())) return undefined;
    element.set(name.toLowerCase(), token ?? quoted.replaceAll(/\\(.)/g, '$1'));
  }
  return element;
}
