import type { Answer } from '../../core/authorization.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describe, note } from './refusal.js';
import { sendRedirectTo } from './answer.js';
import { notStored } from './headers-ahead.js';

/** The members that go back in the query of the redirect URI. */
export function redirectParameters(
  { provider, realm }: Pick<FastifyRequest, 'provider' | 'realm'>,
  answer: Answer,
): Record<string, string> {
  const { policy } = realm;
  const state = policy.echoState && answer.state !== undefined ? { state: answer.state } : {};
  if ('error' in answer) return { ...provider.redirectRefusal(describe(provider, policy, answer.error)), ...state };
  return { code: answer.code.code, ...(policy.tokenTypeInRedirect ? { token_type: 'bearer' } : {}), ...state };
}
/** Adds parameters to a redirect URI, which keeps its own query (RFC 6749 §3.1.2). */
export function withParameters(
  redirectUri: string,
  parameters: Readonly<Record<string, string>> | readonly (readonly [string, string])[],
): string {
  const query = new URLSearchParams(parameters as Record<string, string>).toString();
  // a blank as %20 is read alike by form decoders and by URI decoders
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query.replaceAll('+', '%20')}`;
}
/** Sends the browser back to the client. */
export function sendRedirect(request: FastifyRequest, reply: FastifyReply, answer: Answer): Promise<void> | undefined {
  if ('error' in answer) note(request.entry, answer.error);
  const { redirectUri } = answer;
  return sendRedirectTo(
    request,
    reply,
    request.realm.policy.redirectStatus,
    withParameters(redirectUri, redirectParameters(request, answer)),
    notStored,
  );
}
