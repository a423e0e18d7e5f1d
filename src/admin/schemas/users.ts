import { Type } from 'typebox';
import { UserSchema } from '../../providers/user-document.js';
import { listOf } from './list.js';
import type { Static } from 'typebox';

/** Body of the call that changes parts of a user. */
export const ChangeUserBody = Type.Omit(UserSchema, ['id'], { additionalProperties: false });

/** A user who can log in. */
export const UserView = Type.Object({
  id: Type.String({ description: 'Id of the user' }),
  username: Type.String({ description: 'What the person types on the login page' }),
  password: Type.String({ description: 'What the person types on the login page' }),
  name: Type.String({ description: 'The name on pages' }),
  suspended: Type.Boolean({ description: 'Whether the API answers 403 although the token is valid' }),
  profile: Type.Record(Type.String(), Type.Unknown(), {
    description: "Members that override the provider's answers about this user",
  }),
});
export type UserInfo = Static<typeof UserView>;

/** A page of users. */
export const UsersView = listOf({ users: Type.Array(UserView, { description: 'The users of the provider' }) });
export type UserList = Static<typeof UsersView>;
