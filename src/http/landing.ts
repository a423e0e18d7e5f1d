import type { FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';

/**
 * A URL that names a part of this server and asks for nothing in it: `/`, `/w/mine`, `/mailup`, `/w/mine/__admin`. At
 * the host of a provider there is none: all paths are the provider's.
 */
export interface Landing {
  readonly world: string | undefined;
  /** The name of a provider, or `__admin`. Undefined: the server, or the world. */
  readonly part: string | undefined;
}

const landings = new WeakMap<IncomingMessage, Landing>();
const landingUrl = /^(?:\/w\/([^/?]+))?(?:\/|\/([^/?]+)\/?)?(?:\?.*)?$/;

/**
 * Remembers and returns the landing of a request. Undefined for all other URLs and methods.
 *
 * @param isPart whether a world has a part of this name; without a world, the world `default`
 */
export function markLanding(
  request: IncomingMessage,
  url: string,
  isPart: (name: string, world?: string) => boolean,
): Landing | undefined {
  const found = request.method === 'GET' || request.method === 'HEAD' ? landingUrl.exec(url) : null;
  if (found === null) return undefined;
  const [, world, part] = found;
  if (part !== undefined && !isPart(part, world)) return undefined;
  const landing = { world, part };
  landings.set(request, landing);
  return landing;
}

/** The landing of a request, see `urlRewriter`. Undefined: its URL asks for something. */
export const landingOf = (request: IncomingMessage): Landing | undefined => landings.get(request);

/** Whether a request is that of a browser for a landing: it is sent to the panel. */
export const leadsToPanel = ({ raw, headers }: FastifyRequest): boolean =>
  landings.has(raw) && prefersHtml(headers.accept);

/** Whether the header Accept prefers HTML to JSON, as that of a browser that opens a page does (RFC 9110 §12.5.1). */
function prefersHtml(accept = ''): boolean {
  const weights = new Map(accept.toLowerCase().split(',').map(weighted));
  return (weights.get('text/html') ?? 0) > (weights.get('application/json') ?? 0);
}

function weighted(range: string): [type: string, weight: number] {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
  const weight = parameters.find((each) => each.startsWith('q='));
  return [type, weight === undefined ? 1 : Number(weight.slice(2))];
}
