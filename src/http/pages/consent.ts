import { approve, deny } from '../../core/authorize.js';
import { sendAnswer, sendRedirectTo } from '../answering/answer.js';
import { findSubject, recordFlow, requireForm } from '../reading/pending.js';
import { findSession } from '../reading/session.js';
import { approveAgain, isRequestInForm } from './approve-again.js';
import { deliver, redirectAnswered } from './already-answered.js';
import { consentUrl, loginUrl } from './page-urls.js';
import { waitScriptPath } from './poll-answer.js';
import { restartRequest, restartWords } from './restart-request.js';
import { insteadOfPage, sendPage } from './views.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, Pending } from '../../core/authorization.js';
import type { User } from '../../core/model.js';
import type { Realm, ScopeDefinition } from '../../core/realm.js';
import type { Provider } from '../../providers/provider.js';

/** The consent page: GET shows it, POST submits the decision. */
export async function answerConsent(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { realm, provider, entry } = request;
  recordFlow(request);
  const subject = findSubject(request);
  const { pending } = subject;
  if (pending === undefined) {
    return restartRequest(request, reply, subject.request, 'gone');
  }
  entry.clientId = pending.client.id;
  // a form that is sent twice is decided again, once its code can be used no more
  const isSecondForm = request.method === 'POST' && pending.isSent === true;
  if (pending.answer !== undefined && !isSecondForm) return redirectAnswered(request, reply, pending, pending.answer);
  const session = findSession(request);
  const user = session?.userId === undefined ? undefined : realm.users.get(session.userId);
  if (session === undefined || user === undefined) {
    return sendRedirectTo(request, reply, 303, loginUrl(request, pending));
  }
  entry.userId = user.id;
  if (request.method !== 'POST') return showConsent(request, reply, pending, user, session.antiForgery);

  const { fields, isStale } = requireForm(request, pending, provider.consentForm.antiForgery);
  // the page of a stale form may have been shown to another user
  const isDenied = provider.consentForm.denies(fields);
  if (!isStale && !isDenied && isRequestInForm(request, pending)) return approveAgain(request, reply, pending, user);
  const answer = isStale ? undefined : decide(request, fields, pending, user);
  if (answer === undefined) return showConsent(request, reply, pending, user, session.antiForgery);
  return deliver(request, reply, pending, answer);
}

/** The decision in a posted form. Undefined if the form has none and the provider then shows the page again. */
function decide(
  { provider, realm }: FastifyRequest,
  form: Readonly<Record<string, unknown>>,
  pending: Pending,
  user: User,
): Answer | undefined {
  const { allows, denies, undecided } = provider.consentForm;
  if (denies(form) || (undecided === 'denied' && !allows(form))) return deny(pending, user);
  // a double click changes nothing, where the provider keeps its answer
  if (
    realm.policy.consentFormTwice === 'same-code' &&
    pending.answer !== undefined &&
    isUnspent(realm, pending.answer)
  ) {
    return pending.answer;
  }
  if (!allows(form)) return undefined;
  const scopes = grantedScopes(provider, form, pending);
  return pending.scopes.length > 0 && scopes.length === 0 ? deny(pending, user) : approve(realm, pending, user, scopes);
}

/** Whether an answer has a code that a client can still exchange. */
const isUnspent = (realm: Realm, answer: Answer): boolean =>
  'code' in answer && answer.code.spentAt === undefined && realm.checkedAt() < answer.code.expiresAt;

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
  const instead = insteadOfPage(request);
  if (instead !== undefined) return sendAnswer(request, reply, instead);
  const { provider, realm, base } = request;
  const { consentForm } = provider;
  const action = consentUrl(request, pending);
  const hidden = [{ name: consentForm.antiForgery, value: antiForgery }];
  const own = consentForm.hidden(pending, realm);
  return sendPage(request, reply, 200, 'consent', {
    whyRestarted: restartWords(pending.restartedBecause),
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
      hidden: [...hidden, ...own],
      allow: consentForm.allow,
      deny: { action, ...denyForm(consentForm, hidden, own) },
    },
    switchUrl: `${loginUrl(request, pending)}&switch=1`,
    scripts: [`${base}${waitScriptPath}`],
  });
}

type Fields = readonly { readonly name: string; readonly value: string }[];

/** The fields of the form with the button Deny. Its own button has a name in some providers. */
function denyForm({ deny, denyButton }: Provider['consentForm'], hidden: Fields, own: Fields): DenyForm {
  if (denyButton === undefined) return { hidden, ...deny };
  return { field: deny, hidden: [...hidden, ...own], ...denyButton };
}

interface DenyForm {
  /** A field that is no hidden one: scripts that collect the hidden fields of a whole page would deny with it. */
  readonly field?: Fields[number];
  readonly hidden: Fields;
  readonly name: string;
  readonly value: string;
}
