import type { FastifyRequest } from 'fastify';
import type { Pending } from '../../core/authorization.js';

type ProviderInUrl = Pick<FastifyRequest, 'base' | 'provider'>;

/** URL of the login page for a pending authorization, relative to this server. */
export const loginUrl = ({ base, provider }: ProviderInUrl, { id }: Pending): string =>
  `${base}${provider.endpoints.login}?authorization=${id}`;

/** URL of the consent page for a pending authorization, relative to this server. */
export const consentUrl = ({ base, provider }: ProviderInUrl, { id }: Pending): string =>
  `${base}${provider.endpoints.authorize[0]}?authorization=${id}`;
