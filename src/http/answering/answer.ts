import { steadyNow } from '../../world/clock.js';
import { writeAnswer } from '../connection/write-answer.js';
import { faultOnAnswer } from '../faulting/active-fault.js';
import { playAfter } from '../faulting/after.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WireAnswer } from '../../providers/provider.js';

/**
 * Sends an answer of a provider. Every answer of a provider takes these steps, in this order: common headers, the fault
 * that changes the answer, the journal, the connection. A fault may delay the answer: return the promise to Fastify.
 */
export function sendAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: WireAnswer,
): Promise<void> | undefined {
  if (answer.notes !== undefined) request.entry.notes.push(...answer.notes);
  const complete = withCommonHeaders(request, answer);
  const fault = faultOnAnswer(request, reply, complete);
  if (fault !== undefined) return playAfter(request, reply, fault, complete);
  writeAnswer(request, reply, complete);
  return undefined;
}

/**
 * Adds the headers of the request's `extraHeaders`, what the provider's framework adds, and the Date of a virtual
 * clock.
 */
function withCommonHeaders(request: FastifyRequest, answer: WireAnswer): WireAnswer {
  const { provider, realm, world, extraHeaders } = request;
  // most answers need no change, so their headers are not copied
  let complete = answer;
  if (extraHeaders !== undefined) complete = { ...answer, headers: { ...extraHeaders, ...answer.headers } };
  if (provider.everyAnswer !== undefined) {
    const seconds = (steadyNow() - request.startedAt) / 1000;
    complete = provider.everyAnswer({ answer: complete, request, requestId: realm.generate.requestId, seconds });
  }
  if (world.dateHeader !== 'virtual') return complete;
  return { ...complete, headers: { ...complete.headers, date: new Date(world.clock.now()).toUTCString() } };
}

/** Redirects a browser. */
export function sendRedirectTo(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  location: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> | undefined {
  return sendAnswer(request, reply, { status, headers: { ...headers, location }, body: '' });
}
