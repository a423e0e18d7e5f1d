import { approve, checkAuthorization } from '../../core/authorize.js';
import { refuse } from '../../core/errors.js';
import { authenticateUser } from '../../core/user.js';
import { sendTokenAnswer } from '../answering/token-answer.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuthorizationRequest } from '../../core/authorization.js';
import type { Client } from '../../core/model.js';
import type { Realm } from '../../core/realm.js';

/**
 * Answers an authorization request that has a username and a password: with the code in the body, without a page
 * or a redirect. MailUp documented this use of its endpoint in 2013 (policy `passwordAtAuthorize`).
 *
 * @throws client.*, password.*, authorize.*, scope.*
 */
export function answerWithCode(
  request: FastifyRequest,
  reply: FastifyReply,
  parameters: AuthorizationRequest & { readonly password: string | undefined },
  username: string,
): Promise<void> | undefined {
  const { realm, entry, provider } = request;
  const client = requireClient(realm, parameters);
  if (parameters.password === undefined) throw refuse('password.password-missing', {});
  const user = authenticateUser(realm, username, parameters.password);
  entry.userId = user.id;
  const authorization = checkAuthorization(realm, parameters, { client, redirectUri: client.redirectUris[0] ?? '' });
  const answer = approve(realm, authorization, user);
  return sendTokenAnswer(request, reply, provider.codeAnswer(answer.code.code));
}

function requireClient(realm: Realm, { clientId, clientSecret }: AuthorizationRequest): Client {
  const client = realm.clients.get(clientId ?? '');
  if (client === undefined) {
    throw clientId === undefined
      ? refuse('client.missing', { elsewhere: [] })
      : refuse('client.unknown', { clientId, method: 'query', known: [...realm.clients.keys()] });
  }
  if (client.confidential && client.secret !== clientSecret) {
    throw refuse('client.secret-wrong', { clientId: client.id, method: 'query' });
  }
  return client;
}
