import { approve, deny } from '../core/authorize.js';
import { answeringFor } from '../http/answering/answering.js';
import { answerLocation } from '../http/answering/redirect-back.js';
import { AdminError, conflict, invalid } from './admin-error.js';
import { writeInstant } from './instant.js';
import { page } from './paging.js';
import { requireUser } from './require-known.js';
import { defineRoute } from './route.js';
import {
  ApproveBody,
  AuthorizationsQuery,
  AuthorizationsView,
  DecidedView,
  DenyBody,
} from './schemas/authorizations.js';
import type { Answer, Pending } from '../core/authorization.js';
import type { User } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { JsonSource } from './json-source.js';
import type { ProviderRealm } from './route.js';
import type { Decided, PageInfo } from './schemas/authorizations.js';

const path = '/providers/:provider/authorizations';
const tag = 'authorizations';

function authorizationView(realm: Realm, pending: Pending): JsonSource<PageInfo> {
  return {
    id: pending.id,
    status: statusOf(realm, pending),
    clientId: pending.client.id,
    scopes: pending.scopes,
    redirectUri: pending.redirectUri,
    state: pending.state ?? null,
    createdAt: writeInstant(pending.createdAt),
    expiresAt: writeInstant(pending.expiresAt),
  };
}

function statusOf(realm: Realm, { answer, expiresAt }: Pending): PageInfo['status'] {
  if (answer !== undefined) return 'answered';
  return realm.checkedAt() < expiresAt ? 'waiting' : 'expired';
}

/** Finds a page that can still be answered. */
function requireWaiting(realm: Realm, id: string): Pending {
  const pending = realm.pending.get(id);
  if (pending === undefined) {
    throw new AdminError(404, 'Unknown authorization', `There is no page with the id ${JSON.stringify(id)}.`);
  }
  const status = statusOf(realm, pending);
  if (status === 'answered') throw conflict('Already answered', 'This page was already answered.');
  if (status === 'expired') throw conflict('Expired', 'This page has expired.');
  if (!realm.clients.has(pending.client.id)) {
    throw conflict('Client was deleted', `The client ${JSON.stringify(pending.client.id)} of this page was deleted.`);
  }
  return pending;
}

function answerPage({ provider, realm }: ProviderRealm, pending: Pending, answer: Answer): Decided {
  pending.answer = answer;
  const answering = answeringFor({ provider, realm }, pending.request, pending.providerUrl);
  return { redirectTo: answerLocation({ provider, realm }, answer, answering) };
}

function requireAskedScopes({ scopes: asked }: Pending, scopes: readonly string[] = asked): readonly string[] {
  const mistakes = scopes.flatMap((scope, i) =>
    asked.includes(scope)
      ? []
      : [
          {
            path: `scopes.${i}`,
            message: `${JSON.stringify(scope)} was not requested; requested: ${asked.join(', ')}`,
          },
        ],
  );
  if (mistakes.length > 0) throw invalid(mistakes);
  return scopes;
}

/** A denial requires a user, but its answer is the same for each. Default: the first user. */
function denyingUser(realm: Realm, name: string | undefined): User {
  const [first] = realm.users.values();
  if (name !== undefined) return requireUser(realm, name, 'user');
  if (first === undefined) throw conflict('No users', 'This realm has no users.');
  return first;
}

/** Calls that answer login and consent pages in place of a person. A browser that shows the page then continues. */
export const authorizationRoutes = [
  defineRoute({
    method: 'GET',
    path,
    tag,
    summary: 'List the pages that wait for a person, and those that were answered or expired recently',
    query: AuthorizationsQuery,
    answers: { 200: AuthorizationsView },
    handle({ provider, query }) {
      const { realm } = provider();
      const all = [...realm.pending.values()].map((pending) => authorizationView(realm, pending));
      const { items, total } = page(
        all.filter(({ status }) => query.status === undefined || status === query.status),
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
    body: ApproveBody,
    answers: { 200: DecidedView },
    handle(context) {
      const { params, body } = context;
      const found = context.provider();
      const pending = requireWaiting(found.realm, params.id);
      const user = requireUser(found.realm, body.user, 'user');
      const scopes = requireAskedScopes(pending, body.scopes);
      return answerPage(found, pending, approve(found.realm, pending, user, scopes));
    },
  }),
  defineRoute({
    method: 'POST',
    path: `${path}/:id/deny`,
    tag,
    summary: 'Deny in place of a person',
    body: DenyBody,
    answers: { 200: DecidedView },
    handle(context) {
      const { params, body } = context;
      const found = context.provider();
      const pending = requireWaiting(found.realm, params.id);
      return answerPage(found, pending, deny(pending, denyingUser(found.realm, body.user)));
    },
  }),
];
