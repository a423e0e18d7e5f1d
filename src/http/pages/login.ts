import { OAuthError } from '../../core/errors.js';
import { authenticateUser } from '../../core/user.js';
import { recordRefusal } from '../answering/refusal.js';
import { requireMethod } from '../reading/method.js';
import { findSubject, isOwnBrowser, recordFlow, requireForm } from '../reading/pending.js';
import { findSession } from '../reading/session.js';
import { continueAfterLogin } from './after-login.js';
import { redirectAnswered } from './already-answered.js';
import { loginUrl, loginUrlBefore } from './page-urls.js';
import { waitScriptPath } from './poll-answer.js';
import { restartRequest, restartWords } from './restart-request.js';
import { findOrOpenSession, findUser, openSession } from './session.js';
import { useAccountScriptPath } from './use-account.js';
import { sendPage } from './views.js';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pending } from '../../core/authorization.js';
import type { User } from '../../core/model.js';
import type { PageSubject } from '../reading/pending.js';

/** Maximum number of test accounts on the login page. */
const accountsShown = 5;

/** The login page: GET shows it, POST submits it. */
export function loginRoutes(app: FastifyInstance, path: string): void {
  app.all(path, { config: { endpoint: 'login' } }, async (request, reply) => {
    requireMethod(request, ['GET', 'HEAD', 'POST']);
    recordFlow(request);
    const subject = findSubject(request);
    if (subject.pending === undefined && subject.wasPending) {
      return restartRequest(request, reply, subject.request, 'gone');
    }
    return request.method === 'POST' ? logIn(request, reply, subject) : openLogin(request, reply, subject);
  });
}

/** Shows the login page, or goes on if this browser is logged in meanwhile and does not ask for another account. */
async function openLogin(request: FastifyRequest, reply: FastifyReply, subject: PageSubject): Promise<void> {
  const { pending } = subject;
  if (pending !== undefined) {
    request.entry.clientId = pending.client.id;
    if (pending.answer !== undefined) return redirectAnswered(request, reply, pending, pending.answer);
  }
  const user = findUser(request);
  const isOwn = pending === undefined || isOwnBrowser(findSession(request), pending);
  const wantsOther = (request.query as { switch?: unknown }).switch !== undefined;
  return user !== undefined && isOwn && !wantsOther
    ? goOn(request, reply, subject, user)
    : showLogin(request, reply, subject, '');
}

async function logIn(request: FastifyRequest, reply: FastifyReply, subject: PageSubject): Promise<void> {
  const { realm, provider, entry } = request;
  const { pending } = subject;
  if (pending !== undefined) {
    entry.clientId = pending.client.id;
    // answered over the admin API; an answer of this page's own form was sent, and the form is taken again
    const { answer, isSent = false } = pending;
    if (answer !== undefined && !isSent) return redirectAnswered(request, reply, pending, answer);
  }
  const { loginFields } = provider;
  // a stale form is good enough: it was this browser's, and the password is checked
  const { fields, session } = requireForm(request, pending, loginFields.antiForgery);
  const username = text(fields[loginFields.username]);
  try {
    const user = authenticateUser(realm, username, text(fields[loginFields.password]));
    openSession(request, user.id, session);
    // the login page told it, so the consent page need not
    if (pending !== undefined) delete pending.restartedBecause;
    return await goOn(request, reply, subject, user);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    entry.userId = realm.user(username)?.id;
    recordRefusal(entry, error);
    return showLogin(request, reply, subject, username, 'That username and password do not match.');
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function goOn(
  request: FastifyRequest,
  reply: FastifyReply,
  subject: PageSubject,
  user: User,
): Promise<void> | undefined {
  request.entry.userId = user.id;
  return subject.pending === undefined
    ? restartRequest(request, reply, subject.request, 'logged-in')
    : continueAfterLogin(request, reply, subject.pending, user);
}

async function showLogin(
  request: FastifyRequest,
  reply: FastifyReply,
  subject: PageSubject,
  username: string,
  error?: string,
): Promise<void> {
  const { provider, realm, base } = request;
  const { loginFields } = provider;
  const { pending } = subject;
  const session = findOrOpenSession(request);
  return sendPage(request, reply, error === undefined ? 200 : 401, 'login', {
    action: pending === undefined ? loginUrlBefore(request, subject.request) : loginUrl(request, pending),
    hidden: [{ name: loginFields.antiForgery, value: session.antiForgery }],
    fields: {
      username: { name: loginFields.username, label: 'Email or username', type: 'text' },
      password: { name: loginFields.password, label: 'Password' },
    },
    username,
    error,
    whyRestarted: restartWords(pending === undefined ? realm.restarted.get(subject.request) : pending.restartedBecause),
    client: clientOf(pending),
    accounts: [...realm.users.values()]
      .slice(0, accountsShown)
      .map((user) => ({ username: user.username, password: user.password })),
    otherAccounts: Math.max(0, realm.users.size - accountsShown),
    scripts: [...(pending === undefined ? [] : [waitScriptPath]), useAccountScriptPath].map((path) => base + path),
  });
}

/** The client that the page names. Before the request is checked, there is none. */
const clientOf = (pending: Pending | undefined): { name: string } | undefined =>
  pending === undefined ? undefined : { name: pending.client.name };
