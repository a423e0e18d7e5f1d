import { checkBearer } from '../../core/bearer.js';
import { grantOfToken } from '../../core/flow.js';
import { readBearerRequest } from '../reading/bearer.js';
import { recordGrant } from '../record-grant.js';
import type { FastifyRequest } from 'fastify';
import type { Access } from '../../core/bearer.js';

/**
 * Checks the access token of a request to a protected resource. The journal entry gets its flow, client and user.
 *
 * @throws bearer.*, resource.suspended, resource.too-many-calls
 */
export function checkToken(request: FastifyRequest): Access {
  const { realm, entry } = request;
  const bearer = readBearerRequest(request, realm.policy);
  recordGrant(entry, grantOfToken(realm, bearer.presented[0]?.token));
  const access = checkBearer(realm, bearer, true);
  const { clientId, userId } = access.token.grant;
  entry.clientId = clientId;
  if (userId !== undefined) entry.userId = userId;
  return access;
}
