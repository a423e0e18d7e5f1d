import { OAuthError } from '../../core/errors.js';
import { authenticateUser } from '../../core/user.js';
import { recordRefusal } from '../answering/refusal.js';
import { requireMethod } from '../reading/method.js';
import { findPending, requireForm } from '../reading/pending.js';
import { continueAfterLogin } from './after-login.js';
import { redirectAnswered } from './already-answered.js';
import { loginUrl } from './page-urls.js';
import { waitScriptPath } from './poll-answer.js';
import { findOrOpenSession, openSession } from './session.js';
import { formTargets, sendPage } from './views.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pending } from '../../core/authorization.js';

/** Maximum number of test accounts on the login page. */
const accountsShown = 5;

/** The login page: GET shows it, POST submits it. */
export function loginRoutes(app: FastifyInstance, path: string): void {
  app.all(path, { config: { endpoint: 'login' } }, async (request, reply) => {
    requireMethod(request, ['GET', 'HEAD', 'POST']);
    const pending = findPending(request);
    request.entry.clientId = pending.client.id;
    if (pending.answer !== undefined) return redirectAnswered(request, reply, pending, pending.answer);
    if (request.method !== 'POST') return showLogin(request, reply, pending, '');
    return logIn(request, reply, pending);
  });
}

async function logIn(request: FastifyRequest, reply: FastifyReply, pending: Pending): Promise<void> {
  const { realm, provider, entry } = request;
  const { loginFields } = provider;
  const form = requireForm(request, pending, loginFields.antiForgery);
  const username = text(form[loginFields.username]);
  try {
    const user = authenticateUser(realm, username, text(form[loginFields.password]));
    pending.sessionId = openSession(request, user.id).id;
    return await continueAfterLogin(request, reply, pending, user);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    recordRefusal(entry, error);
    return showLogin(request, reply, pending, username, 'That username and password do not match.');
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

async function showLogin(
  request: FastifyRequest,
  reply: FastifyReply,
  pending: Pending,
  username: string,
  error?: string,
): Promise<void> {
  const { provider, realm, base } = request;
  const { loginFields } = provider;
  const session = findOrOpenSession(request);
  return sendPage(
    request,
    reply,
    error === undefined ? 200 : 401,
    'login',
    {
      action: loginUrl(request, pending),
      hidden: [{ name: loginFields.antiForgery, value: session.antiForgery }],
      fields: {
        username: { name: loginFields.username, label: 'Email or username', type: 'text' },
        password: { name: loginFields.password, label: 'Password' },
      },
      username,
      error,
      client: { name: pending.client.name },
      accounts: [...realm.users.values()]
        .slice(0, accountsShown)
        .map((user) => ({ username: user.username, password: user.password })),
      waitScript: `${base}${waitScriptPath}`,
    },
    formTargets(pending.redirectUri),
  );
}
