import { steadyNow } from '../../world/clock.js';
import { leave } from './send.js';
import { spoilAnswer } from '../faulting/after.js';
import { stagedAt } from '../faulting/active-fault.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WireAnswer } from '../../providers/provider.js';

/**
 * Sends what a provider says. All that it says leaves by here, in this order: the headers of its framework, what a fault
 * makes of the answer, the journal, the wire. What a fault holds is waited for: hand the promise on to Fastify.
 */
export function sendAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: WireAnswer,
): Promise<void> | undefined {
  const dressed = dress(request, answer);
  const staged = stagedAt(request, reply, dressed);
  if (staged !== undefined) return spoilAnswer(request, reply, staged, dressed);
  leave(request, reply, dressed);
  return undefined;
}

/** Adds what the provider's framework puts on whatever it answers, and a virtual Date where the world wants one. */
function dress(request: FastifyRequest, answer: WireAnswer): WireAnswer {
  const { provider, realm, world, headersAhead } = request;
  const { status, body } = answer;
  // most answers have none of these, and their headers are not copied
  let { headers } = answer;
  if (headersAhead !== undefined) headers = { ...headersAhead, ...headers };
  if (provider.everyAnswer !== undefined) {
    const seconds = (steadyNow() - request.begunAt) / 1000;
    headers = provider.everyAnswer({ status, headers, body, requestId: realm.generate.requestId, seconds });
  }
  if (world.dateHeader === 'virtual') headers = { ...headers, date: new Date(world.clock.now()).toUTCString() };
  return headers === answer.headers ? answer : { status, headers, body };
}

/** Leads a browser on. */
export function sendRedirectTo(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  location: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> | undefined {
  return sendAnswer(request, reply, { status, headers: { ...headers, location }, body: '' });
}
