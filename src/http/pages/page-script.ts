import { sendAnswer } from '../answering/answer.js';
import type { FastifyInstance } from 'fastify';

/** Serves a script of the pages. Its requests are not in the journal: they are none of the client's. */
export function scriptRoute(app: FastifyInstance, path: string, script: string): void {
  app.get(path, { config: { journaled: false } }, (request, reply) =>
    sendAnswer(request, reply, {
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'max-age=3600' },
      body: script,
    }),
  );
}
