import { checkBearer } from '../../core/bearer.js';
import { introspect } from '../../core/introspect.js';
import { revoke } from '../../core/revoke.js';
import { sendAnswer } from '../answering/answer.js';
import { readBearerRequest } from '../reading/bearer.js';
import { readRevocationRequest } from '../reading/protocol-requests.js';
import { json } from '../../providers/standard.js';
import { requireMethod } from '../reading/method.js';
import type { FastifyInstance } from 'fastify';
import type { Endpoints } from '../../providers/provider.js';

const jsonType = { 'content-type': 'application/json; charset=utf-8' };
const unixSeconds = (instant: number): number => Math.floor(instant / 1000);

/** Revocation (RFC 7009), introspection (RFC 7662) and Doorkeeper's token info, where a provider has them. */
export function revocationRoutes(
  app: FastifyInstance,
  { revoke: revokePaths, introspect: introspectPaths, tokenInfo }: Endpoints,
): void {
  for (const path of revokePaths) {
    app.all(path, { config: { endpoint: 'revoke' } }, (request, reply) => {
      requireMethod(request, ['POST']);
      revoke(request.realm, readRevocationRequest(request, request.realm.policy));
      return sendAnswer(request, reply, request.provider.revokeAnswer());
    });
  }

  for (const path of introspectPaths) {
    app.all(path, { config: { endpoint: 'introspect' } }, (request, reply) => {
      requireMethod(request, ['POST']);
      const token = introspect(request.realm, readRevocationRequest(request, request.realm.policy));
      const body =
        token === undefined
          ? { active: false }
          : {
              active: true,
              scope: token.scopes.join(' '),
              client_id: token.grant.clientId,
              token_type: 'Bearer',
              exp: token.expiresAt === Infinity ? undefined : unixSeconds(token.expiresAt),
              iat: unixSeconds(token.issuedAt),
            };
      return sendAnswer(request, reply, json(200, jsonType, body));
    });
  }

  for (const path of tokenInfo) {
    app.all(path, { config: { endpoint: 'introspect' } }, (request, reply) => {
      requireMethod(request, ['GET']);
      const { token } = checkBearer(request.realm, readBearerRequest(request, request.realm.policy));
      const left = Math.floor((token.expiresAt - request.realm.now()) / 1000);
      const body = {
        resource_owner_id: token.grant.userId ?? null,
        scope: token.scopes,
        expires_in: Number.isFinite(left) ? left : null,
        application: { uid: token.grant.clientId },
        created_at: unixSeconds(token.issuedAt),
      };
      return sendAnswer(request, reply, json(200, jsonType, body));
    });
  }
}
