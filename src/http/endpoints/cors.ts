import { sendAnswer } from '../answering/answer.js';
import { addHeaders } from '../extra-headers.js';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Lets scripts of any origin read answers, where the provider does so: MailUp's browser sample calls it cross-origin.
 * Tells whether the request was a preflight, which is answered then.
 */
export function allowOrigin(request: FastifyRequest, reply: FastifyReply): boolean {
  const {
    origin,
    'access-control-request-method': asked,
    'access-control-request-headers': headers = '*',
  } = request.headers;
  if (origin === undefined || !request.realm.policy.cors) return false;
  addHeaders(request, { 'access-control-allow-origin': '*' });
  if (request.method !== 'OPTIONS' || asked === undefined) return false;
  void sendAnswer(request, reply, {
    status: 204,
    headers: { 'access-control-allow-methods': asked, 'access-control-allow-headers': headers },
    body: '',
  });
  return true;
}
