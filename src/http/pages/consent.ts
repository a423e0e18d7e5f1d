import { approve, deny } from '../../core/authorize.js';
import { sendRedirectTo } from '../answering/answer.js';
import { sendRedirect } from '../answering/redirect-back.js';
import { findPending, requireForm } from '../reading/pending.js';
import { findSession } from '../reading/session.js';
import { redirectAnswered } from './already-answered.js';
import { consentUrl, loginUrl } from './page-urls.js';
import { waitScriptPath } from './poll-answer.js';
import { formTargets, sendPage } from './views.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, Pending } from '../../core/authorization.js';
import type { User } from '../../core/model.js';
import type { ScopeDefinition } from '../../core/realm.js';
import type { Provider } from '../../providers/provider.js';

/** The consent page: GET shows it, POST submits the decision. */
export async function answerConsent(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { realm, provider, entry } = request;
  const pending = findPending(request);
  entry.clientId = pending.client.id;
  if (pending.answer !== undefined) return redirectAnswered(request, reply, pending, pending.answer);
  const session = findSession(request);
  const user = session?.userId === undefined ? undefined : realm.users.get(session.userId);
  if (session === undefined || user === undefined) {
    return sendRedirectTo(request, reply, 303, loginUrl(request, pending));
  }
  entry.userId = user.id;
  if (request.method !== 'POST') return showConsent(request, reply, pending, user, session.antiForgery);

  const form = requireForm(request, pending, provider.consentForm.antiForgery);
  const answer = decide(request, form, pending, user);
  if (answer === undefined) return showConsent(request, reply, pending, user, session.antiForgery);
  pending.answer = answer;
  return sendRedirect(request, reply, answer);
}

/** The decision in a posted form. Undefined if the form has none and the provider then shows the page again. */
function decide(
  { provider, realm }: FastifyRequest,
  form: Readonly<Record<string, unknown>>,
  pending: Pending,
  user: User,
): Answer | undefined {
  const {
    allows,
    deny: { name, value },
    undecided,
  } = provider.consentForm;
  if (form[name] === value) return deny(pending, user);
  if (!allows(form)) return undecided === 'denied' ? deny(pending, user) : undefined;
  const scopes = grantedScopes(provider, form, pending);
  return pending.scopes.length > 0 && scopes.length === 0 ? deny(pending, user) : approve(realm, pending, user, scopes);
}

/** The scopes whose field is `true`. All scopes if the form has no scope fields. */
function grantedScopes(
  { consentForm: { scopeField } }: Provider,
  form: Readonly<Record<string, unknown>>,
  { scopes }: Pending,
): readonly string[] {
  const answers = scopes.map((scope) => (scopeField === undefined ? undefined : form[scopeField(scope)]));
  return answers.every((answer) => answer === undefined) ? scopes : scopes.filter((_scope, i) => answers[i] === 'true');
}

async function showConsent(
  request: FastifyRequest,
  reply: FastifyReply,
  pending: Pending,
  user: User,
  antiForgery: string,
): Promise<void> {
  const { provider, realm, base } = request;
  const { consentForm } = provider;
  const action = consentUrl(request, pending);
  const hidden = [{ name: consentForm.antiForgery, value: antiForgery }];
  return sendPage(
    request,
    reply,
    200,
    'consent',
    {
      client: { name: pending.client.name, id: pending.client.id },
      user: { name: user.name, username: user.username },
      scopes: pending.scopes.map((name) => ({
        name,
        words: (realm.scopes[name] as ScopeDefinition).words,
        field: consentForm.scopeField?.(name),
      })),
      redirectHost: new URL(pending.redirectUri).host || pending.redirectUri,
      form: {
        action,
        hidden: [...hidden, ...consentForm.hidden(pending, realm)],
        allow: consentForm.allow,
        deny: { action, hidden, ...consentForm.deny },
      },
      switchUrl: loginUrl(request, pending),
      waitScript: `${base}${waitScriptPath}`,
    },
    formTargets(pending.redirectUri),
  );
}
