import { Type } from 'typebox';
import { described } from '../input/described.js';
import { repeats } from '../input/repeats.js';
import type { Static } from 'typebox';
import type { User } from '../core/model.js';
import type { Mistake } from '../input/mistake.js';

const name = Type.String({ minLength: 1, maxLength: 200 });

/** A user who can log in, as a document: of a scenario, or of a provider file. */
export const UserSchema = Type.Object(
  {
    id: Type.Optional(described('Default: the username', name)),
    username: Type.Optional(described('What the person types on the login page', name)),
    password: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Default: understudy' })),
    name: Type.Optional(described('The name on pages', name)),
    suspended: Type.Optional(Type.Boolean({ description: 'The API answers 403 although the token is valid' })),
    profile: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        maxProperties: 100,
        description: "Members that override the provider's answers about this user",
      }),
    ),
  },
  { additionalProperties: false },
);

/** A user who can log in, as a document. */
export type UserDocument = Static<typeof UserSchema>;

/** Makes a user from a document. The username defaults to the id, and the id to the username. */
export function userFromDocument(document: UserDocument): User {
  const username = document.username ?? document.id ?? '';
  return {
    id: document.id ?? username,
    username,
    password: document.password ?? 'understudy',
    name: document.name ?? username,
    suspended: document.suspended ?? false,
    profile: document.profile ?? {},
  };
}

/** Mistakes in a list of users that the schema cannot express: one without a name, and two with the same. */
export function userMistakes(users: readonly UserDocument[], path: string): Mistake[] {
  const nameless = users.flatMap((user, i) =>
    user.id === undefined && user.username === undefined
      ? [{ path: `${path}.${i}`, message: 'needs an id or a username' }]
      : [],
  );
  const people = users.map(userFromDocument);
  const repeated = (member: 'id' | 'username'): Mistake[] =>
    repeats(
      people.map((person) => person[member]),
      path,
      { member, noun: 'user' },
    );
  return [...nameless, ...repeated('id'), ...repeated('username')];
}
