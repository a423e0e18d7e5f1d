import type { FastifyRequest } from 'fastify';

/** Adds headers to the answer before the answer itself is known. The answer's own headers override them. */
export function addHeaders(request: FastifyRequest, headers: Readonly<Record<string, string>>): void {
  request.extraHeaders = { ...request.extraHeaders, ...headers };
}
