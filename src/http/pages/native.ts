import { refuse } from '../../core/errors.js';
import { sendRedirectTo } from '../answering/answer.js';
import { filledPath, writtenPath } from '../path-variables.js';
import { requireMethod } from '../reading/method.js';
import { nativePath } from '../reading/native-path.js';
import { loginUrlBefore } from './page-urls.js';
import { findUser } from './session.js';
import { sendPage } from './views.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from '../../providers/provider.js';

/** The page that shows a code to the user, for clients without a callback (policy `outOfBandCode`). */
export function nativeRoutes(app: FastifyInstance, { endpoints, policy }: Provider): void {
  if (!policy.outOfBandCode) return;
  for (const path of endpoints.authorize.map(nativePath)) {
    app.all(path, { config: { endpoint: 'other' } }, async (request, reply) => {
      if (!request.realm.policy.outOfBandCode) {
        throw refuse('request.path-unknown', {
          path: writtenPath(path),
          known: endpoints.authorize.map(writtenPath),
        });
      }
      requireMethod(request, ['GET', 'HEAD']);
      return showCode(request, reply, filledPath(path, request.params as Readonly<Record<string, string>>));
    });
  }
}

async function showCode(request: FastifyRequest, reply: FastifyReply, path: string): Promise<void> {
  const { query, realm } = request;
  const code = (query as { code?: unknown }).code;
  const shown = typeof code === 'string' ? code : '';
  if (realm.policy.interaction.mode === 'manual' && findUser(request) === undefined) {
    const again = `${path}?${new URLSearchParams({ code: shown }).toString()}`;
    return sendRedirectTo(request, reply, 302, loginUrlBefore(request, again));
  }
  return sendPage(request, reply, 200, 'code', { code: shown });
}
