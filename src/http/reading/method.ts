import type { FastifyRequest } from 'fastify';
import { refuse } from '../../core/errors.js';

/**
 * Refuses a method that is not allowed at an endpoint.
 *
 * @throws request.method-not-allowed
 */
export function requireMethod({ method }: FastifyRequest, allowed: readonly string[]): void {
  if (!allowed.includes(method)) throw refuse('request.method-not-allowed', { method, allowed });
}
