import { sendAnswer, sendRedirectTo } from '../answering/answer.js';
import { requireReadable } from '../reading/readable.js';
import { loginUrlBefore } from './page-urls.js';
import { findUser } from './session.js';
import { sendPage } from './views.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { User } from '../../core/model.js';
import type { Provider } from '../../providers/provider.js';

/** The pages of a provider beside those of the protocol: see `accountPages` of a provider. */
export function accountRoutes(app: FastifyInstance, { accountPages = [] }: Provider): void {
  for (const { path, methods, note, answer } of accountPages) {
    app.route({
      url: path,
      method: [...methods],
      config: { endpoint: 'other' },
      handler: async (request, reply) => {
        requireReadable(request);
        request.entry.notes.push(note);
        return answer === 'authorized-clients' ? showClients(request, reply, path) : sendAnswer(request, reply, answer);
      },
    });
  }
}

async function showClients(request: FastifyRequest, reply: FastifyReply, path: string): Promise<void> {
  const user = findUser(request);
  if (user === undefined) return sendRedirectTo(request, reply, 302, loginUrlBefore(request, path));
  request.entry.userId = user.id;
  return sendPage(request, reply, 200, 'authorized', { clients: authorizedClients(request, user) });
}

/** The names of the clients that have a token of this user which is not revoked. */
function authorizedClients({ realm }: FastifyRequest, user: User): string[] {
  const ids = new Set<string>();
  for (const { grant, revokedAt } of realm.accessTokens.values()) {
    if (grant.userId === user.id && revokedAt === undefined && grant.revokedAt === undefined) ids.add(grant.clientId);
  }
  return [...ids].map((id) => realm.clients.get(id)?.name ?? id);
}
