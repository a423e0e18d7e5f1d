import { grantOfToken } from '../../core/flow.js';
import { introspect } from '../../core/introspect.js';
import { sendAnswer } from '../answering/answer.js';
import { noteUnknownToken } from '../answering/recognized.js';
import { requireMethod } from '../reading/method.js';
import { readIntrospectionRequest } from '../reading/protocol-requests.js';
import { recordGrant } from '../record-grant.js';
import type { FastifyInstance } from 'fastify';

/** The introspection endpoint (RFC 7662) at each of a provider's paths. */
export function introspectionRoutes(app: FastifyInstance, paths: readonly string[]): void {
  for (const path of paths) {
    app.all(path, { config: { endpoint: 'introspect' } }, (request, reply) => {
      requireMethod(request, ['POST']);
      const introspection = readIntrospectionRequest(request, request.realm.policy);
      recordGrant(request.entry, grantOfToken(request.realm, introspection.token));
      const token = introspect(request.realm, introspection);
      noteUnknownToken(request, introspection.token);
      return sendAnswer(request, reply, request.provider.introspectAnswer(token));
    });
  }
}
