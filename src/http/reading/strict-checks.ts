import { refuse } from '../../core/errors.js';
import { countHeaderLines } from '../header-lines.js';
import type { FastifyRequest } from 'fastify';
import type { Policy } from '../../core/policy.js';
import type { Parameters } from './parameters.js';

/** Parameters that are credentials. */
const secrets = ['client_secret', 'password'] as const;

/**
 * Refuses credentials in the URL, if the policy says so (RFC 6749 §2.3.1).
 *
 * @throws request.secret-in-url
 */
export function checkSecretInUrl({ secretInUrl }: Policy, parameters: Parameters): void {
  if (secretInUrl === 'accepted' || !parameters.hasQuery) return;
  const name = secrets.find((each) => parameters.isSentIn('query', each));
  if (name !== undefined) throw refuse('request.secret-in-url', { name });
}

/**
 * Refuses a second Authorization header, if the policy says so (RFC 9110 §5.3).
 *
 * @throws request.authorization-repeated
 */
export function checkOneAuthorization({ raw, headers }: FastifyRequest, { authorizationTwice }: Policy): void {
  if (authorizationTwice !== 'refused' || headers.authorization === undefined) return;
  const count = countHeaderLines(raw, 'authorization');
  if (count > 1) throw refuse('request.authorization-repeated', { count });
}
