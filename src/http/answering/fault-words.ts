import { reasons } from '../../core/errors.js';
import { describe } from './refusal.js';
import { rowOf } from '../../providers/answer-format.js';
import type { FastifyRequest } from 'fastify';
import type { Refusal } from '../../providers/provider.js';
import type { RefusedByFault } from '../faulting/refused-by-fault.js';

/** Status and description of errors for which the core has no reason (RFC 6749 §4.1.2.1). */
const standardWords: ReadonlyMap<string, { readonly status: number; readonly description: string }> = new Map(
  Object.entries<{ readonly status: number; readonly description: string }>({
    server_error: { status: 500, description: 'The authorization server encountered an unexpected condition.' },
    temporarily_unavailable: {
      status: 503,
      description: 'The authorization server is currently unable to handle the request.',
    },
  }),
);

/** Status, error code and description of a refusal by a fault, in the provider's format. */
export function describeFault(request: FastifyRequest, thrown: RefusedByFault): Refusal {
  const { provider, realm } = request;
  const { closest, error } = thrown;
  const refusal = describe(provider, realm.policy, closest);
  // if the provider sends another error for the closest reason, its status and numeric code do not apply
  const isSame = refusal.error === error;
  return {
    ...refusal,
    error,
    code: isSame ? refusal.code : undefined,
    status: statusOf(request, refusal, error),
    description: thrown.description ?? descriptionOf(request, refusal, error),
  };
}

function statusOf({ entry }: FastifyRequest, refusal: Refusal, error: string): number {
  // RFC 6749 §5.2: the token endpoint answers 400 to an error of the authorization endpoint
  if (entry.endpoint === 'token' && refusal.reason.startsWith('authorize.')) return 400;
  if (refusal.error === error) return refusal.status;
  return standardWords.get(error)?.status ?? reasons[refusal.reason].status;
}

function descriptionOf({ provider, realm }: FastifyRequest, refusal: Refusal, error: string): string {
  // the fallback reason of all other errors: its own text is about a parameter
  if (refusal.reason === 'request.parameter-malformed') return 'The request was refused.';
  const hasOwn = refusal.error === error && rowOf(provider, realm.policy, refusal.reason)?.description !== undefined;
  return hasOwn ? refusal.description : (standardWords.get(error)?.description ?? refusal.description);
}
