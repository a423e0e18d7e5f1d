import { checkBearer } from '../../core/bearer.js';
import { grantOfToken } from '../../core/flow.js';
import { sendAnswer } from '../answering/answer.js';
import { readBearerRequest } from '../reading/bearer.js';
import { requireMethod } from '../reading/method.js';
import { recordGrant } from '../record-grant.js';
import type { FastifyInstance } from 'fastify';
import type { Provider } from '../../providers/provider.js';

/** The token info endpoint: describes the access token of the request. Only some providers have it. */
export function tokenInfoRoutes(app: FastifyInstance, { endpoints, tokenInfoAnswer }: Provider): void {
  if (tokenInfoAnswer === undefined) return;
  for (const path of endpoints.tokenInfo) {
    app.all(path, { config: { endpoint: 'introspect', tokenInfo: true } }, (request, reply) => {
      const { realm, entry } = request;
      requireMethod(request, ['GET', 'HEAD']);
      const bearer = readBearerRequest(request, realm.policy);
      recordGrant(entry, grantOfToken(realm, bearer.presented[0]?.token));
      const { token } = checkBearer(realm, bearer);
      return sendAnswer(request, reply, tokenInfoAnswer(token, realm));
    });
  }
}
