import { Type } from 'typebox';
import { approve, deny } from '../core/authorize.js';
import { withParameters } from '../http/answering/redirect-back.js';
import { redirectParameters } from '../http/answering/redirect-back.js';
import { requireUser } from './require-known.js';
import { AdminError, Paging, defineRoute, invalid, listOf, page } from './route.js';
import { AuthorizationView, authorizationView } from './views.js';
import type { Answer, Pending } from '../core/authorization.js';
import type { User } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { Provider } from '../providers/provider.js';

const path = '/providers/:provider/authorizations';
const tag = 'authorizations';
const name = Type.String({ minLength: 1, maxLength: 200 });
const Decided = Type.Object({
  redirectTo: Type.String({
    description:
      'Where a browser that waits on the page now goes; a fault that alters the redirect back alters that of the browser, and not this one',
  }),
});

function waiting(realm: Realm, id: string): Pending {
  const pending = realm.pending.get(id);
  if (pending === undefined) {
    throw new AdminError(404, 'Unknown authorization', `No page waits under the id ${JSON.stringify(id)}.`);
  }
  if (pending.answer !== undefined) throw new AdminError(409, 'Answered already', 'This page was answered already.');
  if (realm.checkedAt() >= pending.expiresAt) throw new AdminError(409, 'Expired', 'This page has expired.');
  if (!realm.clients.has(pending.client.id)) {
    throw new AdminError(
      409,
      'The client is gone',
      `The client ${JSON.stringify(pending.client.id)}, which this page is about, was deleted.`,
    );
  }
  return pending;
}

function answerWith(provider: Provider, realm: Realm, pending: Pending, answer: Answer): { redirectTo: string } {
  pending.answer = answer;
  return { redirectTo: withParameters(answer.redirectUri, redirectParameters({ provider, realm }, answer)) };
}

/** Who denies matters to nobody: somebody must, so where none is named it is the first user. */
function anyUser(realm: Realm, named: string | undefined): User {
  const [first] = realm.users.values();
  if (named !== undefined) return requireUser(realm, named, 'user');
  if (first === undefined) throw new AdminError(409, 'No users', 'This realm has no users.');
  return first;
}

/** Pages that wait for a person, answered without one. The browser that waits goes on by itself. */
export const authorizationRoutes = [
  defineRoute({
    method: 'GET',
    path,
    tag,
    summary: 'List the pages that wait for a person, and those that were answered lately',
    query: Type.Object(
      {
        status: Type.Optional(Type.Unsafe<string>({ type: 'string', enum: ['waiting', 'answered', 'expired'] })),
        ...Paging,
      },
      { additionalProperties: false },
    ),
    answers: { 200: listOf('authorizations', AuthorizationView) },
    handle({ provider, query }) {
      const { realm } = provider();
      const all = [...realm.pending.values()].map((pending) => authorizationView(realm, pending));
      const { items, total } = page(
        all.filter((view) => query.status === undefined || (view as { status: string }).status === query.status),
        query,
      );
      return { authorizations: items, total };
    },
  }),
  defineRoute({
    method: 'POST',
    path: `${path}/:id/approve`,
    tag,
    summary: 'Log in and allow in place of a person',
    body: Type.Object(
      { user: name, scopes: Type.Optional(Type.Array(name, { maxItems: 100, uniqueItems: true, minItems: 1 })) },
      { additionalProperties: false },
    ),
    answers: { 200: Decided },
    handle({ provider: find, params, body }) {
      const { provider, realm } = find();
      const pending = waiting(realm, params.id);
      const user = requireUser(realm, body.user, 'user');
      const mistakes = (body.scopes ?? []).flatMap((scope, i) =>
        pending.scopes.includes(scope)
          ? []
          : [
              {
                path: `scopes.${i}`,
                message: `${JSON.stringify(scope)} was not asked for; asked: ${pending.scopes.join(', ')}`,
              },
            ],
      );
      if (mistakes.length > 0) throw invalid(mistakes);
      return answerWith(provider, realm, pending, approve(realm, pending, user, body.scopes ?? pending.scopes));
    },
  }),
  defineRoute({
    method: 'POST',
    path: `${path}/:id/deny`,
    tag,
    summary: 'Deny in place of a person',
    body: Type.Object({ user: Type.Optional(name) }, { additionalProperties: false }),
    answers: { 200: Decided },
    handle({ provider: find, params, body }) {
      const { provider, realm } = find();
      const pending = waiting(realm, params.id);
      return answerWith(provider, realm, pending, deny(pending, anyUser(realm, body.user)));
    },
  }),
];
