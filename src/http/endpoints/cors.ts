import { sendAnswer } from '../answering/answer.js';
import { survive } from '../connection/guarded.js';
import { addHeaders } from '../extra-headers.js';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Allows scripts of any origin to read the answer, if the policy `cors` is on: MailUp's browser sample needs it.
 * Answers a preflight, and returns true then.
 */
export function allowOrigin(request: FastifyRequest, reply: FastifyReply): boolean {
  const {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': headers = '*',
  } = request.headers;
  if (origin === undefined || !request.realm.policy.cors) return false;
  addHeaders(request, { 'access-control-allow-origin': '*' });
  if (request.method !== 'OPTIONS' || method === undefined) return false;
  const sent = sendAnswer(request, reply, {
    status: 204,
    headers: { 'access-control-allow-methods': method, 'access-control-allow-headers': headers },
    body: '',
  });
  survive(request, sent);
  return true;
}
