import { Type } from 'typebox';
import { limits } from '../core/realm.js';
import { forgetUser } from '../core/revoke.js';
import { contradictions } from '../world/scenario/policy.js';
import { userFromDocument } from '../world/scenario/user-document.js';
import { UserSchema } from '../world/scenario/schema/scenario.js';
import { AdminError, Empty, Paging, defineRoute, invalid, listOf, page } from './route.js';
import { UserView } from './views.js';
import type { User } from '../core/model.js';
import type { Realm } from '../core/realm.js';

const path = '/providers/:provider/users';
const tag = 'users';

function find(realm: Realm, id: string): User {
  const user = realm.user(id);
  if (user === undefined) {
    throw new AdminError(404, 'Unknown user', `There is no user ${JSON.stringify(id)} here.`, undefined, {
      known: [...realm.users.keys()],
    });
  }
  return user;
}

function put(realm: Realm, user: User): User {
  const namesake = [...realm.users.values()].find(({ id, username }) => username === user.username && id !== user.id);
  if (namesake !== undefined) {
    throw new AdminError(
      409,
      'Username taken',
      `${JSON.stringify(user.username)} is the username of the user ${JSON.stringify(namesake.id)}.`,
    );
  }
  if (!realm.users.has(user.id) && realm.users.size >= limits.users) {
    throw new AdminError(409, 'Too many users', `There are ${limits.users} users here already, which is the limit.`);
  }
  checkPolicy(realm, [...[...realm.users.values()].filter(({ id }) => id !== user.id), user]);
  realm.users.set(user.id, user);
  return user;
}

/** A policy that answers the pages in somebody's name needs that somebody. */
function checkPolicy({ policy }: Realm, users: readonly User[]): void {
  const [found] = contradictions(policy, {
    user: (name) => users.find(({ id, username }) => id === name || username === name),
  });
  if (found !== undefined) {
    throw new AdminError(
      409,
      'The policy needs this user',
      `The policy would contradict itself: ${found.member} ${found.message}. PATCH the policy first.`,
    );
  }
}

/** People who can log in. */
export const userRoutes = [
  defineRoute({
    method: 'GET',
    path,
    tag,
    summary: 'List the users',
    query: Type.Object(Paging, { additionalProperties: false }),
    answers: { 200: listOf('users', UserView) },
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
        throw invalid([{ path: 'username', message: 'is required, or an id' }]);
      }
      const user = userFromDocument(body);
      if (realm.users.has(user.id)) {
        throw new AdminError(
          409,
          'User exists',
          `There is a user ${JSON.stringify(user.id)} already; PUT replaces it.`,
        );
      }
      const added = put(realm, user);
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
    handle: ({ provider, params }) => find(provider().realm, params.id),
  }),
  defineRoute({
    method: 'PUT',
    path: `${path}/:id`,
    tag,
    summary: 'Add a user, or replace one',
    body: UserSchema,
    answers: { 200: UserView, 201: UserView },
    handle({ provider, params, body, reply }) {
      const { realm } = provider();
      const id = params.id;
      if (body.id !== undefined && body.id !== id) {
        throw invalid([{ path: 'id', message: `differs from the URL's ${JSON.stringify(id)}` }]);
      }
      const isNew = !realm.users.has(id);
      const user = put(realm, userFromDocument({ ...body, id }));
      if (isNew) reply.code(201);
      return user;
    },
  }),
  defineRoute({
    method: 'PATCH',
    path: `${path}/:id`,
    tag,
    summary: 'Change parts of a user',
    body: Type.Omit(UserSchema, ['id'], { additionalProperties: false }),
    answers: { 200: UserView },
    handle({ provider, params, body }) {
      const { realm } = provider();
      return put(realm, { ...find(realm, params.id), ...body });
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: `${path}/:id`,
    tag,
    summary: 'Forget a user: codes and tokens that act for them are revoked',
    answers: { 204: Empty },
    handle({ provider, params }) {
      const { realm } = provider();
      const { id } = find(realm, params.id);
      checkPolicy(
        realm,
        [...realm.users.values()].filter((user) => user.id !== id),
      );
      forgetUser(realm, id);
    },
  }),
];
