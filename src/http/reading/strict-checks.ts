import { refuse } from '../../core/errors.js';
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
  if (secretInUrl === 'accepted') return;
  const name = secrets.find((each) => parameters.isSentIn('query', each));
  if (name !== undefined) throw refuse('request.secret-in-url', { name });
}

/**
 * Notes or refuses a second Authorization header, of which Node keeps the first alone (RFC 9110 §5.3).
 *
 * @throws request.authorization-repeated
 */
export function checkOneAuthorization(
  { raw }: FastifyRequest,
  { authorizationTwice }: Policy,
  note: (sentence: string) => void,
): void {
  const { rawHeaders } = raw;
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (name.length === 13 && name.toLowerCase() === 'authorization') count += 1;
  }
  if (count < 2) return;
  if (authorizationTwice === 'refused') throw refuse('request.authorization-repeated', { count });
  note(`${String(count)} Authorization headers were sent; the first counts, and RFC 9110 §5.3 allows one`);
}
