import { countHeaderLines } from './header-lines.js';
import { sendProblem } from './problem.js';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Answers 400 to a request with several header lines Host (RFC 9112 §3.2), and returns true. A server refuses it before
 * its application is asked, so there is no journal entry: the log has a line, as for a request that cannot be parsed.
 */
export function refuseTwoHosts(request: FastifyRequest, reply: FastifyReply): boolean {
  if (countHeaderLines(request.raw, 'host') < 2) return false;
  const detail = 'The request has several header lines Host (RFC 9112 §3.2).';
  request.log.warn({ status: 400 }, `a request could not be served: ${detail}`);
  sendProblem(reply, { title: 'Two Host headers', status: 400, detail });
  return true;
}
