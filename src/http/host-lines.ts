import { countHeaderLines } from './header-lines.js';
import { sendProblem } from './problem.js';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Answers 400 to a request with several header lines Host, or with none in HTTP/1.1 (RFC 9112 §3.2), and returns true.
 * A server refuses it before its application is asked, so there is no journal entry: the log has a line, as for a
 * request that cannot be parsed.
 */
export function refuseHostLines(request: FastifyRequest, reply: FastifyReply): boolean {
  const lines = countHeaderLines(request.raw, 'host');
  if (lines === 1 || (lines === 0 && request.raw.httpVersion === '1.0')) return false;
  const title = lines === 0 ? 'No Host header' : 'Several Host headers';
  const detail = `The request has ${lines === 0 ? 'no header line' : 'several header lines'} Host (RFC 9112 §3.2).`;
  request.log.warn({ status: 400 }, `a request could not be served: ${detail}`);
  sendProblem(reply, { title, status: 400, detail });
  return true;
}
