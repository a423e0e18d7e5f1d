import { refuse } from '../../core/errors.js';
import { isBlank } from '../../input/blank.js';
import { isMediaType } from '../../input/media-type.js';
import { bodyType, contentTypeOf } from './body.js';
import type { FastifyRequest } from 'fastify';

/**
 * Refuses what the provider's framework cannot read of a request for which it has a route: the body, the Content-Type,
 * the Accept header.
 *
 * @throws request.body-malformed, request.content-type-malformed, request.accept-malformed
 */
export function requireReadable(request: FastifyRequest): void {
  const { unreadableBody, headers, provider, realm } = request;
  const { unreadBody, acceptMalformed } = realm.policy;
  if (unreadableBody !== undefined) throw unreadableBody;
  const received = unreadBody === 'ignored-unless-malformed' ? contentTypeOf(request) : undefined;
  if (received !== undefined && bodyType(request) === undefined) requireMediaType(received);
  const { accept } = headers;
  if (acceptMalformed === 'refused' && accept !== undefined && accept !== '*/*' && provider.refusesAccept(request)) {
    throw refuse('request.accept-malformed', { received: accept });
  }
}

/** Rails looks at the part before the parameters. */
function requireMediaType(received: string): void {
  const essence = (received.split(/[;,]/, 1)[0] as string).trim();
  if (!isBlank(essence) && !isMediaType(essence)) throw refuse('request.content-type-malformed', { received });
}
