import { serverMetadata } from '../../providers/metadata.js';
import { RequestAnswering } from '../answering/answering.js';
import { sendAnswer } from '../answering/answer.js';
import { urlOfPath } from '../path-hosts.js';
import { requireMethod } from '../reading/method.js';
import type { FastifyInstance } from 'fastify';

/** The metadata of the server (RFC 8414 §3) at each of a provider's paths. They need no authentication. */
export function metadataRoutes(app: FastifyInstance, paths: readonly string[]): void {
  for (const path of paths) {
    app.all(path, { config: { endpoint: 'metadata' } }, (request, reply) => {
      requireMethod(request, ['GET', 'HEAD']);
      const { provider, realm } = request;
      const answering = new RequestAnswering(request);
      const variables = answering.path;
      const metadata = serverMetadata(provider, realm, {
        issuer: answering.baseUrl,
        urlOf: (pattern) => urlOfPath(request, pattern, variables),
      });
      return sendAnswer(request, reply, provider.metadataAnswer(metadata, answering));
    });
  }
}
