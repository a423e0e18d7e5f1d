import type { FastifyReply } from 'fastify';
import type { Mistake } from '../input/mistake.js';

/** An error answer of Understudy itself, not of a provider (RFC 9457). */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly Mistake[];
  readonly [extension: string]: unknown;
}

/** A problem document as JSON text, with its media type. */
export function problemText(problem: Problem): { type: string; text: string } {
  return { type: 'application/problem+json; charset=utf-8', text: JSON.stringify({ type: 'about:blank', ...problem }) };
}

/** Sends a problem document. No cache may keep it. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { type, text } = problemText(problem);
  return reply.code(problem.status).header('content-type', type).header('cache-control', 'no-store').send(text);
}
