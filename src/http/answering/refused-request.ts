import { explain } from '../../core/errors.js';
import { isOutOfBand } from '../../core/redirect-uri.js';
import { RefusedByFault } from '../faulting/refused-by-fault.js';
import { describeFault } from './fault-words.js';
import { withRecognizedValue } from './recognized.js';
import { describe, recordRefusal, toOAuthError } from './refusal.js';
import type { FastifyRequest } from 'fastify';
import type { OAuthError, RedirectTarget } from '../../core/errors.js';
import type { Refusal } from '../../providers/provider.js';

/** A refusal that is ready to be sent. How each endpoint sends it is in endpoints/refusals.ts. */
export interface RefusedRequest {
  /** The reason. For a fault, the closest reason of the core: see faulting/closest-reason.ts. */
  readonly error: OAuthError;
  /** Status, error code and description. */
  readonly refusal: Refusal;
  /** Target of the redirect (RFC 6749 §4.1.2.1). Undefined: the endpoint answers without a redirect. */
  readonly redirect: RedirectTarget | undefined;
  readonly byFault: boolean;
}

/** Turns anything that was thrown into a refusal, and records it in the journal unless a fault refused. */
export function refusedRequest(thrown: unknown, request: FastifyRequest): RefusedRequest {
  const { provider, realm, entry } = request;
  if (thrown instanceof RefusedByFault) {
    const { closest, redirect } = thrown;
    return { error: closest, refusal: describeFault(request, thrown), redirect, byFault: true };
  }
  const error = withRecognizedValue(request, toOAuthError(thrown, request));
  if (error.reason === 'server.failed') request.log.error(error.facts.file === undefined ? thrown : explain(error));
  recordRefusal(entry, error);
  const isRedirected = realm.policy.authorizeRefusals === 'redirect' && !isOutOfBand(error.redirect?.redirectUri ?? '');
  return {
    error,
    refusal: describe(provider, realm.policy, error),
    redirect: isRedirected ? error.redirect : undefined,
    byFault: false,
  };
}
