import { sendRedirectTo } from './answer.js';
import { describe, recordRefusal } from './refusal.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../../core/authorization.js';
import type { RedirectTarget } from '../../core/errors.js';
import type { Refusal } from '../../providers/provider.js';
import type { RefusedRequest } from './refused-request.js';

type ProviderInWorld = Pick<FastifyRequest, 'provider' | 'realm'>;

/** Forbids caching of an answer that contains a code or leads to one. */
export const noStore = { 'cache-control': 'no-store' };

/** The parameters that an answer adds to the redirect URI (RFC 6749 §4.1.2). */
export function redirectParameters(owner: ProviderInWorld, answer: Answer): Record<string, string> {
  const { provider, realm } = owner;
  const { policy } = realm;
  if ('error' in answer) return errorParameters(owner, answer, describe(provider, policy, answer.error));
  const type = policy.tokenTypeInRedirect ? { token_type: 'bearer' } : {};
  return { code: answer.code.code, ...type, ...echoedState(owner, answer) };
}

/** The parameters of a redirect with an error (RFC 6749 §4.1.2.1). */
function errorParameters(owner: ProviderInWorld, target: RedirectTarget, refusal: Refusal): Record<string, string> {
  return { ...owner.provider.redirectRefusal(refusal), ...echoedState(owner, target) };
}

function echoedState({ realm }: ProviderInWorld, { state }: RedirectTarget): { state?: string } {
  return realm.policy.echoState && state !== undefined ? { state } : {};
}

/** Adds parameters to a redirect URI and keeps its own query (RFC 6749 §3.1.2). */
export function withParameters(redirectUri: string, parameters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(parameters).toString();
  // form decoders and URI decoders both read %20 as a space
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query.replaceAll('+', '%20')}`;
}

/** Sends the browser back to the client with a code, or with the denial. */
export function sendRedirect(request: FastifyRequest, reply: FastifyReply, answer: Answer): Promise<void> | undefined {
  if ('error' in answer) recordRefusal(request.entry, answer.error);
  return sendBack(request, reply, answer, redirectParameters(request, answer));
}

/** Sends the browser back to the client with an error. */
export function sendErrorRedirect(
  request: FastifyRequest,
  reply: FastifyReply,
  target: RedirectTarget,
  { refusal, byFault }: RefusedRequest,
): Promise<void> | undefined {
  const parameters = errorParameters(request, target, refusal);
  return sendBack(request, reply, target, byFault ? withoutEmpty(parameters) : parameters);
}

/** If the description of a fault is empty, the redirect has no error_description. */
function withoutEmpty(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''));
}

function sendBack(
  request: FastifyRequest,
  reply: FastifyReply,
  { redirectUri }: RedirectTarget,
  parameters: Readonly<Record<string, string>>,
): Promise<void> | undefined {
  const { redirectStatus } = request.realm.policy;
  return sendRedirectTo(request, reply, redirectStatus, withParameters(redirectUri, parameters), noStore);
}
