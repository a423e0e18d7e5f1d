import { RequestAnswering } from '../answering/answering.js';
import { sendAnswer } from '../answering/answer.js';
import { requireMethod } from '../reading/method.js';
import { checkToken } from './check-token.js';
import type { FastifyInstance } from 'fastify';

/** The userinfo endpoint (OpenID Connect Core §5.3) at each of a provider's paths: a call of the API about its user. */
export function userinfoRoutes(app: FastifyInstance, paths: readonly string[]): void {
  for (const path of paths) {
    app.all(path, { config: { endpoint: 'userinfo' } }, (request, reply) => {
      requireMethod(request, ['GET', 'HEAD', 'POST']);
      const access = checkToken(request);
      return sendAnswer(request, reply, request.provider.userinfoAnswer(access, new RequestAnswering(request)));
    });
  }
}
