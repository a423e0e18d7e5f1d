import { json } from '../../providers/standard.js';
import { signingKey } from '../../providers/signing-key.js';
import { sendAnswer } from '../answering/answer.js';
import { requireMethod } from '../reading/method.js';
import type { FastifyInstance } from 'fastify';

/** Another process has another key, so no cache keeps it. */
const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };

/** The keys that check the ID tokens of a provider (RFC 7517 §5), at each of its paths. They need no authentication. */
export function jwksRoutes(app: FastifyInstance, paths: readonly string[]): void {
  for (const path of paths) {
    app.all(path, { config: { endpoint: 'metadata' } }, (request, reply) => {
      requireMethod(request, ['GET', 'HEAD']);
      return sendAnswer(request, reply, json(200, headers, { keys: [signingKey().jwk] }));
    });
  }
}
