import type { FastifyRequest } from 'fastify';

/** Adds headers to the answer before it is known which one it will be; the answer's own go over them. */
export function setAhead(request: FastifyRequest, headers: Readonly<Record<string, string>>): void {
  request.headersAhead = { ...request.headersAhead, ...headers };
}
/** For what carries a code, or leads to what does. */
export const notStored = { 'cache-control': 'no-store' };
