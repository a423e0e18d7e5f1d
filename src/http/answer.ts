import type { FastifyReply } from 'fastify';
import type { WireAnswer } from '../providers/provider.js';

/** Lets a client finish a body that is refused: a line that is closed under it is reset, and the refusal is never read. */
export function readOn(reply: FastifyReply): FastifyReply {
  return reply.removeHeader('connection');
}

/** Sends an answer just as it is. */
export function sendAnswer(reply: FastifyReply, answer: WireAnswer): FastifyReply {
  return reply.code(answer.status).headers(answer.headers).send(answer.body);
}
