import { refuse } from '../../core/errors.js';
import { requireReadable } from './readable.js';
import type { FastifyRequest } from 'fastify';

/**
 * Refuses a method that is not allowed at an endpoint, then what the provider's framework cannot read of the request.
 *
 * @throws request.method-not-allowed, request.body-malformed, request.content-type-malformed, request.accept-malformed
 */
export function requireMethod(request: FastifyRequest, allowed: readonly string[]): void {
  const { method } = request;
  if (!allowed.includes(method)) throw refuse('request.method-not-allowed', { method, allowed });
  requireReadable(request);
}
