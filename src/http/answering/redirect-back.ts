import { isBlank } from '../../input/blank.js';
import { formatOf } from '../../providers/answer-format.js';
import { redirectLocation } from './redirect-location.js';
import { describe } from './refusal.js';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../core/authorization.js';
import type { RedirectTarget } from '../../core/errors.js';
import type { Answering, Refusal } from '../../providers/provider.js';

type ProviderInWorld = Pick<FastifyRequest, 'provider' | 'realm'>;

/** Forbids caching of an answer that contains a code or leads to one. */
export const noStore = { 'cache-control': 'no-store' };
const nothing = {};

/** The header that forbids to store a page or a redirect, unless the policy leaves that to the provider's framework. */
export const caching = ({ realm }: Pick<FastifyRequest, 'realm'>): Readonly<Record<string, string>> =>
  realm.policy.pageCaching === 'no-store' ? noStore : nothing;

/** The parameters that an answer adds to the redirect URI (RFC 6749 §4.1.2). */
export function redirectParameters(
  owner: ProviderInWorld,
  answer: Answer,
  answering: Answering,
): Record<string, string> {
  const { provider, realm } = owner;
  const { policy } = realm;
  if ('error' in answer) return errorParameters(owner, answer, describe(provider, policy, answer.error), answering);
  const type = policy.tokenTypeInRedirect ? { token_type: 'bearer' } : {};
  const isLimited = Number.isFinite(policy.accessTokenSeconds);
  const life = policy.expiresInRedirect && isLimited ? { expires_in: String(policy.accessTokenSeconds) } : {};
  const usual = { code: answer.code.code, ...type, ...life, ...echoedState(owner, answer) };
  const format = formatOf(provider, policy);
  const { code } = answer;
  const sent = format.redirectAnswer?.(usual, { code, answering }) ?? usual;
  return { ...(format.signRedirect?.(sent, realm.clients.get(code.grant.clientId)) ?? sent) };
}

/** The parameters of a redirect with an error (RFC 6749 §4.1.2.1). */
export function errorParameters(
  owner: ProviderInWorld,
  target: RedirectTarget,
  refusal: Refusal,
  answering: Answering,
): Record<string, string> {
  return {
    ...formatOf(owner.provider, owner.realm.policy).redirectRefusal(refusal, echoedState(owner, target), answering),
  };
}

function echoedState({ realm }: ProviderInWorld, { state }: RedirectTarget): { state?: string } {
  const { echoState, blankParameters } = realm.policy;
  if (!echoState || state === undefined || (blankParameters === 'omitted' && isBlank(state))) return {};
  return { state };
}

/** The URL for the answer of an authorization. */
export function answerLocation(owner: ProviderInWorld, answer: Answer, answering: Answering): string {
  const { redirectUri, responseMode } = answer;
  return redirectLocation(owner.realm.policy, redirectUri, redirectParameters(owner, answer, answering), responseMode);
}
