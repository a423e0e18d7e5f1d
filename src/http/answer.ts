import type { FastifyReply } from 'fastify';
import type { WireAnswer } from '../providers/provider.js';

/** Sends an answer just as it is. */
export function sendAnswer(reply: FastifyReply, answer: WireAnswer): FastifyReply {
  return reply.code(answer.status).headers(answer.headers).send(answer.body);
}
