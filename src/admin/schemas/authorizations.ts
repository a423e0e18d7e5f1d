import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { VirtualTime } from './instant.js';
import { Paging, listOf } from './list.js';
import type { Static } from 'typebox';

const name = Type.String({ minLength: 1, maxLength: 200 });
const userName = Type.String({ minLength: 1, maxLength: 200, description: 'the id or the username' });
const Status = words('waiting', 'answered', 'expired');

/** Query of the call that lists pages. */
export const AuthorizationsQuery = Type.Object(
  { status: Type.Optional(described('Whether they still wait for a person', Status)), ...Paging },
  { additionalProperties: false },
);

/** Body of the call that allows in place of a person. */
export const ApproveBody = Type.Object(
  {
    user: userName,
    scopes: Type.Optional(
      Type.Array(name, {
        maxItems: 100,
        uniqueItems: true,
        minItems: 1,
        description: 'default: all scopes that the client requested',
      }),
    ),
  },
  { additionalProperties: false },
);
export type Approval = Static<typeof ApproveBody>;

/** Body of the call that denies in place of a person. */
export const DenyBody = Type.Object({ user: Type.Optional(userName) }, { additionalProperties: false });
export type Denial = Static<typeof DenyBody>;

/** A page that waits for a person, or that was answered. */
export const AuthorizationView = Type.Object({
  id: Type.String({ description: 'Id of the page, as in its URL' }),
  status: described('Whether it still waits for a person', Status),
  clientId: Type.String({ description: 'Id of the client' }),
  scopes: Type.Array(Type.String(), { description: 'The scopes that the client requested' }),
  redirectUri: Type.String({ description: 'Where the browser is sent back to' }),
  state: Type.Union([Type.String(), Type.Null()], { description: 'Null if the client sent none' }),
  createdAt: VirtualTime,
  expiresAt: VirtualTime,
});
export type PageInfo = Static<typeof AuthorizationView>;

/** A list of pages. */
export const AuthorizationsView = listOf({
  authorizations: Type.Array(AuthorizationView, { description: 'The pages that match' }),
});
export type PageList = Static<typeof AuthorizationsView>;

/** A page was answered. */
export const DecidedView = Type.Object({
  redirectTo: Type.String({
    description:
      'The redirect URL of the browser that shows the page. A fault that changes the redirect changes it ' +
      'only for the browser, not here',
  }),
});
export type Decided = Static<typeof DecidedView>;
