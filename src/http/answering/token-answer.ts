import { sendAnswer } from './answer.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WireAnswer } from '../../providers/provider.js';

/** Forbid to store an answer that has a token or a code in its body (RFC 6749 §5.1). */
const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' };

/**
 * Sends an answer of the token endpoint, or of another endpoint that answers like it. By the policy `tokenCaching`, an
 * answer of a provider without these headers gets them.
 */
export function sendTokenAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: WireAnswer,
): Promise<void> | undefined {
  const isComplete = answer.headers.pragma !== undefined || request.realm.policy.tokenCaching !== 'no-store';
  return sendAnswer(request, reply, isComplete ? answer : { ...answer, headers: { ...answer.headers, ...noStore } });
}
