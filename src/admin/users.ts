import { limits } from '../core/realm.js';
import { forgetUser } from '../core/revoke.js';
import { contradictions } from '../providers/policy/document.js';
import { UserSchema, userFromDocument } from '../providers/user-document.js';
import { conflict, invalid, notFound } from './admin-error.js';
import { page } from './paging.js';
import { requireId } from './require-known.js';
import { NoContent, defineRoute } from './route.js';
import { PageQuery } from './schemas/list.js';
import { ChangeUserBody, UserView, UsersView } from './schemas/users.js';
import type { User } from '../core/model.js';
import type { Realm } from '../core/realm.js';

const path = '/providers/:provider/users';
const tag = 'users';

function findUser(realm: Realm, id: string): User {
  const user = realm.user(id);
  if (user !== undefined) return user;
  throw notFound('Unknown user', `There is no user ${JSON.stringify(id)} here.`, [...realm.users.keys()]);
}

/** Adds a user, or replaces the one with the same id. */
function putUser(realm: Realm, user: User): User {
  const others = [...realm.users.values()].filter(({ id }) => id !== user.id);
  const namesake = others.find(({ username }) => username === user.username);
  if (namesake !== undefined) {
    throw conflict(
      'Username taken',
      `${JSON.stringify(user.username)} is the username of the user ${JSON.stringify(namesake.id)}.`,
    );
  }
  if (!realm.users.has(user.id) && realm.users.size >= limits.users) {
    throw conflict('Too many users', `There are ${limits.users} users here, which is the limit.`);
  }
  checkPolicy(realm, [...others, user]);
  realm.users.set(user.id, user);
  return user;
}

/** A policy may name the user who answers the pages. Throws a 409 if `users` does not include that user. */
function checkPolicy({ policy }: Realm, users: readonly User[]): void {
  const [found] = contradictions(policy, {
    user: (name) => users.find(({ id, username }) => id === name || username === name),
  });
  if (found === undefined) return;
  throw conflict(
    'User is required by the policy',
    `The policy would contradict itself: ${found.member} ${found.message}. PATCH the policy first.`,
  );
}

/** Calls about the people who can log in. */
export const userRoutes = [
  defineRoute({
    method: 'GET',
    path,
    tag,
    summary: 'List the users',
    query: PageQuery,
    answers: { 200: UsersView },
    handle({ provider, query }) {
      const { items, total } = page([...provider().realm.users.values()], query);
      return { users: items, total };
    },
  }),
  defineRoute({
    method: 'POST',
    path,
    tag,
    summary: 'Add a user',
    body: UserSchema,
    answers: { 201: UserView },
    handle({ provider, body, reply }) {
      const { realm } = provider();
      if (body.id === undefined && body.username === undefined) {
        throw invalid([{ path: 'username', message: 'is required unless id is given' }]);
      }
      const user = userFromDocument(body);
      if (realm.users.has(user.id)) {
        throw conflict('User exists', `A user ${JSON.stringify(user.id)} already exists; PUT replaces it.`);
      }
      const added = putUser(realm, user);
      reply.code(201);
      return added;
    },
  }),
  defineRoute({
    method: 'GET',
    path: `${path}/:id`,
    tag,
    summary: 'Read a user',
    answers: { 200: UserView },
    handle: ({ provider, params }) => findUser(provider().realm, params.id),
  }),
  defineRoute({
    method: 'PUT',
    path: `${path}/:id`,
    tag,
    summary: 'Add a user, or replace one',
    body: UserSchema,
    answers: { 200: UserView, 201: UserView },
    async handle({ provider, params: { id }, body, reply }) {
      const { realm } = provider();
      await requireId(UserSchema.properties.id, body.id, id);
      const isNew = !realm.users.has(id);
      const user = putUser(realm, userFromDocument({ ...body, id }));
      if (isNew) reply.code(201);
      return user;
    },
  }),
  defineRoute({
    method: 'PATCH',
    path: `${path}/:id`,
    tag,
    summary: 'Change parts of a user',
    body: ChangeUserBody,
    answers: { 200: UserView },
    handle({ provider, params, body }) {
      const { realm } = provider();
      return putUser(realm, { ...findUser(realm, params.id), ...body });
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: `${path}/:id`,
    tag,
    summary: 'Delete a user: their codes and tokens are revoked',
    answers: { 204: NoContent },
    handle({ provider, params }) {
      const { realm } = provider();
      const { id } = findUser(realm, params.id);
      checkPolicy(
        realm,
        [...realm.users.values()].filter((user) => user.id !== id),
      );
      forgetUser(realm, id);
      return null;
    },
  }),
];
