import { grantOfToken } from '../../core/flow.js';
import { revoke } from '../../core/revoke.js';
import { sendAnswer } from '../answering/answer.js';
import { noteUnknownToken } from '../answering/recognized.js';
import { requireMethod } from '../reading/method.js';
import { readRevocationRequest } from '../reading/protocol-requests.js';
import { recordGrant } from '../record-grant.js';
import type { FastifyInstance } from 'fastify';

/** The revocation endpoint (RFC 7009) at each of a provider's paths. */
export function revocationRoutes(app: FastifyInstance, paths: readonly string[]): void {
  for (const path of paths) {
    app.all(path, { config: { endpoint: 'revoke' } }, (request, reply) => {
      requireMethod(request, ['POST']);
      const revocation = readRevocationRequest(request, request.realm.policy);
      recordGrant(request.entry, grantOfToken(request.realm, revocation.token));
      const note = revoke(request.realm, revocation);
      if (note !== undefined) request.entry.notes.push(note);
      noteUnknownToken(request, revocation.token);
      return sendAnswer(request, reply, request.provider.revokeAnswer());
    });
  }
}
