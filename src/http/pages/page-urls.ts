import { pageQuery } from '../reading/page-request.js';
import type { FastifyRequest } from 'fastify';
import type { Pending } from '../../core/authorization.js';

type ProviderInUrl = Pick<FastifyRequest, 'base' | 'provider'>;

/** URL of the login page for a pending authorization, relative to this server. */
export const loginUrl = (owner: ProviderInUrl, { id, request }: Pending): string => loginPage(owner, id, request);

/** URL of the login page for an authorization request that was not checked yet. */
export const loginUrlBefore = (owner: ProviderInUrl, request: string): string => loginPage(owner, undefined, request);

function loginPage({ base, provider }: ProviderInUrl, id: string | undefined, request: string): string {
  const { login, authorize } = provider.endpoints;
  return `${base}${login}?${pageQuery(id, request, authorize[0])}`;
}

/** URL of the consent page for a pending authorization, relative to this server. */
export function consentUrl({ base }: ProviderInUrl, { id, request }: Pending): string {
  return `${base}${authorizePathOf(request)}?${pageQuery(id, request, authorizePathOf(request))}`;
}

/** The path of the authorization endpoint in the text of an authorization request. */
export const authorizePathOf = (request: string): string => request.split('?', 1)[0] as string;
