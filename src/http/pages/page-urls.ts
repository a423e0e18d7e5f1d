import { pageVariables } from '../answering/answering.js';
import { filledPath } from '../path-variables.js';
import { pageQuery } from '../reading/page-request.js';
import type { FastifyRequest } from 'fastify';
import type { Pending } from '../../core/authorization.js';

/** URL of the login page for a pending authorization, relative to this server. */
export const loginUrl = (owner: FastifyRequest, { id, request }: Pending): string => loginPage(owner, id, request);

/** URL of the login page for an authorization request that was not checked yet. */
export const loginUrlBefore = (owner: FastifyRequest, request: string): string => loginPage(owner, undefined, request);

/** A login page whose path has variables is at the values of the authorization request. */
function loginPage(owner: FastifyRequest, id: string | undefined, request: string): string {
  const { login, authorize } = owner.provider.endpoints;
  const path = login.includes(':') ? filledPath(login, pageVariables(owner, request)) : login;
  return `${owner.base}${path}?${pageQuery(id, request, authorize[0])}`;
}

/** URL of the consent page for a pending authorization, relative to this server. */
export function consentUrl({ base }: FastifyRequest, { id, request }: Pending): string {
  return `${base}${authorizePathOf(request)}?${pageQuery(id, request, authorizePathOf(request))}`;
}

/** The path of the authorization endpoint in the text of an authorization request. */
export const authorizePathOf = (request: string): string => request.split('?', 1)[0] as string;
